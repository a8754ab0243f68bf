// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "linux/cgroup_mounts.h"
#include "model/limits.h"
#include "model/process.h"

namespace hostscope::linux_os {

// What the group may use: each limit the least of its own and of those above it. Empty if no directory of it is seen.
std::optional<model::CgroupLimits> read_cgroup_limits(const CgroupMounts& mounts, const model::ProcessCgroup& group);

}  // namespace hostscope::linux_os
