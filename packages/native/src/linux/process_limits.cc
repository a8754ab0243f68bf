// SPDX-License-Identifier: Apache-2.0
#include "linux/limits_file.h"
#include "linux/process_target.h"

namespace hostscope::linux_os {
namespace {

Status unreadable(std::int64_t pid, const std::string& file, int error) {
  if (outcome_of(error) == AttributeOutcome::kDenied) return Status::access_denied(pid, "read " + file, error);
  return Status::os("read " + file + " of pid " + std::to_string(pid), error);
}

}  // namespace

// From the file, not from prlimit(2): that takes a pid, which may have a new owner, of the agent's own pid namespace
// only, and wants rights that the same numbers in the file do not need.
Result<model::ProcessLimits> LinuxProcessReader::limits(std::int64_t pid, ReadGuard& guard) {
  ProcessQuery query;
  query.attributes = {A::kPpid};
  model::ProcessRow row;
  Target target{pid, query, guard, row};
  row.ref.pid = pid;
  if (!target.enter(ProcessSource::kStat, kFromStat)) return Status::deadline("the system does not answer");
  if (!open(target) || (target.handle && !read_stat(target))) return Status::no_such_process(pid);
  if (!target.has_stat) return unreadable(pid, "stat", row.failures.front().os_error);
  if (!target.enter(ProcessSource::kLimits, {})) return Status::deadline("the system does not answer");
  const auto file = reader_.read_record(target.directory(), "limits");
  if (gone(file.error)) {
    if (alive(target) == Alive::kNo) return Status::no_such_process(pid);
    return Status::unsupported("", "linux");
  }
  if (file.error != 0) return unreadable(pid, "limits", file.error);
  return model::ProcessLimits{row.ref, parse_limits(file.text)};
}

}  // namespace hostscope::linux_os
