// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <napi.h>

namespace hostscope {

// trusted_file.h as JavaScript sees it; lib/addon.ts describes its face.
void add_trusted_file_face(Napi::Env env, Napi::Object exports);

}  // namespace hostscope
