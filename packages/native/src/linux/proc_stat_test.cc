// sources: linux/proc_stat.cc
// SPDX-License-Identifier: Apache-2.0
#include "linux/proc_stat.h"

#include <string>

#include "core/check.h"

using namespace hostscope::linux_os;

namespace {

using M = hostscope::model::CpuMode;

void reads_all_columns() {
  const auto ticks = parse_cpu_ticks("cpu  1 2 3 4 5 6 7 8 9 10\n");
  CHECK(ticks.total && ticks.per_cpu.empty());
  const auto& total = *ticks.total;
  CHECK(total[M::kUser] == 1 && total[M::kNice] == 2 && total[M::kSystem] == 3 && total[M::kIdle] == 4);
  CHECK(total[M::kIowait] == 5 && total[M::kIrq] == 6 && total[M::kSoftirq] == 7 && total[M::kSteal] == 8);
  CHECK(total[M::kGuest] == 9 && total[M::kGuestNice] == 10 && total[M::kInterrupt] == 0 && total[M::kDpc] == 0);
}

void keeps_the_numbers_of_cpus() {
  const auto cpus = parse_cpu_ticks("cpu  3 0 0 0\ncpu17 2 0 0 0\ncpu0 1 0 0 0\nintr 5\ncpu18 9 9 9 9\n").per_cpu;
  CHECK(cpus.size() == 2);
  CHECK(cpus[0].cpu == 0 && cpus[0].ticks[M::kUser] == 1);
  CHECK(cpus[1].cpu == 17 && cpus[1].ticks[M::kUser] == 2);
  CHECK(parse_cpu_ticks("cpu1 1 2 3 4\ncpu0 1 2 3 4\ncpu1 5 6 7 8\n").per_cpu.size() == 2);
}

void counts_missing_columns_of_old_kernels_as_zero() {
  const auto total = parse_cpu_ticks("cpu  1 2 3 4 5 6 7\n").total;
  CHECK(total && (*total)[M::kSoftirq] == 7 && (*total)[M::kSteal] == 0 && (*total)[M::kGuestNice] == 0);
  CHECK((*parse_cpu_ticks("cpu 1 2 3 4\n").total)[M::kIowait] == 0);
  CHECK((*parse_cpu_ticks("cpu 1 2 3 4 5 6 7 8 9 10 11 12\n").total)[M::kInterrupt] == 0);
}

void passes_over_what_it_cannot_read() {
  for (const char* text :
       {"", "\n", "cpu", "cpu\n", "cpu 1 2 3\n", "cpu 1 2 3 x\n", "cpu 1 2 3 -4\n", "cpuset 1 2 3 4\n",
        " cpu 1 2 3 4\n", "cpu 1 2 3 99999999999999999999999\n", "xcpu 1 2 3 4\n", "cpu1 1 2 3 4\n"}) {
    CHECK(!parse_cpu_ticks(text).total);
  }
  for (const char* line : {"cpu 1 2 3 4", "cpu-1 1 2 3 4", "cpux 1 2 3 4", "cpu4294967296 1 2 3 4", "cpu1 1 2 3"}) {
    CHECK(parse_cpu_ticks(std::string(line) + "\ncpu7 1 2 3 4\n").per_cpu.size() == 1);
  }
  CHECK(!parse_cpu_ticks(std::string_view("cpu 1 2 3 4\0\n", 13)).total);
  CHECK(parse_cpu_ticks("cpu 1 2 3 4").total);  // the last line may lack its end
}

void reads_counters_by_key() {
  std::string text = "cpu 1 1 1 1\nintr 42 0 0";
  text.append(100'000, '7');
  text += "\nctxt 18446744073709551615\nbtime 1700000000\nprocesses 7\nsoftirq 9 1 2\n";
  const auto stats = parse_cpu_stats(text);
  CHECK(stats && stats->interrupts == 42 && stats->ctx_switches == 18446744073709551615u);
  CHECK(stats->soft_interrupts == 9u && !stats->syscalls);
  CHECK(parse_boot_time(text) == 1700000000u);
}

void does_not_find_keys_elsewhere_than_at_line_starts() {
  for (const char* text : {"", "xbtime 5\n", " btime 5\n", "btimes 5\n", "btime\n", "btime x\n", "btime -5\n",
                           "a btime 5\n", "btime 18446744073709551616\n"}) {
    CHECK(!parse_boot_time(text));
  }
  CHECK(!parse_cpu_stats("ctxtx 1\nintrs 2\n") && !parse_cpu_stats("ctxt 1\n") && !parse_cpu_stats("intr 1\n"));
  CHECK(!parse_cpu_stats("ctxt 1\nintr 2\nsoftirqs 3\n")->soft_interrupts);
}

void counts_online_cpus() {
  CHECK(count_cpus("cpu 1 1 1 1\ncpu0 1 1 1 1\ncpu3 1 1 1 1\nintr 1\n") == 2);
  CHECK(count_cpus("") == 0 && count_cpus("cpu 1\ncpufreq 2\n") == 0);
}

}  // namespace

int main() {
  reads_all_columns();
  keeps_the_numbers_of_cpus();
  counts_missing_columns_of_old_kernels_as_zero();
  passes_over_what_it_cannot_read();
  reads_counters_by_key();
  does_not_find_keys_elsewhere_than_at_line_starts();
  counts_online_cpus();
}
