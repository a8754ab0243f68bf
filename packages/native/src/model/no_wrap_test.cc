// sources: model/no_wrap.cc model/counters.cc
// SPDX-License-Identifier: Apache-2.0
#include "model/no_wrap.h"

#include "core/check.h"

using namespace hostscope::model;

namespace {

constexpr auto kColumn = DiskCounter::kReadCount;
constexpr auto kOther = DiskCounter::kBusyTime;

NamedCounters row(std::string name, std::uint64_t value) {
  NamedCounters made{std::move(name), {}, true};
  made.counters[kColumn] = value;
  return made;
}

std::uint64_t corrected(NoWrap& memory, std::uint64_t raw, std::string name = "sda") {
  std::vector rows{row(std::move(name), raw)};
  memory.correct(rows);
  return *rows[0].counters[kColumn];
}

void carries_what_was_reached() {
  NoWrap memory;
  const std::uint64_t raw[] = {100, 10, 10, 90, 20}, expected[] = {100, 110, 110, 190, 210};
  for (std::size_t at = 0; at < std::size(raw); ++at) CHECK(corrected(memory, raw[at]) == expected[at]);
}

void keeps_columns_and_devices_apart() {
  NoWrap memory;
  std::vector rows{row("sda", 100), row("sdb", 7)};
  rows[0].counters[kOther] = 50;
  memory.correct(rows);
  rows = {row("sdb", 8), row("sda", 10)};  // in another order
  rows[1].counters[kOther] = 60;
  memory.correct(rows);
  CHECK(rows[0].counters[kColumn] == 8u && rows[1].counters[kColumn] == 110u && rows[1].counters[kOther] == 60u);
  CHECK(!rows[0].counters[kOther]);
}

void forgets_devices_that_go_away() {
  NoWrap memory;
  CHECK(corrected(memory, 100) == 100 && corrected(memory, 10) == 110);
  std::vector<NamedCounters> none;
  memory.correct(none);
  CHECK(corrected(memory, 5) == 5);
  CHECK(corrected(memory, 9, "sdb") == 9);
  CHECK(corrected(memory, 3) == 3);
}

void does_not_take_a_missing_column_for_a_reset() {
  NoWrap memory;
  CHECK(corrected(memory, 100) == 100);
  std::vector<NamedCounters> rows{{"sda", {}, true}};
  memory.correct(rows);
  CHECK(!rows[0].counters[kColumn]);
  CHECK(corrected(memory, 10) == 10);
}

void never_decreases_at_the_end_of_64_bits() {
  NoWrap memory;
  CHECK(corrected(memory, ~std::uint64_t{0}) == ~std::uint64_t{0});
  CHECK(corrected(memory, 5) == ~std::uint64_t{0});
}

void totals_leave_partitions_out() {
  CHECK(!total_of({}));
  auto partition = row("sda1", 40);
  partition.in_total = false;
  CHECK(!total_of({partition}));
  const auto total = total_of({row("sda", 50), partition, row("sdb", 2)});
  CHECK(total && (*total)[kColumn] == 52u && !(*total)[kOther]);
}

}  // namespace

int main() {
  carries_what_was_reached();
  keeps_columns_and_devices_apart();
  forgets_devices_that_go_away();
  does_not_take_a_missing_column_for_a_reset();
  never_decreases_at_the_end_of_64_bits();
  totals_leave_partitions_out();
}
