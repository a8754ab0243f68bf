// SPDX-License-Identifier: Apache-2.0
#include "linux/cgroup_membership.h"
#include "linux/process_target.h"

namespace hostscope::linux_os {

bool LinuxProcessReader::read_cgroup(Target& target) {
  if (!target.enter(ProcessSource::kCgroup, {A::kCgroup})) return true;
  const auto file = reader_.read(target.directory(), "cgroup");
  if (file.error != 0) return fail(target, {A::kCgroup}, file.error);
  target.row.cgroup = parse_cgroup_membership(file.text);
  if (target.row.cgroup.path.empty()) {
    target.row.fail({A::kCgroup}, AttributeOutcome::kUnsupported);
  } else {
    target.row.present.add(A::kCgroup);
  }
  return true;
}

}  // namespace hostscope::linux_os
