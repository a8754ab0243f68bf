// SPDX-License-Identifier: Apache-2.0
#include "linux/kill_tree.h"

#include <unistd.h>

#include <algorithm>
#include <csignal>

#include "linux/cgroup_kill.h"
#include "linux/end_waiter.h"

namespace hostscope::linux_os {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

class TreeKiller {
 public:
  TreeKiller(ProcessTree& tree, bool keep_root) : tree_(tree), keep_root_(keep_root), waiter_(tree) {}

  void stop_all();
  // A pid namespace ends with its first process: that one must live if one is to live that is in there.
  void spare_what_protected_ones_need();
  void kill_from(std::size_t first);
  void wait(const model::Patience& patience);
  void release_all() {
    for (auto& member : tree_.members()) tree_.release(member);
  }

 private:
  bool may_signal(std::size_t index) const {
    return !(index == 0 && keep_root_) && !tree_.members()[index].is_protected;
  }

  ProcessTree& tree_;
  const bool keep_root_;
  EndWaiter waiter_;
};

// Who is stopped starts nobody: once a look at all processes, begun when all known ones were stopped, finds none that
// is new, none can come any more. A tree that outruns this is killed as it is found.
// So, too, where the kernel would end them all with the root, the first of its pid namespace: hundreds that run are in
// the way of their own end, and take ten times as long to die as hundreds that are stopped.
void TreeKiller::stop_all() {
  constexpr std::chrono::seconds kLongest{2};
  const auto last = Clock::now() + kLongest;
  const auto stop = [this](std::size_t index) {
    auto& member = tree_.members()[index];
    if (may_signal(index)) member.stopped = tree_.signal(member, SIGSTOP) && !member.was_stopped;
  };
  stop(0);
  while (tree_.grow(true, stop) && Clock::now() < last) {
  }
}

void TreeKiller::spare_what_protected_ones_need() {
  auto& members = tree_.members();
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (!members[i].is_protected) continue;
    for (std::size_t above = members[i].parent;; above = members[above].parent) {
      auto& member = members[above];
      if (!member.is_protected && tree_.is_first_of_namespace(member)) {
        member.is_protected = true;
        member.target.outcome = gen::ControlOutcome::kProtected;
      }
      if (above == 0) break;
    }
  }
}

// Children before their parents: the kernel wakes stopped ones up whose parent has ended.
void TreeKiller::kill_from(std::size_t first) {
  auto& members = tree_.members();
  for (std::size_t i = members.size(); i-- > first;) {
    auto& member = members[i];
    if (may_signal(i)) {
      member.target.killed = true;
      const bool sent = tree_.signal(member, SIGKILL);
      if (sent) waiter_.add(i);
      if (sent || member.target.ended) continue;
    }
    tree_.release(member);
  }
}

void TreeKiller::wait(const model::Patience& patience) {
  constexpr milliseconds kSlice{50}, kLookEvery{200};
  auto next_look = Clock::now();
  for (bool over = false; !over;) {
    over = patience.is_over();
    if (!over && !waiter_.all_have_ended()) waiter_.wait(std::min(patience.until, Clock::now() + kSlice));
    if (!over && !waiter_.all_have_ended() && Clock::now() < next_look) continue;
    // Some may have been started that nobody saw.
    const auto known = tree_.members().size();
    const bool all_ended = waiter_.all_have_ended();
    const bool changed = tree_.grow(true, [this](std::size_t index) {
      if (may_signal(index)) tree_.signal(tree_.members()[index], SIGKILL);
    });
    kill_from(known);
    if (all_ended && !changed) return;
    next_look = changed ? Clock::now() : Clock::now() + kLookEvery;
  }
}

}  // namespace

Result<model::KilledTree> kill_tree(std::shared_ptr<const ProcessContext> context, const Roots& roots,
                                    const gen::ProcessRef& ref, bool keep_root, const model::Patience& patience) {
  const ProtectedProcesses untouchable(context->proc.get(), context->protected_names);
  auto root = LinuxHeldProcess::open(context, ref, untouchable);
  if (!root) return std::move(root.status());
  // The descendants of this very process may be ended, itself may not.
  const bool own_children = keep_root && ref.pid == ::getpid();
  if ((*root)->protection() && !own_children) return Status::protected_process(ref.pid, *(*root)->protection());
  ProcessTree tree(context, untouchable, std::move(*root), patience.grant);
  TreeKiller killer(tree, keep_root);
  killer.stop_all();
  killer.spare_what_protected_ones_need();
  if (!keep_root && tree.members().front().is_protected) {
    killer.release_all();
    return Status::protected_process(ref.pid, "with it a process would end that is");
  }
  if (tree.incomplete()) {
    killer.release_all();
    return *tree.incomplete();
  }
  if (auto refused = tree.check_count(keep_root)) {
    killer.release_all();
    return std::move(*refused);
  }
  model::KilledTree result;
  tree.leave_later_children();
  result.by_cgroup = !keep_root && kill_control_group(tree, context->proc.get(), roots);
  killer.kill_from(0);
  killer.wait(patience);
  if (tree.incomplete()) return *tree.incomplete();
  for (auto& member : tree.members()) {
    tree.has_ended(member);
    if (&member != &tree.members().front() || !keep_root) result.targets.push_back(std::move(member.target));
  }
  return result;
}

Result<std::vector<model::ControlTarget>> reap(std::shared_ptr<const ProcessContext> context,
                                               const gen::ProcessRef& ref, bool recursive, Clock::time_point kill_at,
                                               const model::Patience& patience) {
  const ProtectedProcesses untouchable(context->proc.get(), context->protected_names);
  auto root = LinuxHeldProcess::open(context, ref, untouchable);
  if (!root) return std::move(root.status());
  if ((*root)->protection() && ref.pid != ::getpid()) {
    return Status::protected_process(ref.pid, *(*root)->protection());
  }
  ProcessTree tree(context, untouchable, std::move(*root), patience.grant);
  tree.grow(recursive);
  if (tree.incomplete()) return *tree.incomplete();
  if (auto refused = tree.check_count(true)) return std::move(*refused);
  EndWaiter waiter(tree);
  auto& members = tree.members();
  for (std::size_t i = 1; i < members.size(); ++i) {
    if (!members[i].is_protected && tree.signal(members[i], SIGTERM)) waiter.add(i);
  }
  constexpr milliseconds kSlice{100};
  const auto wait = [&](Clock::time_point until) {
    while (!waiter.all_have_ended() && !patience.is_over() && Clock::now() < until) {
      waiter.wait(std::min(until, Clock::now() + kSlice));
    }
  };
  wait(std::min(kill_at, patience.until));
  const bool may_kill = Clock::now() >= kill_at && patience.someone_waits();
  for (std::size_t i = 1; may_kill && i < members.size(); ++i) {
    auto& member = members[i];
    if (member.target.outcome != gen::ControlOutcome::kSignalled || tree.has_ended(member)) continue;
    member.target.killed = tree.signal(member, SIGKILL);
  }
  wait(patience.until);
  std::vector<model::ControlTarget> targets;
  for (std::size_t i = 1; i < members.size(); ++i) {
    tree.has_ended(members[i]);
    targets.push_back(std::move(members[i].target));
  }
  return targets;
}

}  // namespace hostscope::linux_os
