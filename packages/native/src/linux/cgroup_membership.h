// SPDX-License-Identifier: Apache-2.0
// /proc/PID/cgroup.
#pragma once

#include <string_view>

#include "model/process.h"

namespace hostscope::linux_os {

// Where the process stands in each hierarchy, and what the paths tell of its container and unit. An empty path: the
// text names no group.
model::ProcessCgroup parse_cgroup_membership(std::string_view text);

}  // namespace hostscope::linux_os
