// sources: linux/disk_counters.cc linux/directory.cc linux/proc_file.cc core/status.cc core/errno_name.cc
// SPDX-License-Identifier: Apache-2.0
#include "linux/disk_counters.h"

#include "core/check.h"

using namespace hostscope::linux_os;
using namespace hostscope::model;
using namespace std::string_view_literals;

namespace {

void has_values(const NamedCounters& row, std::string_view name, std::initializer_list<std::uint64_t> expected) {
  CHECK(row.name == name && expected.size() == kCounters);
  std::size_t at = 0;
  for (const auto value : expected) CHECK(row.counters.values[at++] == value);
}

NamedCounters only(std::string_view line) {
  const auto rows = parse_diskstats(line);
  CHECK(rows.size() == 1);
  return rows[0];
}

void reads_every_layout() {
  // Since 2.6, 4.18 and 5.5, and what may come.
  const std::initializer_list<std::uint64_t> modern{4, 8, 6 * 512, 10 * 512, 7, 11, 5, 9, 13};
  for (const char* more : {"", " 15", " 15 16", " 15 16 17", " 15 16 17 18", " 15 16 17 18 19 20", " 1 2 3 4 5 6 7 8 9",
                           " 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30"}) {
    has_values(only(std::string("   8       0 sda 4 5 6 7 8 9 10 11 12 13 14") + more + "\n"), "sda", modern);
  }
  has_values(only("3 0 4 hda 5 6 7 8 9 10 11 12 13 14 15"), "hda", modern);  // 2.4
  const auto partition = only("8 1 sda1 4 5 6 7\n").counters;
  CHECK(partition[DiskCounter::kReadCount] == 4u && partition[DiskCounter::kReadBytes] == 5u * 512);
  CHECK(partition[DiskCounter::kWriteCount] == 6u && partition[DiskCounter::kWriteBytes] == 7u * 512);
  CHECK(!partition[DiskCounter::kReadTime] && !partition[DiskCounter::kWriteTime]);
  CHECK(!partition[DiskCounter::kReadMergedCount] && !partition[DiskCounter::kBusyTime]);
}

void does_not_need_what_it_does_not_report() {
  // Old drivers had a negative number of requests in flight.
  CHECK(only("8 0 sda 1 1 1 1 1 1 1 1 -1 1 x").counters[DiskCounter::kBusyTime] == 1u);
}

void survives_what_is_no_line() {
  for (const char* text :
       {"", "\n\n", "8 0 sda", "8 0 sda 1 2 3", "8 0 sda 1 2 3 4 5 6 7 8 9 10", "8 0 sda 1 2 3 x\n",
        "8 0 sda 1 2 99999999999999999999 4 5 6 7 8 9 10 11", "8 0 sda 1 2 36028797018963968 4 5 6 7 8 9 10 11"}) {
    CHECK(parse_diskstats(text).empty());
  }
  CHECK(parse_diskstats("8 0 s\0a 1 2 3 4\n\0\n"sv).size() == 1);
  CHECK(parse_diskstats("garbage\n8 0 sda 1 2 3 4\n").size() == 1);
}

void reads_stat_of_sysfs() {
  const auto counters = parse_block_stat("     4        5      6  7 8 9 10 11 12 13 14\n");
  CHECK(counters && counters->values == only("8 0 sda 4 5 6 7 8 9 10 11 12 13 14").counters.values);
  CHECK(parse_block_stat("4 5 6 7 8 9 10 11 12 13"));
  CHECK(!parse_block_stat("4 5 6 7 8 9 10 11 12") && !parse_block_stat("") && !parse_block_stat("\n1 2"));
}

}  // namespace

int main() {
  reads_every_layout();
  does_not_need_what_it_does_not_report();
  survives_what_is_no_line();
  reads_stat_of_sysfs();
}
