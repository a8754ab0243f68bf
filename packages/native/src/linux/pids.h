// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "core/result.h"

namespace hostscope::linux_os {

// The numeric names in the procfs that `proc` is open on, ascending.
Result<std::vector<std::int64_t>> list_pids(int proc);

// Whether a process, not merely a thread, has this pid.
Result<bool> pid_exists(int proc, std::int64_t pid);

}  // namespace hostscope::linux_os
