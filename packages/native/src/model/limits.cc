// SPDX-License-Identifier: Apache-2.0
#include "model/limits.h"

#include <algorithm>

namespace hostscope::model {
namespace {

template <class Number>
std::optional<Number> lesser(std::optional<Number> a, std::optional<Number> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

}  // namespace

std::optional<double> effective_cpus(const HostLimits& host, const std::optional<CgroupLimits>& cgroup) {
  const auto all = host.cpus ? std::optional<double>(*host.cpus) : std::nullopt;
  if (!cgroup) return all;
  const auto set = cgroup->cpuset.empty() ? std::nullopt : std::optional(static_cast<double>(cgroup->cpuset.size()));
  return lesser(lesser(all, set), cgroup->cpu_quota);
}

std::optional<std::uint64_t> effective_memory(const HostLimits& host, const std::optional<CgroupLimits>& cgroup) {
  return cgroup ? lesser(host.memory, cgroup->memory_max) : host.memory;
}

}  // namespace hostscope::model
