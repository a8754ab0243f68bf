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

model::AttributeSet failed_between(const std::vector<model::AttributeFailure>& before,
                                   const std::vector<model::AttributeFailure>& now) {
  model::AttributeSet failed;
  const auto add_those_not_in = [&](const auto& others, const auto& failures) {
    for (const auto& failure : failures) {
      if (std::find(others.begin(), others.end(), failure) == others.end()) failed.add(failure.attribute);
    }
  };
  add_those_not_in(before, now);
  add_those_not_in(now, before);
  return failed;
}

// What is known of a process by both of its rows.
model::ProcessRef known_ref(const WatchedRow* before, const model::ProcessRef& now) {
  auto ref = now;
  if (before == nullptr) return ref;
  if (!ref.start) ref.start = before->ref.start;
  if (!ref.pidfd_inode) ref.pidfd_inode = before->ref.pidfd_inode;
  if (!ref.boot) ref.boot = before->ref.boot;
  return ref;
}

EarlierLook look_of(const model::ProcessRow& row, const TableEntry* before) {
  // Nothing was to be read of it: the look before is still the last one.
  if (before != nullptr && !row.ref.start) return before->look;
  EarlierLook look;
  look.start = row.ref.start.value_or(0);
  look.pidfd_inode = row.ref.pidfd_inode;
  look.settled = before != nullptr && row.run && before->look.run == row.run;
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

wire::FieldSet fields_of(model::AttributeSet attributes) {
  wire::FieldSet fields;
  attributes.for_each([&](A attribute) { fields.add(static_cast<std::uint32_t>(attribute)); });
  return fields;
}

bool same_row(const model::ProcessRef& a, const model::ProcessRef& b) {
  const auto same = [](const auto& one, const auto& other) { return !one || !other || *one == *other; };
  return a.pid == b.pid && same(a.start, b.start) && same(a.pidfd_inode, b.pidfd_inode);
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
  const auto* known = before != nullptr ? before->row.get() : nullptr;
  const auto ref = known_ref(known, row.ref);
  TableEntry entry;
  entry.look = look_of(row, before);
  // Who knew less of who it is gets all of it again, by its full name.
  entry.is_new = known == nullptr || ref.start != known->ref.start || ref.pidfd_inode != known->ref.pidfd_inode;
  if (!entry.is_new) {
    scratch.assign(encoded);
    entry.difference = difference_of(*before->row, scratch, cpu_percent, unchanged);
    if (entry.difference.empty()) {
      entry.row = before->row;
      return entry;
    }
    entry.failed = failed_between(known->failures, row.failures);
  }
  entry.row = std::make_shared<WatchedRow>(
      WatchedRow{ref, wire::Parts(merged(encoded, known, unchanged)), cpu_percent, row.failures});
  return entry;
}

std::vector<ProcessTable::Exit> ProcessTable::missing(const TableEntries& now) const {
  std::vector<Exit> gone;
  for (const auto& entry : *entries_) {
    const auto* found = find_entry(now, entry.pid());
    if (found == nullptr || !same_row(found->row->ref, entry.row->ref)) gone.push_back({entry.row->ref, std::nullopt});
  }
  return gone;
}

void ProcessTable::update(TableEntries now, std::vector<Exit> gone) {
  entries_ = std::make_shared<TableEntries>(std::move(now));
  gone_ = std::move(gone);
}

}  // namespace hostscope
