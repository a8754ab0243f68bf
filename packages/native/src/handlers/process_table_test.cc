// sources: handlers/process_table.cc
// SPDX-License-Identifier: Apache-2.0
#include "handlers/process_table.h"

#include "core/check.h"
#include "gen/process_info.gen.h"

using namespace hostscope;
using A = gen::ProcessAttribute;

namespace {

WatchedRow row(std::int64_t pid, std::uint64_t start, const char* name, double percent = -1) {
  wire::Writer bytes;
  gen::ProcessInfoWriter out(bytes);
  out.ref([&](auto& w) { w.pid(pid); });
  out.sampled_after_us(static_cast<std::uint32_t>(start));
  if (name != nullptr) out.name(name);
  if (percent >= 0) {
    out.cpu_percent([&](auto& w) {
      w.percent(percent);
      w.interval(static_cast<double>(start) / 7);
    });
  }
  return {{.pid = pid, .start = start, .pidfd_inode = {}, .boot = {}}, wire::Parts(bytes.take()), percent};
}

// Ends are told of by the pid.
void update(ProcessTable& table, std::vector<WatchedRow> rows) {
  table.update(std::move(rows), [](const model::ProcessRef& ended) {
    return ended.pid == 1 ? std::optional<std::int32_t>(-9) : std::nullopt;
  });
}

std::vector<WatchedRow> rows(std::initializer_list<WatchedRow> list) { return {list}; }

constexpr auto kName = static_cast<std::uint32_t>(A::kName);
constexpr auto kCpuPercent = static_cast<std::uint32_t>(A::kCpuPercent);

void tells_who_is_new_and_who_is_gone() {
  ProcessTable table;
  update(table, rows({row(1, 10, "a"), row(2, 10, "b")}));
  CHECK(table.entries().size() == 2 && table.entries().at(1).is_new && table.gone().empty());
  update(table, rows({row(2, 10, "b"), row(3, 11, "c")}));
  CHECK(!table.entries().at(2).is_new && table.entries().at(2).difference.empty());
  CHECK(table.entries().at(3).is_new && !table.entries().contains(1));
  CHECK(table.gone().size() == 1 && table.gone()[0].ref.pid == 1 && table.gone()[0].returncode == -9);
  update(table, {});
  CHECK(table.gone().size() == 2 && !table.gone()[0].returncode);
}

void takes_a_recycled_pid_for_two_processes() {
  ProcessTable table;
  update(table, rows({row(1, 10, "a")}));
  update(table, rows({row(1, 12, "a")}));
  CHECK(table.entries().at(1).is_new);
  CHECK(table.gone().size() == 1 && *table.gone()[0].ref.start == 10);
}

void tells_which_attributes_changed() {
  ProcessTable table;
  update(table, rows({row(1, 10, "a", 5)}));
  auto later = row(1, 10, "b", 5);
  update(table, rows({later}));
  CHECK(table.entries().at(1).difference.changed.has(kName));
  CHECK(!table.entries().at(1).difference.changed.has(kCpuPercent));
  update(table, rows({row(1, 10, nullptr, 6)}));
  CHECK(table.entries().at(1).difference.cleared.has(kName));
  CHECK(table.entries().at(1).difference.changed.has(kCpuPercent));
}

void does_not_count_how_a_row_was_read() {
  ProcessTable table;
  update(table, rows({row(1, 10, "a", 0)}));
  // The same percent over another interval, and another moment of the sample.
  WatchedRow now = row(1, 99, "a", 0);
  now.ref.start = 10;
  update(table, rows({now}));
  CHECK(table.entries().at(1).difference.empty());
}

}  // namespace

int main() {
  tells_who_is_new_and_who_is_gone();
  takes_a_recycled_pid_for_two_processes();
  tells_which_attributes_changed();
  does_not_count_how_a_row_was_read();
}
