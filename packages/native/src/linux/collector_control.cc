// SPDX-License-Identifier: Apache-2.0
// The collector's methods that act on processes.
#include "linux/collector.h"
#include "linux/held_process.h"
#include "linux/kill_tree.h"

namespace hostscope::linux_os {

Result<std::unique_ptr<HeldProcess>> LinuxCollector::hold_process(const gen::ProcessRef& ref) const {
  const ProtectedProcesses untouchable(context_->proc.get(), context_->protected_names);
  auto held = LinuxHeldProcess::open(context_, ref, untouchable);
  if (!held) return std::move(held.status());
  return std::unique_ptr<HeldProcess>(std::move(*held));
}

Result<model::KilledTree> LinuxCollector::kill_tree(const gen::ProcessRef& root, bool keep_root,
                                                    const model::Patience& patience) const {
  return linux_os::kill_tree(context_, roots_, root, keep_root, patience);
}

Result<std::vector<model::ControlTarget>> LinuxCollector::reap(const gen::ProcessRef& root, bool recursive,
                                                               std::chrono::steady_clock::time_point kill_at,
                                                               const model::Patience& patience) const {
  return linux_os::reap(context_, root, recursive, kill_at, patience);
}

}  // namespace hostscope::linux_os
