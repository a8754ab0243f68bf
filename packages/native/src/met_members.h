// SPDX-License-Identifier: Apache-2.0
// The judgement on how many processes of a tree one call may meet, the same on every system.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>

#include "core/status.h"
#include "grant.h"

namespace hostscope {

struct MetMembers {
  std::size_t count = 0;          // of those that are not protected
  std::optional<Status> refused;  // why so many may not be met
};

// `Iterator` is of members that have `is_protected` and `facts`.
template <class Iterator>
MetMembers count_met(const Grant& grant, Iterator begin, Iterator end) {
  const auto is_met = [](const auto& member) { return !member.is_protected; };
  const auto count = static_cast<std::size_t>(std::count_if(begin, end, is_met));
  const auto is_admitted = [&](const auto& member) { return !is_met(member) || grant.admits(member.facts, count); };
  if (std::all_of(begin, end, is_admitted)) return {count, std::nullopt};
  return {count, grant.too_many(count)};
}

}  // namespace hostscope
