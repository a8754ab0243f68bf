// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <napi.h>

#include "grant.h"

namespace hostscope {

// A CallGrant of lib/addon.ts. Empty if it is not one, with or without a pending exception.
std::optional<Grant> read_grant(const Napi::Value& value);

}  // namespace hostscope
