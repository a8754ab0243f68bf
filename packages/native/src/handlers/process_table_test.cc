// sources: handlers/process_table.cc
// SPDX-License-Identifier: Apache-2.0
#include "handlers/process_table.h"

#include "core/check.h"
#include "gen/process_info.gen.h"
#include "wire/writer.h"

using namespace hostscope;
using A = gen::ProcessAttribute;

namespace {

constexpr auto kName = static_cast<std::uint32_t>(A::kName);
constexpr auto kStatus = static_cast<std::uint32_t>(A::kStatus);
constexpr auto kCpuPercent = static_cast<std::uint32_t>(A::kCpuPercent);

// A row as it is read, and how much its process had run.
model::ProcessRow row(std::int64_t pid, std::uint64_t start, const char* name, double percent = -1) {
  model::ProcessRow row;
  row.ref = {.pid = pid, .start = start, .pidfd_inode = {}, .boot = {}};
  row.run = model::RunMark{100, 1};
  if (name != nullptr) {
    row.name = name;
    row.present.add(A::kName);
  }
  if (percent >= 0) {
    row.cpu_percent = {percent, static_cast<double>(start) / 7};
    row.present.add(A::kCpuPercent);
  }
  return row;
}

// Reads rows into a table, as a collection does.
void update(ProcessTable& table, const std::vector<model::ProcessRow>& rows, std::uint32_t sampled_after_us = 0) {
  TableEntries now;
  wire::Parts scratch;
  for (const auto& row : rows) {
    wire::Writer bytes;
    gen::ProcessInfoWriter out(bytes);
    out.ref([&](auto& w) { w.pid(row.ref.pid); });
    out.sampled_after_us(sampled_after_us);
    if (row.present.has(A::kName)) out.name(row.name);
    if (row.present.has(A::kStatus)) out.status(row.status);
    if (row.present.has(A::kCpuPercent)) {
      out.cpu_percent([&](auto& w) {
        w.percent(row.cpu_percent.percent);
        w.interval(row.cpu_percent.interval);
      });
    }
    now.push_back(next_entry(find_entry(table.entries(), row.ref.pid), row, bytes.view(), scratch));
  }
  auto gone = table.missing(now);
  table.update(std::move(now), std::move(gone));
}

const TableEntry& entry(const ProcessTable& table, std::int64_t pid) { return *find_entry(table.entries(), pid); }

void tells_who_is_new_and_who_is_gone() {
  ProcessTable table;
  update(table, {row(1, 10, "a"), row(2, 10, "b")});
  CHECK(table.entries().size() == 2 && entry(table, 1).is_new && table.gone().empty());
  update(table, {row(2, 10, "b"), row(3, 11, "c")});
  CHECK(!entry(table, 2).is_new && entry(table, 2).difference.empty());
  CHECK(entry(table, 3).is_new && find_entry(table.entries(), 1) == nullptr);
  CHECK(table.gone().size() == 1 && table.gone()[0].ref.pid == 1);
  update(table, {});
  CHECK(table.gone().size() == 2 && table.entries().empty());
}

void takes_a_recycled_pid_for_two_processes() {
  ProcessTable table;
  update(table, {row(1, 10, "a")});
  update(table, {row(1, 12, "a")});
  CHECK(entry(table, 1).is_new);
  CHECK(table.gone().size() == 1 && *table.gone()[0].ref.start == 10);
}

void does_not_take_what_cannot_be_read_for_an_end() {
  ProcessTable table;
  auto known = row(1, 10, "a");
  known.ref.pidfd_inode = 77;
  update(table, {known});
  auto unread = row(1, 10, nullptr);
  unread.ref.start.reset();
  unread.run.reset();
  update(table, {unread});
  CHECK(table.gone().empty() && !entry(table, 1).is_new && entry(table, 1).difference.cleared.has(kName));
  CHECK(entry(table, 1).row->ref.start == 10 && entry(table, 1).row->ref.pidfd_inode == 77);
  CHECK(entry(table, 1).look.start == 10 && !entry(table, 1).look.settled);
  // No descriptor was left for the pidfd.
  update(table, {row(1, 10, "a")});
  CHECK(table.gone().empty() && !entry(table, 1).is_new && entry(table, 1).row->ref.pidfd_inode == 77);
  // By then it has ended, and another has its pid.
  update(table, {row(1, 12, "a")});
  CHECK(entry(table, 1).is_new && table.gone().size() == 1 && table.gone()[0].ref.start == 10);
}

void sends_all_again_once_it_is_known_who_it_is() {
  ProcessTable table;
  auto unread = row(1, 10, "a");
  unread.ref.start.reset();
  update(table, {unread});
  update(table, {row(1, 10, "a")});
  CHECK(entry(table, 1).is_new && entry(table, 1).row->ref.start == 10 && table.gone().empty());
  update(table, {row(1, 10, "a")});
  CHECK(!entry(table, 1).is_new && entry(table, 1).difference.empty() && entry(table, 1).look.settled);
}

void tells_which_attributes_changed() {
  ProcessTable table;
  update(table, {row(1, 10, "a", 5)});
  update(table, {row(1, 10, "b", 5)});
  CHECK(entry(table, 1).difference.changed.has(kName));
  CHECK(!entry(table, 1).difference.changed.has(kCpuPercent));
  update(table, {row(1, 10, nullptr, 6)});
  CHECK(entry(table, 1).difference.cleared.has(kName));
  CHECK(entry(table, 1).difference.changed.has(kCpuPercent));
}

void does_not_count_how_a_row_was_read() {
  ProcessTable table;
  update(table, {row(1, 10, "a", 0)});
  const auto before = entry(table, 1).row;
  auto now = row(1, 10, "a", 0);
  now.cpu_percent.interval = 9;
  update(table, {now}, 99);
  CHECK(entry(table, 1).difference.empty());
  CHECK(entry(table, 1).row == before);
}

void keeps_what_was_not_read_again() {
  ProcessTable table;
  auto first = row(1, 10, "a");
  first.fail({A::kExe}, model::AttributeOutcome::kDenied, 13);
  update(table, {first});
  const unsigned spread = entry(table, 1).look.looks;
  auto idle = row(1, 10, nullptr);
  idle.unchanged = {A::kName};
  update(table, {idle});
  CHECK(entry(table, 1).difference.empty());
  CHECK(entry(table, 1).row->info.find(kName).size() == 3);
  CHECK(entry(table, 1).look.looks == spread + 1);
  CHECK(entry(table, 1).look.failures.size() == 1);  // as of when all was read
  // What was read did change: the rest is as it was.
  idle.status = model::ProcessStatus::kStopped;
  idle.present.add(A::kStatus);
  idle.run = model::RunMark{200, 2};
  update(table, {idle});
  CHECK(entry(table, 1).difference.changed.has(kStatus) && !entry(table, 1).difference.changed.has(kName));
  CHECK(entry(table, 1).difference.cleared.empty());
  CHECK(entry(table, 1).row->info.find(kName).size() == 3 && !entry(table, 1).row->info.find(kStatus).empty());
  CHECK((entry(table, 1).look.run == model::RunMark{100, 1}));
  // All of it is read again: the next looks count from there.
  update(table, {row(1, 10, "b")});
  CHECK(entry(table, 1).look.looks == 0 && entry(table, 1).difference.changed.has(kName));
  CHECK(entry(table, 1).look.failures.empty());
}

void spreads_when_all_is_read_again() {
  ProcessTable table;
  update(table, {row(3, 10, "a"), row(14, 10, "b")});
  CHECK(entry(table, 3).look.looks == 3 && entry(table, 14).look.looks == 4);
}

}  // namespace

int main() {
  tells_who_is_new_and_who_is_gone();
  takes_a_recycled_pid_for_two_processes();
  does_not_take_what_cannot_be_read_for_an_end();
  sends_all_again_once_it_is_known_who_it_is();
  tells_which_attributes_changed();
  does_not_count_how_a_row_was_read();
  keeps_what_was_not_read_again();
  spreads_when_all_is_read_again();
}
