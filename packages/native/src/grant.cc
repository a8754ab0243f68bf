// SPDX-License-Identifier: Apache-2.0
#include "grant.h"

#include <algorithm>

namespace hostscope {
namespace {

bool in_any(const std::vector<UidRange>& ranges, std::uint32_t uid) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [uid](const UidRange& range) { return range.first <= uid && uid <= range.last; });
}

// By whole segments: /a/bc is not below /a/b. A path that leads out of what is seen here is below nothing.
bool at_or_below(std::string_view path, std::string_view top) {
  if (path.empty() || path.find("/..") != std::string_view::npos) return false;
  if (top == "/") return true;
  return path.starts_with(top) && (path.size() == top.size() || path[top.size()] == '/');
}

bool is_sid(std::string_view account) {
  return account.size() > 4 && (account[0] == 'S' || account[0] == 's') && account.substr(1).starts_with("-1-");
}

// Whether the process runs as this account; empty if that cannot be told.
std::optional<bool> runs_as(const TargetFacts& facts, const std::string& account) {
  const auto& own = is_sid(account) ? facts.sid : facts.account;
  if (own.empty() || facts.same_account == nullptr) return std::nullopt;
  return facts.same_account(own, account);
}

}  // namespace

bool TargetConditions::admit(const TargetFacts& facts, std::size_t targets, std::optional<int> signal) const {
  if (max_targets && targets > *max_targets) return false;
  if (signals && signal && std::find(signals->begin(), signals->end(), *signal) == signals->end()) return false;
  // All of them: a program that runs with another's rights is the other's, too.
  const auto& ids = facts.uids;
  if (uids && !(ids && in_any(*uids, ids->real) && in_any(*uids, ids->effective) && in_any(*uids, ids->saved))) {
    return false;
  }
  const auto is_it = [&](const std::string& account) { return runs_as(facts, account) == true; };
  if (accounts && std::none_of(accounts->begin(), accounts->end(), is_it)) return false;
  // Who has a name that nobody can tell may be any of them.
  const auto is_other = [&](const std::string& account) { return runs_as(facts, account) == false; };
  if (not_accounts && !std::all_of(not_accounts->begin(), not_accounts->end(), is_other)) return false;
  return !cgroups || std::any_of(cgroups->begin(), cgroups->end(),
                                 [&](const std::string& top) { return at_or_below(facts.cgroup, top); });
}

model::AttributeSet Grant::hidden_attributes() const {
  model::AttributeSet all;
  for (const auto& entry : hidden) all = all | entry.attributes;
  return all;
}

Result<void> Grant::check_shown(model::AttributeSet used, std::string_view field) const {
  for (const auto& entry : hidden) {
    if (!entry.attributes.intersects(used)) continue;
    Status status = Status::permission_denied(
        entry.permission, std::string(field) + " goes by what this caller may not see: " + entry.permission);
    status.field = field;
    return status;
  }
  return {};
}

bool Grant::admits(const TargetFacts& facts, std::size_t count, std::optional<int> signal) const {
  return !targets || std::any_of(targets->begin(), targets->end(), [&](const TargetConditions& conditions) {
    return conditions.admit(facts, count, signal);
  });
}

Status Grant::refusal(std::int64_t pid) const {
  if (!sees_processes) return Status::no_such_process(pid);
  Status status = Status::permission_denied(
      permission, permission + " is not granted for pid " + std::to_string(pid) + ", only for other processes");
  status.target = "pid " + std::to_string(pid);
  status.pid = pid;
  return status;
}

Status Grant::too_many(std::size_t count) const {
  return Status::permission_denied(permission,
                                   permission + " is not granted for " + std::to_string(count) + " processes at once");
}

}  // namespace hostscope
