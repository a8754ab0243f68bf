// SPDX-License-Identifier: Apache-2.0
#include "windows/job_limits.h"

#include <bit>

namespace hostscope::windows_os {
namespace {

constexpr double kWholeRate = 10'000;  // of all CPUs together
constexpr DWORD kEnabled = 0x1, kHardCap = 0x4, kMinMax = 0x10;

// A weight is no limit: who has little of it gets all that nobody else wants.
std::optional<double> rate_limit(const JOBOBJECT_CPU_RATE_CONTROL_INFORMATION& rate, unsigned cpus) {
  if ((rate.ControlFlags & kEnabled) == 0 || cpus == 0) return std::nullopt;
  // The least and the most stand in the two halves.
  if ((rate.ControlFlags & kMinMax) != 0) return (rate.CpuRate >> 16) / kWholeRate * cpus;
  if ((rate.ControlFlags & kHardCap) != 0) return rate.CpuRate / kWholeRate * cpus;
  return std::nullopt;
}

}  // namespace

model::JobLimits job_limits(const JOBOBJECT_EXTENDED_LIMIT_INFORMATION& limits,
                            const JOBOBJECT_CPU_RATE_CONTROL_INFORMATION& rate, unsigned cpus) {
  const auto& basic = limits.BasicLimitInformation;
  model::JobLimits found;
  if ((basic.LimitFlags & JOB_OBJECT_LIMIT_JOB_MEMORY) != 0) found.memory = limits.JobMemoryLimit;
  if ((basic.LimitFlags & JOB_OBJECT_LIMIT_PROCESS_MEMORY) != 0) {
    found.memory = model::lesser(found.memory, std::optional<std::uint64_t>(limits.ProcessMemoryLimit));
  }
  if ((basic.LimitFlags & JOB_OBJECT_LIMIT_AFFINITY) != 0) {
    found.cpus = std::popcount(static_cast<std::uint64_t>(basic.Affinity));
  }
  found.cpus = model::lesser(found.cpus, rate_limit(rate, cpus));
  return found;
}

}  // namespace hostscope::windows_os
