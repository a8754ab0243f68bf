// SPDX-License-Identifier: Apache-2.0
#include "linux/process_tree.h"

#include <sys/resource.h>

#include <algorithm>
#include <csignal>

#include "core/clock.h"
#include "linux/pids.h"
#include "linux/process_target.h"

namespace hostscope::linux_os {
namespace {

// A share of the descriptors that this program may have, for there may be several such calls at once.
std::size_t descriptor_budget() {
  constexpr rlim_t kMost = 16384, kShare = 8;
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  return static_cast<std::size_t>(std::min(limit.rlim_cur / kShare, kMost));
}

gen::ProcessRef as_asked(const model::ProcessRef& ref) {
  gen::ProcessRef asked;
  asked.pid = ref.pid;
  asked.start = ref.start;
  asked.pidfd_inode = ref.pidfd_inode;
  asked.boot = ref.boot;
  return asked;
}

}  // namespace

ProcessTree::ProcessTree(std::shared_ptr<const ProcessContext> context, const ProtectedProcesses& untouchable,
                         std::unique_ptr<LinuxHeldProcess> root)
    : context_(std::move(context)), untouchable_(untouchable), descriptors_left_(descriptor_budget()) {
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
  if (stat.session == held->ref().pid) sessions_.emplace(stat.session, now());
  by_pid_.emplace(held->ref().pid, members_.size());
  if (!members_.empty()) held->keep_only_pidfd();
  if (members_.empty() || descriptors_left_ > 0) {
    member.held = std::move(held);
    descriptors_left_ -= descriptors_left_ > 0 ? 1 : 0;
  }
  members_.push_back(std::move(member));
}

bool ProcessTree::with(Member& member, const std::function<bool(LinuxHeldProcess&)>& act, bool unknown) {
  if (member.held) return act(*member.held);
  const auto held = LinuxHeldProcess::open(context_, as_asked(member.target.ref), untouchable_);
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
  const auto held = LinuxHeldProcess::open(context_, as_asked(member.target.ref), untouchable_);
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
  return with(member, [&](LinuxHeldProcess& held) {
    const auto sent = held.signal(number);
    if (sent) {
      target.outcome = gen::ControlOutcome::kSignalled;
      target.guarantee = *sent;
      return true;
    }
    const auto& status = sent.status();
    target.outcome = status.reason == ErrorReason::kProtected       ? gen::ControlOutcome::kProtected
                     : status.reason == ErrorReason::kNoSuchProcess ? gen::ControlOutcome::kGone
                     : status.reason == ErrorReason::kAccessDenied  ? gen::ControlOutcome::kDenied
                                                                    : gen::ControlOutcome::kFailed;
    target.os_error = status.os_error;
    return false;
  });
}

std::vector<ProcessTree::Row> ProcessTree::read_rows() {
  std::vector<Row> rows;
  const auto pids = list_pids(context_->proc.get());
  if (!pids) {
    incomplete_ = pids.status();
    return rows;
  }
  FileReader reader;
  for (const auto pid : *pids) {
    const auto file = reader.read_record(context_->proc.get(), (std::to_string(pid) + "/stat").c_str());
    const auto stat = file.error == 0 ? parse_process_stat(file.text) : std::nullopt;
    if (stat) rows.push_back({pid, stat->ppid, stat->session, stat->starttime});
  }
  return rows;
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

// What the scan found is a hint: what counts was read through the handle.
bool ProcessTree::adopt(const Row& row, std::size_t parent) {
  if (is_known(row)) return false;
  gen::ProcessRef seen;
  seen.pid = row.pid;
  seen.start = row.start;
  auto held = LinuxHeldProcess::open(context_, seen, untouchable_);
  if (!held) {
    if (held.status().reason == ErrorReason::kOverloaded) incomplete_ = std::move(held.status());
    return false;
  }
  if (!is_child_of(**held, members_[parent]) && !is_of_own_session(**held)) return false;
  add(std::move(*held), parent);
  return true;
}

std::size_t ProcessTree::grow(bool recursive) {
  const auto before = members_.size();
  const auto started = now();
  const auto rows = read_rows();
  std::unordered_multimap<std::int64_t, const Row*> by_parent;
  for (const auto& row : rows) by_parent.emplace(row.parent, &row);
  for (std::size_t i = 0; i < (recursive ? members_.size() : 1); ++i) {
    const bool to_live = i == 0 || members_[i].is_protected;
    const auto [first, last] = by_parent.equal_range(members_[i].target.ref.pid);
    for (auto child = first; child != last; ++child) {
      if (to_live && last_start_ && child->second->start > *last_start_) continue;
      adopt(*child->second, i);
    }
  }
  if (recursive) {
    // Those whose parent has ended are others' children now.
    for (const auto& row : rows) {
      if (sessions_.contains(row.session) && row.session != row.pid) adopt(row, 0);
    }
    for (auto& member : members_) {
      const auto session = sessions_.find(member.session);
      if (session == sessions_.end() || session->second >= started) continue;
      if (with(member, [](LinuxHeldProcess& held) { return held.has_pid(); })) session->second = started;
    }
  }
  return members_.size() - before;
}

}  // namespace hostscope::linux_os
