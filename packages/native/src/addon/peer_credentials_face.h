// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <napi.h>

namespace hostscope {

// peer_credentials() as JavaScript sees it; lib/addon.ts describes its face.
Napi::Function peer_credentials_face(Napi::Env env);

}  // namespace hostscope
