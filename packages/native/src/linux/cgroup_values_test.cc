// sources: linux/cgroup_values.cc
// SPDX-License-Identifier: Apache-2.0
#include "linux/cgroup_values.h"

#include "core/check.h"

using namespace hostscope::linux_os;

namespace {

void reads_quotas() {
  const auto quota = parse_cpu_max("150000 100000\n");
  CHECK(quota && quota->cpus == 1.5 && quota->period == 0.1);
  CHECK(!parse_cpu_max("max 100000\n") && !parse_cpu_max("150000\n") && !parse_cpu_max("1 0\n"));
  CHECK(!parse_cpu_max("") && !parse_cpu_max("-1 100000") && !parse_cpu_max("1e5 100000"));
  const auto cfs = parse_cfs_quota("25000\n", "50000\n");
  CHECK(cfs && cfs->cpus == 0.5 && cfs->period == 0.05);
  CHECK(!parse_cfs_quota("-1\n", "100000\n") && !parse_cfs_quota("25000\n", "") && !parse_cfs_quota("1", "0"));
}

void reads_limits() {
  CHECK(parse_limit("536870912\n") == 536870912u && parse_limit("0\n") == 0u);
  CHECK(!parse_limit("max\n") && !parse_limit("") && !parse_limit("-1\n") && !parse_limit("5 kB\n"));
  // 4 KiB pages, 64 KiB pages, and before Linux 3.19.
  CHECK(!parse_limit("9223372036854771712\n") && !parse_limit("9223372036854710272\n"));
  CHECK(!parse_limit("9223372036854775807\n") && !parse_limit("18446744073709551615\n"));
  CHECK(parse_limit("9223372036854700000") == 9223372036854700000u);
}

void reads_throttling() {
  const auto second = parse_throttling(
      "usage_usec 90\nuser_usec 60\nsystem_usec 30\nnr_periods 12\nnr_throttled 3\nthrottled_usec 1500000\n");
  CHECK(second && second->periods == 12 && second->throttled == 3 && second->throttled_time == 1.5);
  const auto first = parse_throttling("nr_periods 7\nnr_throttled 2\nthrottled_time 250000000\n");
  CHECK(first && first->periods == 7 && first->throttled == 2 && first->throttled_time == 0.25);
  CHECK(!parse_throttling("usage_usec 90\nuser_usec 60\nsystem_usec 30\n"));
  CHECK(!parse_throttling("") && !parse_throttling("nr_periods\nnr_throttled x\nthrottled_usec 1\n"));
}

void reads_hierarchical_limits() {
  const auto limits = parse_hierarchical_limits(
      "cache 5\nhierarchical_memory_limit 1000\nhierarchical_memsw_limit 9223372036854771712\ntotal_cache 5\n");
  CHECK(limits.memory == 1000u && !limits.memory_and_swap);
  CHECK(!parse_hierarchical_limits("").memory && !parse_hierarchical_limits("\nhierarchical_memory_limit").memory);
}

}  // namespace

int main() {
  reads_quotas();
  reads_limits();
  reads_throttling();
  reads_hierarchical_limits();
}
