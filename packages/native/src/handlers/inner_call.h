// SPDX-License-Identifier: Apache-2.0
// A call that a collector makes of itself, so that what answers callers can serve a watch too.
#pragma once

#include <functional>
#include <optional>

#include "call.h"

namespace hostscope {

// `failed` is called once if the call fails, on whichever thread does it. Whoever answers finish()es it and has what it
// made already.
CallPtr inner_call(gen::Method method, std::function<void(const Status&)> failed,
                   std::optional<Call::Clock::time_point> deadline = std::nullopt);

}  // namespace hostscope
