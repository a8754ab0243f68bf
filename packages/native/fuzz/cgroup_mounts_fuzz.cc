// sources: linux/cgroup_mounts.cc linux/cgroup_layout.cc linux/pid_namespace.cc linux/proc_file.cc
// SPDX-License-Identifier: Apache-2.0
#include "fuzz_target.h"
#include "linux/cgroup_mounts.h"
#include "linux/pid_namespace.h"

using namespace hostscope;
using namespace hostscope::linux_os;

FUZZ_TARGET(parse_cgroup_mounts) {
  for (const CgroupMount& mount : parse_cgroup_mounts(text)) {
    has_controller(mount.controllers, "memory");
    const auto below = path_below(mount.root, mount.point);
    CHECK(!below || fuzz::is_within(*below, mount.point));
  }
}

FUZZ_TARGET(count_nested_pids) {
  CHECK(count_nested_pids(text) <= text.size());
  CHECK(!is_first_of_namespace(text) || count_nested_pids(text) > 1);
}
