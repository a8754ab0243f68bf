// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <napi.h>

namespace hostscope {

// read_trusted_file() and check_trusted_file() as JavaScript sees them; lib/addon.ts describes their faces.
Napi::Function trusted_file_face(Napi::Env env);
Napi::Function trusted_file_check_face(Napi::Env env);

}  // namespace hostscope
