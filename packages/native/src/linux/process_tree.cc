// SPDX-License-Identifier: Apache-2.0
#include "linux/process_tree.h"

#include <sys/resource.h>

#include <algorithm>
#include <csignal>

#include "core/clock.h"
#include "linux/pids.h"
#include "linux/process_target.h"
#include "met_members.h"
#include "model/control_outcome.h"
#include "model/same_process.h"

namespace hostscope::linux_os {
namespace {

// A share of the descriptors that this program may have, for there may be several such calls at once.
std::size_t descriptor_budget() {
  constexpr rlim_t kMost = 16384, kShare = 8;
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  return static_cast<std::size_t>(std::min(limit.rlim_cur / kShare, kMost));
}

}  // namespace

ProcessTree::ProcessTree(std::shared_ptr<const ProcessContext> context, const ProtectedProcesses& untouchable,
                         std::unique_ptr<LinuxHeldProcess> root, const Grant* grant)
    : context_(std::move(context)),
      untouchable_(untouchable),
      grant_(grant != nullptr && grant->targets ? grant : nullptr),
      descriptors_left_(descriptor_budget()) {
  add(std::move(root), 0);
}

std::uint64_t ProcessTree::now() const {
  return static_cast<std::uint64_t>(static_cast<double>(core::boottime_ns()) / 1e9 * context_->ticks_per_second);
}

void ProcessTree::leave_later_children() { last_start_ = now(); }

void ProcessTree::add(std::unique_ptr<LinuxHeldProcess> held, std::size_t parent) {
  const auto& stat = held->stat();
  Member member;
  member.parent = parent;
  member.session = stat.session;
  member.start = stat.starttime;
  member.was_stopped = stat.state == 'T';
  member.is_protected = held->protection().has_value();
  member.target.ref = held->ref();
  member.target.name = held->name();
  if (member.is_protected) member.target.outcome = gen::ControlOutcome::kProtected;
  judge(member, *held);
  if (stat.session == held->ref().pid) sessions_.emplace(stat.session, now());
  by_pid_.emplace(held->ref().pid, members_.size());
  if (!members_.empty()) held->keep_only_pidfd();
  if (members_.empty() || descriptors_left_ > 0) {
    member.held = std::move(held);
    descriptors_left_ -= descriptors_left_ > 0 ? 1 : 0;
  }
  members_.push_back(std::move(member));
}

void ProcessTree::judge(Member& member, const LinuxHeldProcess& held) {
  if (grant_ == nullptr || member.is_protected) return;
  const auto facts = held.facts();
  if (facts) member.facts = *facts;
  const std::size_t targets = counted_ > 0 ? counted_ + 1 : 1;
  if (facts && grant_->admits(*facts, targets)) {
    counted_ += counted_ > 0 ? 1 : 0;
    return;
  }
  member.is_protected = true;
  member.target.outcome = gen::ControlOutcome::kNotPermitted;
}

std::optional<Status> ProcessTree::check_count(bool without_root) {
  if (grant_ == nullptr) return std::nullopt;
  const auto begin = members_.begin() + (without_root ? 1 : 0);
  auto met = count_met(*grant_, begin, members_.end());
  counted_ = met.count;
  return std::move(met.refused);
}

bool ProcessTree::with(Member& member, const std::function<bool(LinuxHeldProcess&)>& act, bool unknown) {
  if (member.held) return act(*member.held);
  const auto held = LinuxHeldProcess::open(context_, asked_ref(member.target.ref), untouchable_);
  if (held) return act(**held);
  const bool gone = grpc_code(held.status().reason) == grpc_code(ErrorReason::kNoSuchProcess);
  return gone ? false : unknown;
}

bool ProcessTree::has_ended(Member& member) {
  const auto lives = [](LinuxHeldProcess& held) { return !held.has_ended(); };
  member.target.ended = member.target.ended || !with(member, lives, true);
  return member.target.ended;
}

bool ProcessTree::is_first_of_namespace(const Member& member) const {
  const auto held = LinuxHeldProcess::open(context_, asked_ref(member.target.ref), untouchable_);
  return held && (*held)->is_first_of_namespace();
}

void ProcessTree::release(Member& member) {
  if (!member.stopped) return;
  with(member, [](LinuxHeldProcess& held) { return held.signal(SIGCONT).ok(); });
  member.stopped = false;
}

bool ProcessTree::signal(Member& member, int number) {
  auto& target = member.target;
  if (has_ended(member)) {
    if (target.outcome == gen::ControlOutcome::kUnspecified) target.outcome = gen::ControlOutcome::kGone;
    return false;
  }
  target.outcome = gen::ControlOutcome::kFailed;  // if it cannot even be held
  const bool delivered = with(member, [&](LinuxHeldProcess& held) {
    const auto sent = held.signal(number);
    if (sent) {
      target.outcome = gen::ControlOutcome::kSignalled;
      target.guarantee = *sent;
      return true;
    }
    const auto& status = sent.status();
    target.outcome = model::control_outcome(status);
    target.os_error = status.os_error;
    return false;
  });
  const bool was_held = target.outcome != gen::ControlOutcome::kFailed || target.os_error.has_value();
  if (!delivered && !was_held && has_ended(member)) target.outcome = gen::ControlOutcome::kGone;
  return delivered;
}

// One that has lost its pid may have been followed by another, in the same tick of the clock even.
bool ProcessTree::is_known(const Row& row) {
  const auto [first, last] = by_pid_.equal_range(row.pid);
  return std::any_of(first, last, [&](const auto& entry) {
    auto& member = members_[entry.second];
    return member.start == row.start && with(member, [](LinuxHeldProcess& held) { return held.has_pid(); });
  });
}

// Says so of its parent after the child was read: nobody else can have had the parent's pid then.
bool ProcessTree::is_child_of(const LinuxHeldProcess& child, Member& parent) {
  return child.stat().ppid == parent.target.ref.pid &&
         with(parent, [](LinuxHeldProcess& held) { return held.has_pid(); });
}

// A session has the number of the process that began it, and only who descends from that is in it. The number is given
// to nobody else while anybody is in it: either a member is now, or this process was born when one was.
bool ProcessTree::is_of_own_session(const LinuxHeldProcess& process) {
  const auto found = sessions_.find(process.stat().session);
  if (found == sessions_.end() || found->first == process.ref().pid) return false;
  if (process.stat().starttime < found->second) return true;
  return std::any_of(members_.begin(), members_.end(), [&](Member& member) {
    return member.session == found->first && with(member, [](LinuxHeldProcess& held) { return held.has_pid(); });
  });
}

// What was read of it before is a hint: what counts is read through the handle.
ProcessTree::Found ProcessTree::adopt(const Row& row, std::size_t parent) {
  const bool to_live = parent == 0 || members_[parent].is_protected;
  if (to_live && last_start_ && row.parent == members_[parent].target.ref.pid && row.start >= *last_start_) {
    return Found::kOther;
  }
  if (is_known(row)) return Found::kOther;
  gen::ProcessRef seen;
  seen.pid = row.pid;
  seen.start = row.start;
  auto held = LinuxHeldProcess::open(context_, seen, untouchable_);
  if (!held) {
    const bool no_room = held.status().reason == ErrorReason::kOverloaded;
    if (no_room) incomplete_ = std::move(held.status());
    return no_room ? Found::kOther : Found::kLost;
  }
  if (!is_child_of(**held, members_[parent]) && !is_of_own_session(**held)) return Found::kOther;
  add(std::move(*held), parent);
  return Found::kNew;
}

// By its parent, or by its session: who has lost his parent is another's child now.
ProcessTree::Found ProcessTree::look_at(const Row& row, bool recursive) {
  Found found = Found::kOther;
  const auto [first, last] = by_pid_.equal_range(row.parent);
  std::vector<std::size_t> parents;
  for (auto entry = first; entry != last; ++entry) {
    // Once it has lost its pid, that may be another's, whose children are none of ours.
    const auto has_pid = [](LinuxHeldProcess& held) { return held.has_pid(); };
    if (with(members_[entry->second], has_pid)) parents.push_back(entry->second);
  }
  if (recursive && parents.empty() && row.session != row.pid && sessions_.contains(row.session)) parents.push_back(0);
  for (const auto parent : parents) {
    if (found != Found::kNew && (recursive || parent == 0)) found = std::max(found, adopt(row, parent));
  }
  return found;
}

bool ProcessTree::grow(bool recursive, const std::function<void(std::size_t)>& on_new) {
  const auto started = now();
  const auto pids = list_pids(context_->proc.get());
  if (!pids) {
    incomplete_ = pids.status();
    return false;
  }
  bool changed = false;
  const auto look = [&](const Row& row) {
    const auto found = look_at(row, recursive);
    changed = changed || found != Found::kOther;
    if (found == Found::kNew && on_new) on_new(members_.size() - 1);
    return found == Found::kNew;
  };
  std::vector<Row> rows;
  FileReader reader;
  // The youngest first, as a rule: they are the ones that may be gone in a moment.
  for (auto pid = pids->rbegin(); pid != pids->rend(); ++pid) {
    const auto file = reader.read_record(context_->proc.get(), (std::to_string(*pid) + "/stat").c_str());
    const auto stat = file.error == 0 ? parse_process_stat(file.text) : std::nullopt;
    if (!stat) continue;
    const Row row{*pid, stat->ppid, stat->session, stat->starttime};
    if (!look(row)) rows.push_back(row);
  }
  // Those that stood before their parents.
  for (bool found_new = recursive; found_new;) {
    found_new = std::erase_if(rows, look) > 0;
  }
  for (auto& member : members_) {
    const auto session = sessions_.find(member.session);
    if (session == sessions_.end() || session->second >= started) continue;
    if (with(member, [](LinuxHeldProcess& held) { return held.has_pid(); })) session->second = started;
  }
  return changed;
}

}  // namespace hostscope::linux_os
