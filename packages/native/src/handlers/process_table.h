// SPDX-License-Identifier: Apache-2.0
// The rows of a process watch from one collection to the next, as encoded fields.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/process.h"
#include "wire/parts.h"

namespace hostscope {

// One process as a collection saw it.
struct WatchedRow {
  model::ProcessRef ref;
  wire::Parts info;         // an encoded ProcessInfo
  double cpu_percent = -1;  // below 0: not known
};

// Two refs that one reader read: every mark that they know must be the same.
bool same_row(const model::ProcessRef& a, const model::ProcessRef& b);

// What is known of all processes, and what the last collection changed.
class ProcessTable {
 public:
  struct Entry {
    WatchedRow row;
    bool is_new = true;  // since the last collection
    wire::PartsDifference difference;
  };
  using Entries = std::map<std::int64_t, Entry>;  // by pid

  const Entries& entries() const { return entries_; }
  // A process that ended between the last two collections.
  struct Exit {
    model::ProcessRef ref;
    std::optional<std::int32_t> returncode;
  };
  const std::vector<Exit>& gone() const { return gone_; }

  // How a process ended that is no more.
  using ReturncodeOf = std::function<std::optional<std::int32_t>(const model::ProcessRef& ended)>;
  void update(std::vector<WatchedRow> rows, const ReturncodeOf& returncode_of);

 private:
  Entries entries_;
  std::vector<Exit> gone_;
};

}  // namespace hostscope
