// SPDX-License-Identifier: Apache-2.0
// The collector's methods that act on processes or wait for them.
#include "windows/collector.h"
#include "windows/control_numbers.h"
#include "windows/exit_watch.h"
#include "windows/held_process.h"
#include "windows/process_tree.h"

namespace hostscope::windows_os {
namespace {

using Clock = std::chrono::steady_clock;

bool is_own(const gen::ProcessRef& ref) { return ref.pid == static_cast<std::int64_t>(::GetCurrentProcessId()); }

std::vector<model::ControlTarget> targets_of(ProcessTree& tree, std::size_t first) {
  std::vector<model::ControlTarget> targets;
  for (std::size_t i = first; i < tree.members().size(); ++i) {
    ProcessTree::has_ended(tree.members()[i]);
    targets.push_back(tree.members()[i].target);
  }
  return targets;
}

}  // namespace

Result<std::shared_ptr<ExitWatch>> WindowsCollector::watch_exit(const gen::ProcessRef& ref, ExitWatchMode mode,
                                                                std::size_t which,
                                                                std::shared_ptr<ExitListener> listener) const {
  return windows_os::watch_exit(ref, mode, which, std::move(listener));
}

Result<std::unique_ptr<HeldProcess>> WindowsCollector::hold_process(const gen::ProcessRef& ref) const {
  const auto snapshot = ProcessSnapshot::take();
  if (!snapshot) return snapshot.status();
  const ProtectedProcesses untouchable(*snapshot, context_->protected_names);
  auto held = WindowsHeldProcess::open(context_, ref, *snapshot, untouchable);
  if (!held) return std::move(held.status());
  return std::unique_ptr<HeldProcess>(std::move(*held));
}

// Who is suspended starts nobody: once a look at all processes finds none that is new, none can come any more.
Result<model::KilledTree> WindowsCollector::kill_tree(const gen::ProcessRef& root, bool keep_root,
                                                      const model::Patience& patience) const {
  constexpr std::chrono::seconds kLongest{2};
  ProcessTree tree(context_, patience.grant);
  auto begun = tree.begin(root);
  if (!begun) return std::move(begun.status());
  // The descendants of this very process may be ended, itself may not.
  if (tree.root().protection() && !(keep_root && is_own(root))) {
    return Status::protected_process(root.pid, *tree.root().protection());
  }
  const auto stop = [&](ProcessTree::Member& member) {
    const bool to_live = keep_root && &member == &tree.members().front();
    if (to_live || member.is_protected || member.held->status() == gen::ProcessStatus::kStopped) return;
    member.stopped = tree.signal(member, kStop);
  };
  stop(tree.members().front());
  const auto last = Clock::now() + kLongest;
  std::optional<Status> refused;
  for (bool more = true; more && !refused;) {
    const auto grown = tree.grow(true, stop);
    if (!grown) refused = grown.status();
    more = grown && *grown && (Clock::now() < last || !keep_root);
    // Somebody could not be stopped and starts others. To end the rest would leave those behind, unnamed; those of a
    // root that is to live are its later children.
    if (more && Clock::now() >= last) refused = Status::overloaded("it starts processes faster than they are stopped");
  }
  if (!refused) refused = tree.check_count(keep_root);
  auto& members = tree.members();
  if (refused) {
    for (auto& member : members) tree.release(member);
    return std::move(*refused);
  }
  for (std::size_t i = members.size(); i-- > (keep_root ? 1 : 0);) {
    if (members[i].is_protected) continue;
    members[i].target.killed = true;
    if (!tree.signal(members[i], kKill)) tree.release(members[i]);
  }
  tree.wait(patience.until, patience);
  return model::KilledTree{targets_of(tree, keep_root ? 1 : 0), false};
}

// Windows cannot ask a process to end in a way that each understands: to ask is to force, so nothing is left to be done
// when the grace is over.
Result<std::vector<model::ControlTarget>> WindowsCollector::reap(const gen::ProcessRef& root, bool recursive,
                                                                 Clock::time_point,
                                                                 const model::Patience& patience) const {
  ProcessTree tree(context_, patience.grant);
  auto begun = tree.begin(root);
  if (!begun) return std::move(begun.status());
  if (tree.root().protection() && !is_own(root)) {
    return Status::protected_process(root.pid, *tree.root().protection());
  }
  const auto grown = tree.grow(recursive);
  if (!grown) return grown.status();
  if (auto refused = tree.check_count(true)) return std::move(*refused);
  auto& members = tree.members();
  for (std::size_t i = 1; i < members.size(); ++i) {
    if (!members[i].is_protected) tree.signal(members[i], kTerminate);
  }
  tree.wait(patience.until, patience);
  return targets_of(tree, 1);
}

}  // namespace hostscope::windows_os
