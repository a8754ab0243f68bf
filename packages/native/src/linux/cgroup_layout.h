// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "linux/cgroup_mounts.h"

namespace hostscope::linux_os {

// The mounts below <sys>/fs/cgroup, by the layout that all distributions have, for when no mountinfo names them:
// version 2 there itself, or a directory per hierarchy of version 1 and "unified" for version 2.
std::vector<CgroupMount> cgroup_mounts_by_layout(const std::string& sys);

}  // namespace hostscope::linux_os
