// SPDX-License-Identifier: Apache-2.0
// The rows of a process watch from one collection to the next, as encoded fields.
#pragma once

#include <cstdint>
#include <map>
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
  // Those that ended between the last two collections.
  const std::vector<model::ProcessRef>& gone() const { return gone_; }

  void update(std::vector<WatchedRow> rows);

 private:
  Entries entries_;
  std::vector<model::ProcessRef> gone_;
};

}  // namespace hostscope
