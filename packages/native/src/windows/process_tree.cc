// SPDX-License-Identifier: Apache-2.0
#include "windows/process_tree.h"

#include <algorithm>
#include <utility>

#include "met_members.h"
#include "model/control_outcome.h"
#include "model/same_process.h"
#include "windows/control_numbers.h"

namespace hostscope::windows_os {

Result<void> ProcessTree::begin(const gen::ProcessRef& root) {
  const auto snapshot = ProcessSnapshot::take();
  if (!snapshot) return snapshot.status();
  auto held =
      WindowsHeldProcess::open(context_, root, *snapshot, ProtectedProcesses(*snapshot, context_->protected_names));
  if (!held) return std::move(held.status());
  add(std::move(*held));
  return {};
}

void ProcessTree::add(std::unique_ptr<WindowsHeldProcess> held) {
  Member member;
  member.target.ref = held->ref();
  member.target.name = held->name();
  member.is_protected = held->protection().has_value();
  if (member.is_protected) member.target.outcome = gen::ControlOutcome::kProtected;
  member.held = std::move(held);
  judge(member);
  members_.push_back(std::move(member));
}

void ProcessTree::judge(Member& member) {
  if (grant_ == nullptr || member.is_protected) return;
  const auto facts = member.held->facts();
  if (facts) member.facts = *facts;
  if (facts && grant_->admits(*facts)) return;
  member.is_protected = true;
  member.target.outcome = gen::ControlOutcome::kNotPermitted;
}

std::optional<Status> ProcessTree::check_count(bool without_root) {
  if (grant_ == nullptr) return std::nullopt;
  const auto begin = members_.begin() + (without_root ? 1 : 0);
  return count_met(*grant_, begin, members_.end()).refused;
}

// A member's pid is its own while it is held; who was born before it is another's child that had the pid before.
ProcessTree::Member* ProcessTree::parent_of(const ProcessEntry& process, bool recursive) {
  const auto end = recursive ? members_.end() : members_.begin() + 1;
  const auto found = std::find_if(members_.begin(), end, [&](const Member& member) {
    const auto& ref = member.target.ref;
    return ref.pid == process.parent && ref.pid != process.pid && ref.start.value_or(0) <= process.create_time;
  });
  return found == end ? nullptr : &*found;
}

Result<bool> ProcessTree::grow(bool recursive, const std::function<void(Member&)>& on_new) {
  const auto snapshot = ProcessSnapshot::take();
  if (!snapshot) return snapshot.status();
  const ProtectedProcesses untouchable(*snapshot, context_->protected_names);
  bool any_new = false;
  // Children may stand before their parents.
  for (bool again = true; again;) {
    again = false;
    for (const auto& entry : snapshot->entries()) {
      const bool is_known = std::any_of(members_.begin(), members_.end(), [&](const Member& member) {
        return member.target.ref.pid == entry.pid && member.target.ref.start == entry.create_time;
      });
      if (is_known || parent_of(entry, recursive) == nullptr) continue;
      gen::ProcessRef ref;
      ref.pid = entry.pid;
      ref.start = entry.create_time;
      auto held = WindowsHeldProcess::open(context_, ref, *snapshot, untouchable);
      if (!held) continue;  // it has just ended, or cannot be had
      add(std::move(*held));
      any_new = again = true;
      if (on_new) on_new(members_.back());
    }
    again = again && recursive;
  }
  return any_new;
}

bool ProcessTree::has_ended(Member& member) {
  member.target.ended = member.target.ended || member.held->has_ended();
  return member.target.ended;
}

bool ProcessTree::signal(Member& member, int number) {
  auto& target = member.target;
  if (has_ended(member)) {
    if (target.outcome == gen::ControlOutcome::kUnspecified) target.outcome = gen::ControlOutcome::kGone;
    return false;
  }
  const auto sent = member.held->signal(number);
  if (sent) {
    target.outcome = gen::ControlOutcome::kSignalled;
    target.guarantee = *sent;
    return true;
  }
  const auto& status = sent.status();
  target.outcome = model::control_outcome(status);
  target.os_error = status.os_error;
  return false;
}

void ProcessTree::release(Member& member) {
  if (std::exchange(member.stopped, false)) (void)member.held->signal(kContinue);
}

bool ProcessTree::all_have_ended() {
  return std::all_of(members_.begin(), members_.end(), [](Member& member) {
    return member.target.outcome != gen::ControlOutcome::kSignalled || has_ended(member);
  });
}

// Not on all handles at once: the system takes 64.
void ProcessTree::wait(std::chrono::steady_clock::time_point until, const model::Patience& patience) {
  constexpr DWORD kSliceMs = 20;
  for (auto& member : members_) {
    while (member.target.outcome == gen::ControlOutcome::kSignalled && !has_ended(member)) {
      if (patience.is_over() || std::chrono::steady_clock::now() >= until) return;
      ::WaitForSingleObject(member.held->handle(), kSliceMs);
    }
  }
}

}  // namespace hostscope::windows_os
