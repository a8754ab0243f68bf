// SPDX-License-Identifier: Apache-2.0
// Ending many processes in one call: the same structs on every OS.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gen/process_tree.gen.h"
#include "grant.h"
#include "model/process.h"

namespace hostscope::model {

// How long a call may wait, and for whom.
struct Patience {
  std::chrono::steady_clock::time_point until;
  std::function<bool()> someone_waits;  // false: the caller is gone, so that nobody hears how it ends
  const Grant* grant = nullptr;         // whom it may meet; null: anybody

  bool is_over() const { return std::chrono::steady_clock::now() >= until || !someone_waits(); }
};

struct ControlTarget {
  ProcessRef ref;
  std::string name;
  gen::ControlOutcome outcome = gen::ControlOutcome::kUnspecified;
  gen::Guarantee guarantee = gen::Guarantee::kUnspecified;
  std::optional<int> os_error = {};
  bool ended = false;   // by the time of the answer
  bool killed = false;  // it was, or was to be, ended by force
};

struct KilledTree {
  std::vector<ControlTarget> targets;  // the root first
  bool by_cgroup = false;
};

}  // namespace hostscope::model
