// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <napi.h>

namespace hostscope {

// read_trusted_file() as JavaScript sees it; lib/addon.ts describes its face.
Napi::Function trusted_file_face(Napi::Env env);

}  // namespace hostscope
