// sources: linux/proc_stat.cc
// SPDX-License-Identifier: Apache-2.0
#include "fuzz_target.h"
#include "linux/proc_stat.h"

using namespace hostscope::linux_os;

FUZZ_TARGET(parse_cpu_ticks) {
  const StatTicks ticks = parse_cpu_ticks(text);
  for (std::size_t at = 1; at < ticks.per_cpu.size(); ++at) CHECK(ticks.per_cpu[at - 1].cpu < ticks.per_cpu[at].cpu);
}

FUZZ_TARGET(parse_cpu_stats) { parse_cpu_stats(text); }

FUZZ_TARGET(parse_boot_time) { parse_boot_time(text); }

FUZZ_TARGET(count_cpus) { CHECK(count_cpus(text) <= text.size()); }
