// SPDX-License-Identifier: Apache-2.0
#include "handlers/mutation.h"

namespace hostscope {

Result<void> check_mutation(const std::optional<gen::Mutation>& mutation) {
  constexpr std::size_t kLongestReason = 256;  // bytes
  if (mutation && mutation->reason.value_or("").size() > kLongestReason) {
    return Status::invalid_argument("mutation.reason", "is longer than 256 bytes");
  }
  return {};
}

Result<void> check_target(const Grant& grant, const HeldProcess& held, std::size_t targets, std::optional<int> signal) {
  if (!grant.targets) return {};
  const auto facts = held.facts();
  if (!facts) return facts.status();
  if (grant.admits(*facts, targets, signal)) return {};
  return grant.refusal(held.ref().pid);
}

Result<std::unique_ptr<HeldProcess>> hold_granted(const Collector& collector, const Grant& grant,
                                                  const gen::ProcessRef& ref, std::size_t targets,
                                                  std::optional<int> signal) {
  auto held = collector.hold_process(ref);
  if (!held) {
    // That another process has the pid now, or that one is there that cannot be looked at, is for those who may know.
    const bool tells = grant.targets && !grant.sees_processes && held.status().pid;
    return tells ? Status::no_such_process(ref.pid) : std::move(held.status());
  }
  auto checked = check_target(grant, **held, targets, signal);
  if (!checked) return std::move(checked.status());
  return held;
}

}  // namespace hostscope
