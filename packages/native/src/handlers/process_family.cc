// SPDX-License-Identifier: Apache-2.0
// Parents and children. Processes come and go while they are read, so nothing is concluded from two of them that were
// not seen together.
#include <algorithm>
#include <map>
#include <set>

#include "dispatch.h"
#include "encode/process.h"
#include "handlers/process_query.h"
#include "handlers/process_rows.h"

namespace hostscope {
namespace {

using A = model::ProcessAttribute;

struct Member {
  model::ProcessRef ref;
  std::int64_t parent = 0;  // its pid; 0: none is visible
};

// A process that is looked for among its relatives, by one worker.
class Family {
 public:
  Family(ProcessRows& rows, ReadGuard& guard) : rows_(rows), guard_(guard) {}

  Result<Member> member(std::int64_t pid);
  // The process that a caller's ref names.
  Result<Member> member(const gen::ProcessRef& ref);
  // Empty if there is no parent or it is hidden; no_such_process if the child has ended.
  Result<std::optional<Member>> parent(Member child);
  // Fails like parent(), with the pid of whichever has ended.
  Result<std::vector<Member>> parents(const Member& child);
  Result<std::vector<Member>> children(const Collector& collector, const Member& root, bool recursive);

 private:
  ProcessRows& rows_;
  ReadGuard& guard_;
};

// A parent that is younger than its child is another process, which got the pid of the parent that has ended.
bool may_be_parent(const model::ProcessRef& parent, std::optional<std::uint64_t> child_start) {
  return !parent.start || !child_start || *parent.start <= *child_start;
}

Status why_unread(std::int64_t pid, const model::ProcessRow& row) {
  const model::AttributeFailure none{A::kPpid, model::AttributeOutcome::kFailed, 0};
  const auto& failure = row.failures.empty() ? none : row.failures.front();
  if (failure.outcome == model::AttributeOutcome::kTimedOut) return Status::deadline("the system does not answer");
  if (failure.outcome == model::AttributeOutcome::kDenied) {
    return Status::access_denied(pid, "read the parent", failure.os_error);
  }
  return Status::os("read the parent of pid " + std::to_string(pid), failure.os_error);
}

Result<Member> Family::member(std::int64_t pid) {
  ProcessQuery query;
  query.attributes = {A::kPpid};
  model::ProcessRow row;
  if (rows_.reader->read(pid, query, guard_, row) == RowOutcome::kGone) return Status::no_such_process(pid);
  if (!row.present.has(A::kPpid)) return why_unread(pid, row);
  return Member{row.ref, row.ppid};
}

Result<Member> Family::member(const gen::ProcessRef& ref) {
  auto found = member(ref.pid);
  if (found && !same_process(ref, found->ref)) return Status::pid_reused(ref.pid);
  return found;
}

Result<std::optional<Member>> Family::parent(Member child) {
  constexpr int kTries = 10;  // parents may end as fast as they are looked at
  for (int tries = 0; tries < kTries; ++tries) {
    if (child.parent == 0) return std::optional<Member>();
    auto found = member(child.parent);
    if (!found && found.status().reason != ErrorReason::kNoSuchProcess) return std::move(found.status());
    // A child whose parent has ended gets another: one that names the same parent still was that process's child when
    // it was read.
    const auto again = rows_.reader->kin(child.ref.pid, guard_);
    if (!again || again->start != child.ref.start.value_or(again->start)) {
      return Status::no_such_process(child.ref.pid);
    }
    if (again->parent == child.parent) {
      const bool is_parent = found && may_be_parent(found->ref, child.ref.start);
      return is_parent ? std::optional(std::move(*found)) : std::nullopt;
    }
    child.parent = again->parent;
  }
  return Status::no_such_process(child.parent);
}

Result<std::vector<Member>> Family::parents(const Member& child) {
  std::vector<Member> found;
  std::set<std::int64_t> seen{child.ref.pid};
  const Member* youngest = &child;
  for (;;) {
    auto next = parent(*youngest);
    if (!next) return std::move(next.status());
    if (!*next || !seen.insert((*next)->ref.pid).second) return found;
    found.push_back(std::move(**next));
    youngest = &found.back();
  }
}

Result<std::vector<Member>> Family::children(const Collector& collector, const Member& root, bool recursive) {
  const auto pids = collector.pids();
  if (!pids) return pids.status();
  struct Child {
    std::int64_t pid;
    std::uint64_t start;
  };
  std::map<std::int64_t, std::vector<Child>> by_parent;
  for (const auto pid : *pids) {
    if (guard_.abandoned()) break;
    if (const auto kin = rows_.reader->kin(pid, guard_)) by_parent[kin->parent].push_back({pid, kin->start});
  }
  std::vector<Member> found;
  std::vector<model::ProcessRef> to_visit{root.ref};
  std::set<std::int64_t> seen;  // pids that were given anew while all were read can close a circle
  while (!to_visit.empty()) {
    const auto parent = to_visit.back();
    to_visit.pop_back();
    if (!seen.insert(parent.pid).second) continue;
    for (const auto& child : by_parent[parent.pid]) {
      if (seen.count(child.pid) > 0 || !may_be_parent(parent, child.start)) continue;
      auto read = member(child.pid);
      if (!read || read->ref.start.value_or(child.start) != child.start) continue;  // it has ended since
      if (recursive) to_visit.push_back(read->ref);
      found.push_back(std::move(*read));
    }
  }
  // If the root has ended in between, its children have gone to others.
  auto still_there = member(root.ref.pid);
  if (!still_there) return std::move(still_there.status());
  if (still_there->ref.start != root.ref.start) return Status::no_such_process(root.ref.pid);
  return found;
}

void parent(const Context& context, const CallPtr& call) {
  const auto request = parse_request<gen::ParentRequest>(call);
  if (!request) return;
  auto ref = required_ref(request->ref);
  if (!ref) return call->fail(std::move(ref.status()));
  answer_about_process(context, call, ref->pid, [ref = *ref](ProcessRows& rows, ReadGuard& guard) -> Result<void> {
    Family family(rows, guard);
    auto child = family.member(ref);
    if (!child) return std::move(child.status());
    auto found = family.parent(*child);
    if (!found) return std::move(found.status());
    gen::ParentResponseWriter out(rows.bytes);
    if (*found) out.parent([&](auto& w) { encode::process_ref((*found)->ref, w); });
    return {};
  });
}

void parents(const Context& context, const CallPtr& call) {
  const auto request = parse_request<gen::ParentsRequest>(call);
  if (!request) return;
  auto ref = required_ref(request->ref);
  if (!ref) return call->fail(std::move(ref.status()));
  answer_about_process(context, call, ref->pid, [ref = *ref](ProcessRows& rows, ReadGuard& guard) -> Result<void> {
    constexpr int kTries = 10;
    Family family(rows, guard);
    for (int tries = 1;; ++tries) {
      auto child = family.member(ref);
      if (!child) return std::move(child.status());
      auto found = family.parents(*child);
      if (!found) {
        // An ancestor has ended while its own parent was read: the line is another one now.
        const bool again = found.status().reason == ErrorReason::kNoSuchProcess && tries < kTries;
        if (again) continue;
        return std::move(found.status());
      }
      gen::ParentsResponseWriter out(rows.bytes);
      for (const auto& each : *found) out.parents([&](auto& w) { encode::process_ref(each.ref, w); });
      return {};
    }
  });
}

void children(const Context& context, const CallPtr& call) {
  const auto request = parse_request<gen::ChildrenRequest>(call);
  if (!request) return;
  auto ref = required_ref(request->ref);
  if (!ref) return call->fail(std::move(ref.status()));
  const auto answer = [collector = context.collector, ref = *ref, recursive = request->recursive](
                          ProcessRows& rows, ReadGuard& guard) -> Result<void> {
    Family family(rows, guard);
    auto root = family.member(ref);
    if (!root) return std::move(root.status());
    auto found = family.children(*collector, *root, recursive);
    if (!found) return std::move(found.status());
    gen::ChildrenResponseWriter out(rows.bytes);
    for (const auto& each : *found) out.children([&](auto& w) { encode::process_ref(each.ref, w); });
    return {};
  };
  answer_about_process(context, call, ref->pid, answer);
}

}  // namespace

void add_process_family_handlers(Handlers& handlers) {
  handlers.add(gen::Method::kProcessParent, Lane::kAsync, parent);
  handlers.add(gen::Method::kProcessParents, Lane::kAsync, parents);
  handlers.add(gen::Method::kProcessChildren, Lane::kAsync, children);
}

}  // namespace hostscope
