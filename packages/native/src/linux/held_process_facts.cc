// SPDX-License-Identifier: Apache-2.0
// What conditions on a held process go by.
#include "linux/cgroup_membership.h"
#include "linux/held_process.h"
#include "linux/process_status.h"
#include "linux/process_target.h"

namespace hostscope::linux_os {

// Through the directory that was verified: nobody else's files can be read there.
Result<TargetFacts> LinuxHeldProcess::facts() const {
  FileReader reader;
  const auto status_file = reader.read(directory_.get(), "status");
  if (gone(status_file.error)) return Status::no_such_process(ref_.pid);
  if (status_file.error != 0) return failure("read its user", status_file.error);
  const auto uids = parse_process_status(status_file.text).uids;
  if (!uids) return Status::internal("status of pid " + std::to_string(ref_.pid) + " names no user");
  TargetFacts facts{.uids = *uids};
  const auto cgroup_file = reader.read(directory_.get(), "cgroup");
  if (cgroup_file.error == 0) facts.cgroup = parse_cgroup_membership(cgroup_file.text).path;
  return facts;
}

}  // namespace hostscope::linux_os
