// sources: linux/cgroup_values.cc
// SPDX-License-Identifier: Apache-2.0
#include "fuzz_target.h"
#include "linux/cgroup_values.h"

using namespace hostscope::linux_os;

FUZZ_TARGET(parse_cpu_max) {
  const auto quota = parse_cpu_max(text);
  CHECK(!quota || (quota->cpus >= 0 && quota->period > 0));
}

FUZZ_TARGET(parse_cfs_quota) {
  const auto middle = text.find('\n');
  const auto rest = middle == std::string_view::npos ? std::string_view("100000\n") : text.substr(middle);
  const auto quota = parse_cfs_quota(text.substr(0, middle), rest);
  CHECK(!quota || (quota->cpus >= 0 && quota->period > 0));
}

FUZZ_TARGET(parse_limit) { parse_limit(text); }

FUZZ_TARGET(parse_throttling) {
  const auto throttling = parse_throttling(text);
  CHECK(!throttling || throttling->throttled_time >= 0);
}

FUZZ_TARGET(parse_hierarchical_limits) { parse_hierarchical_limits(text); }
