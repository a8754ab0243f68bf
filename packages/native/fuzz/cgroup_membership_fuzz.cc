// sources: linux/cgroup_membership.cc linux/container_name.cc linux/systemd_unit.cc
// SPDX-License-Identifier: Apache-2.0
#include "fuzz_target.h"
#include "linux/cgroup_membership.h"

using namespace hostscope::linux_os;

FUZZ_TARGET(parse_cgroup_membership) {
  const auto group = parse_cgroup_membership(text);
  CHECK(!group.container_id || !group.container_id->empty());
  CHECK(!group.unified || group.path[0] == '/');
}
