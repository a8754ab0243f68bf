// SPDX-License-Identifier: Apache-2.0
// The collector's process methods.
#include "linux/collector.h"
#include "linux/pids.h"
#include "linux/process_target.h"

namespace hostscope::linux_os {

Result<std::vector<std::int64_t>> LinuxCollector::pids() const { return list_pids(context_->proc.get()); }

Result<bool> LinuxCollector::pid_exists(std::int64_t pid) const {
  return linux_os::pid_exists(context_->proc.get(), pid);
}

Result<model::ProcessRef> LinuxCollector::process_ref(std::int64_t pid) const {
  ReadProgress progress;
  const StuckTargets nothing_stuck;
  ReadGuard guard(progress, nothing_stuck);
  LinuxProcessReader reader(context_);
  model::ProcessRow row;
  if (reader.read(pid, ProcessQuery{}, guard, row) == RowOutcome::kGone) return Status::no_such_process(pid);
  return row.ref;
}

Result<std::unique_ptr<ProcessReader>> LinuxCollector::process_reader() const {
  return std::unique_ptr<ProcessReader>(std::make_unique<LinuxProcessReader>(context_));
}

model::AttributeSet LinuxCollector::process_attributes() const { return kKnown; }

void LinuxCollector::close_unused(std::chrono::milliseconds age) const { context_->handles.close_unused(age); }

}  // namespace hostscope::linux_os
