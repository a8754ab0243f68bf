// SPDX-License-Identifier: Apache-2.0
// Answering a call from several sources of which each may get stuck.
#pragma once

#include <functional>
#include <string>

#include "dispatch.h"

namespace hostscope {

// Reads and encodes a whole response. Must enter the guard before each source and leave out what it may not enter. It
// may be running twice at once.
using GuardedRead = std::function<Result<wire::Buffer>(const Collector&, ReadGuard&)>;

// Runs `read` on a worker and answers the call with what it gives. If it gets stuck on a source, the whole is read
// again: that source is then known to be stuck and is left out, this time and until it comes back.
void answer_guarded(const Context& context, const CallPtr& call, GuardedRead read,
                    std::string (*target_name)(StuckTarget));

}  // namespace hostscope
