// SPDX-License-Identifier: Apache-2.0
#include "handlers/process_table.h"

#include <utility>

#include "gen/process_info.gen.h"

namespace hostscope {
namespace {

// Fields of ProcessInfo that say how it was read rather than what the process is.
constexpr std::uint32_t kRef = 1, kSampledAfterUs = 3;
constexpr auto kCpuPercent = static_cast<std::uint32_t>(gen::ProcessAttribute::kCpuPercent);

wire::PartsDifference difference_of(const WatchedRow& before, const WatchedRow& now) {
  auto result = wire::difference(before.info, now.info);
  wire::FieldSet ignored;
  ignored.add(kRef);
  ignored.add(kSampledAfterUs);
  // The interval is never the same twice: without this, a process that does nothing would change all the time.
  if (before.cpu_percent == now.cpu_percent) ignored.add(kCpuPercent);
  result.changed = result.changed.without(ignored);
  result.cleared = result.cleared.without(ignored);
  return result;
}

}  // namespace

bool same_row(const model::ProcessRef& a, const model::ProcessRef& b) {
  return a.pid == b.pid && a.start == b.start && a.pidfd_inode == b.pidfd_inode;
}

void ProcessTable::update(std::vector<WatchedRow> rows, const ReturncodeOf& returncode_of) {
  Entries now;
  gone_.clear();
  for (auto& row : rows) {
    Entry entry;
    if (const auto known = entries_.find(row.ref.pid);
        known != entries_.end() && same_row(known->second.row.ref, row.ref)) {
      entry.is_new = false;
      entry.difference = difference_of(known->second.row, row);
      entries_.erase(known);
    }
    const auto pid = row.ref.pid;
    entry.row = std::move(row);
    now.emplace_hint(now.end(), pid, std::move(entry));
  }
  // Whoever is left was not seen again.
  for (const auto& [pid, entry] : entries_) gone_.push_back({entry.row.ref, returncode_of(entry.row.ref)});
  entries_ = std::move(now);
}

}  // namespace hostscope
