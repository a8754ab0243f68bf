// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <napi.h>

#include "core/result.h"

namespace hostscope {

// A NativeFailure of lib/addon.ts.
Napi::Value failure_value(Napi::Env env, const Status& status);

// Undefined, or the failure.
Napi::Value value_of(Napi::Env env, const Result<void>& result);

}  // namespace hostscope
