// SPDX-License-Identifier: Apache-2.0
// The collector's methods that act on processes.
#include "linux/collector.h"
#include "linux/held_process.h"

namespace hostscope::linux_os {

Result<std::unique_ptr<HeldProcess>> LinuxCollector::hold_process(const gen::ProcessRef& ref) const {
  const ProtectedProcesses untouchable(context_->proc.get(), context_->protected_names);
  auto held = LinuxHeldProcess::open(context_, ref, untouchable);
  if (!held) return std::move(held.status());
  return std::unique_ptr<HeldProcess>(std::move(*held));
}

}  // namespace hostscope::linux_os
