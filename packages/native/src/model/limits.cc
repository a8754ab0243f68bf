// SPDX-License-Identifier: Apache-2.0
#include "model/limits.h"

namespace hostscope::model {

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
