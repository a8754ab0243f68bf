// SPDX-License-Identifier: Apache-2.0
// Answers that wait for something to happen on the host. They come before the call's deadline, whatever is left by
// then.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string_view>

#include "dispatch.h"
#include "model/process_tree.h"

namespace hostscope {

// From 0 to 60 seconds.
Result<std::chrono::milliseconds> seconds_of(const std::optional<double>& given, double otherwise,
                                             std::string_view field);

// As long as wanted, and not past the call's deadline.
model::Patience patience_of(const CallPtr& call, std::chrono::milliseconds wanted);

// Runs `answer` on a thread that may wait, and answers the call with what it gives.
void answer_patiently(const Context& context, const CallPtr& call, std::chrono::milliseconds patience,
                      std::function<Result<wire::Buffer>()> answer);

}  // namespace hostscope
