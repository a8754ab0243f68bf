// SPDX-License-Identifier: Apache-2.0
// Where the file systems of control groups are mounted, and which directory there is a group's.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "roots.h"

namespace hostscope::linux_os {

struct CgroupMount {
  std::string controllers;  // of version 1, as "cpu,cpuacct" or "name=systemd"; empty: version 2
  std::string root;         // path of the group that is mounted, as the agent sees it
  std::string point;
};

// The cgroup mounts of a mountinfo file, in its order.
std::vector<CgroupMount> parse_cgroup_mounts(std::string_view mountinfo);

// Whether `controller` is one of a list such as "cpu,cpuacct".
bool has_controller(std::string_view controllers, std::string_view controller);

// The part of a group's path that is below the group mounted: "" for that itself, else with a slash in front. Empty if
// the group is elsewhere. In another cgroup namespace both begin with "/.." for each level above the agent's own root.
std::optional<std::string_view> path_below(std::string_view root, std::string_view path);

// The directories of one group and of those above it that can be seen, innermost first.
using CgroupLevels = std::vector<std::string>;

class CgroupMounts {
 public:
  // `proc`: the procfs root of `roots`. Mounts below the sysfs root come first: there are all the host's groups, while
  // elsewhere a container may have its own alone.
  CgroupMounts(int proc, const Roots& roots);

  // Of the group with this path in version 2, or in the hierarchy of a controller of version 1. Empty if it cannot be
  // seen.
  CgroupLevels unified(std::string_view path) const { return levels("", path); }
  CgroupLevels of_controller(std::string_view controller, std::string_view path) const {
    return levels(controller, path);
  }

 private:
  CgroupLevels levels(std::string_view controller, std::string_view path) const;

  std::vector<CgroupMount> mounts_;
};

}  // namespace hostscope::linux_os
