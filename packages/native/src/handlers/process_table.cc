// SPDX-License-Identifier: Apache-2.0
#include "handlers/process_table.h"

#include <algorithm>
#include <string>
#include <utility>

#include "gen/process_info.gen.h"

namespace hostscope {
namespace {

using A = model::ProcessAttribute;

// Fields of ProcessInfo that say how it was read rather than what the process is.
constexpr std::uint32_t kRef = 1, kSampledAfterUs = 3;

wire::FieldSet fields_of(model::AttributeSet attributes) {
  wire::FieldSet fields;
  attributes.for_each([&](A attribute) { fields.add(static_cast<std::uint32_t>(attribute)); });
  return fields;
}

wire::PartsDifference difference_of(const WatchedRow& before, const wire::Parts& now, double cpu_percent,
                                    wire::FieldSet unchanged) {
  auto result = wire::difference(before.info, now, unchanged);
  wire::FieldSet ignored;
  ignored.add(kRef);
  ignored.add(kSampledAfterUs);
  // The interval is never the same twice: without this, a process that does nothing would change all the time.
  if (before.cpu_percent == cpu_percent) ignored.add(static_cast<std::uint32_t>(A::kCpuPercent));
  result.changed = result.changed.without(ignored);
  result.cleared = result.cleared.without(ignored);
  return result;
}

// The whole row: what was read, and what the row before has of the rest.
std::string merged(std::string_view encoded, const WatchedRow* before, wire::FieldSet unchanged) {
  std::string bytes(encoded);
  for (std::size_t at = 0; before != nullptr && at < before->info.size(); ++at) {
    const auto part = before->info[at];
    if (unchanged.has(part.field)) bytes += part.bytes;
  }
  return bytes;
}

EarlierLook look_of(const model::ProcessRow& row, const TableEntry* before) {
  EarlierLook look;
  look.start = row.ref.start.value_or(0);
  look.pidfd_inode = row.ref.pidfd_inode;
  if (row.present.has(A::kCpuPercent)) look.cpu = {look.start, row.cpu_ticks, row.monotonic_ns};
  if (before == nullptr || row.unchanged.empty()) {
    look.run = row.run;
    look.failures = row.failures;
    // Spread, so that not all are read again at once.
    if (before == nullptr) look.looks = static_cast<unsigned>(row.ref.pid) % EarlierLook::kMostLooks;
  } else {
    look.run = before->look.run;
    look.failures = before->look.failures;
    look.looks = before->look.looks + 1;
  }
  return look;
}

}  // namespace

bool same_row(const model::ProcessRef& a, const model::ProcessRef& b) {
  return a.pid == b.pid && a.start == b.start && a.pidfd_inode == b.pidfd_inode;
}

const TableEntry* find_entry(const TableEntries& entries, std::int64_t pid) {
  const auto found =
      std::lower_bound(entries.begin(), entries.end(), pid,
                       [](const TableEntry& entry, std::int64_t wanted) { return entry.pid() < wanted; });
  return found != entries.end() && found->pid() == pid ? &*found : nullptr;
}

TableEntry next_entry(const TableEntry* before, const model::ProcessRow& row, std::string_view encoded,
                      wire::Parts& scratch) {
  if (before != nullptr && !same_row(before->row->ref, row.ref)) before = nullptr;
  const double cpu_percent = row.present.has(A::kCpuPercent) ? row.cpu_percent.percent : -1;
  const auto unchanged = fields_of(row.unchanged);
  TableEntry entry;
  entry.look = look_of(row, before);
  if (before != nullptr) {
    scratch.assign(encoded);
    entry.is_new = false;
    entry.difference = difference_of(*before->row, scratch, cpu_percent, unchanged);
    if (entry.difference.empty()) {
      entry.row = before->row;
      return entry;
    }
  }
  const auto* known = before != nullptr ? before->row.get() : nullptr;
  entry.row =
      std::make_shared<WatchedRow>(WatchedRow{row.ref, wire::Parts(merged(encoded, known, unchanged)), cpu_percent});
  return entry;
}

std::vector<ProcessTable::Exit> ProcessTable::missing(const TableEntries& now) const {
  std::vector<Exit> gone;
  for (const auto& entry : *entries_) {
    const auto* found = find_entry(now, entry.pid());
    if (found == nullptr || found->is_new) gone.push_back({entry.row->ref, std::nullopt});
  }
  return gone;
}

void ProcessTable::update(TableEntries now, std::vector<Exit> gone) {
  entries_ = std::make_shared<TableEntries>(std::move(now));
  gone_ = std::move(gone);
}

}  // namespace hostscope
