// SPDX-License-Identifier: Apache-2.0
// What the caller of one call may see and meet. It is decided in front of the collector; what only this machine can
// tell is judged here, on the very process.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "model/process.h"

namespace hostscope {

struct UidRange {
  std::uint32_t first = 0, last = 0;  // both included
};

// What conditions on a process go by. Nothing in it is a process's own word.
struct TargetFacts {
  std::optional<model::ProcessIds> uids = {};  // empty: this system has none
  std::string cgroup = {};                     // empty: not known
  // Of the account that it runs as, where accounts are no numbers: its SID, S-1-..., and DOMAIN\user; empty: not known.
  std::string sid = {}, account = {};
  // Whether this system takes two names of accounts for one.
  bool (*same_account)(std::string_view, std::string_view) = nullptr;
};

// Conditions that must all hold; one that is absent does.
struct TargetConditions {
  std::optional<std::vector<UidRange>> uids = {};        // in which each of its user ids must be
  std::optional<std::vector<std::string>> cgroups = {};  // one of which it must be in, or below
  // One of which it must run as, and none of which; by SID or by DOMAIN\user.
  std::optional<std::vector<std::string>> accounts = {}, not_accounts = {};
  std::optional<std::vector<int>> signals = {};   // that may be sent; asked only where a call does not say it
  std::optional<std::uint32_t> max_targets = {};  // of one call

  // `targets`: how many processes the call is to meet.
  bool admit(const TargetFacts& facts, std::size_t targets, std::optional<int> signal = {}) const;
};

// Attributes of processes that are kept back from callers without this permission.
struct HiddenAttributes {
  model::AttributeSet attributes;
  std::string permission;
};

// By default everything: what a program on this machine asks for itself.
struct Grant {
  std::vector<HiddenAttributes> hidden = {};
  // The processes that may be acted on: those that one entry at least admits. Absent: all.
  std::optional<std::vector<TargetConditions>> targets = {};
  std::string permission = {};  // that `targets` are conditions of
  bool sees_processes = true;   // whether the caller may learn which processes there are

  model::AttributeSet hidden_attributes() const;
  // PERMISSION_DENIED if something is asked for by `field` that is kept back: to choose by it would tell it.
  Result<void> check_shown(model::AttributeSet used, std::string_view field) const;
  bool admits(const TargetFacts& facts, std::size_t targets = 1, std::optional<int> signal = {}) const;
  // Why this process may not be acted on. Whoever may not know which processes there are does not learn it from this.
  Status refusal(std::int64_t pid) const;
  // Of a call that would meet more processes than any grant allows.
  Status too_many(std::size_t targets) const;
};

}  // namespace hostscope
