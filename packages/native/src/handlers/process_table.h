// SPDX-License-Identifier: Apache-2.0
// The rows of a process watch from one collection to the next, as encoded fields.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "model/process.h"
#include "process_reader.h"
#include "wire/parts.h"

namespace hostscope {

// One process as collections saw it; the same object as long as nothing changes that anybody is told of.
struct WatchedRow {
  model::ProcessRef ref;
  wire::Parts info;         // an encoded ProcessInfo
  double cpu_percent = -1;  // below 0: not known
  std::vector<model::AttributeFailure> failures;
};

// Two refs that one reader read: every mark that both know must be the same. What could not be read, for want of
// descriptors or as it got stuck, makes no other process.
bool same_row(const model::ProcessRef& a, const model::ProcessRef& b);

// The fields of ProcessInfo that attributes have.
wire::FieldSet fields_of(model::AttributeSet attributes);

// One process in one collection.
struct TableEntry {
  std::shared_ptr<const WatchedRow> row;
  EarlierLook look;
  bool is_new = true;  // since the collection before, or by a ref that says more
  wire::PartsDifference difference;
  model::AttributeSet failed;  // whose failure came, went or is another now

  std::int64_t pid() const { return row->ref.pid; }
};
using TableEntries = std::vector<TableEntry>;  // by pid

// The entry of a pid, or null.
const TableEntry* find_entry(const TableEntries& entries, std::int64_t pid);

// What a row that was just read makes of the entry before, if there is one. `encoded` is the row without what is
// unchanged. The scratch is for use again. Needs no lock: entries do not change once they are in a table.
TableEntry next_entry(const TableEntry* before, const model::ProcessRow& row, std::string_view encoded,
                      wire::Parts& scratch);

// What is known of all processes, and what the last collection changed.
class ProcessTable {
 public:
  // A process that ended between the last two collections.
  struct Exit {
    model::ProcessRef ref;
    std::optional<std::int32_t> returncode;
  };

  const TableEntries& entries() const { return *entries_; }
  // The same, for a collection to start from; readers that come too late may hold them for long.
  std::shared_ptr<const TableEntries> shared_entries() const { return entries_; }
  const std::vector<Exit>& gone() const { return gone_; }

  // Who is there no longer. Without a lock, like next_entry().
  std::vector<Exit> missing(const TableEntries& now) const;
  void update(TableEntries now, std::vector<Exit> gone);

 private:
  std::shared_ptr<const TableEntries> entries_ = std::make_shared<TableEntries>();
  std::vector<Exit> gone_;
};

}  // namespace hostscope
