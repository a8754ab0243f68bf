// SPDX-License-Identifier: Apache-2.0
// What a host and a control group may use, before it is encoded. An empty optional is no limit, or unknown.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hostscope::model {

struct HostLimits {
  std::optional<std::uint32_t> cpus = {};
  std::optional<std::uint64_t> memory = {}, swap = {}, pids = {};
};

struct CgroupThrottling {
  std::uint64_t periods = 0, throttled = 0;
  double throttled_time = 0;
};

struct CgroupLimits {
  std::string path;
  std::uint32_t version = 2;
  std::optional<double> cpu_quota, cpu_period;
  std::vector<std::uint32_t> cpuset;
  std::optional<std::uint64_t> memory_max, memory_high, memory_current, swap_max, swap_current, pids_max, pids_current;
  std::optional<CgroupThrottling> throttling;
};

// What a job of Windows lets all its processes use together. An empty optional is no limit.
struct JobLimits {
  bool is_known = true;  // false: the process is in a job that cannot be looked at
  std::optional<double> cpus = {};
  std::optional<std::uint64_t> memory = {};
};

// The lesser of both, where both are known.
template <class Number>
std::optional<Number> lesser(std::optional<Number> a, std::optional<Number> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

// CPUs that can be used at once; empty if neither side tells.
std::optional<double> effective_cpus(const HostLimits& host, const std::optional<CgroupLimits>& cgroup);
// The same of memory.
std::optional<std::uint64_t> effective_memory(const HostLimits& host, const std::optional<CgroupLimits>& cgroup);

}  // namespace hostscope::model
