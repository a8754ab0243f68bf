// SPDX-License-Identifier: Apache-2.0
#include "model/cpu_usage.h"

#include <algorithm>

#include "model/percent.h"

namespace hostscope::model {
namespace {

struct Growth {
  CpuTicks ticks;  // each moment in one mode only, but for those that are part of system
  std::uint64_t all = 0;
};

Growth growth(const CpuTicks& earlier, const CpuTicks& later) {
  Growth out;
  auto& ticks = out.ticks;
  for (std::size_t mode = 0; mode < kCpuModes; ++mode) {
    // Kernels take back a little of a counter at times, so no mode may count negative.
    ticks.values[mode] = later.values[mode] - std::min(later.values[mode], earlier.values[mode]);
  }
  ticks[CpuMode::kUser] -= std::min(ticks[CpuMode::kUser], ticks[CpuMode::kGuest]);
  ticks[CpuMode::kNice] -= std::min(ticks[CpuMode::kNice], ticks[CpuMode::kGuestNice]);
  for (std::size_t mode = 0; mode < kCpuModes; ++mode) out.all += ticks.values[mode];
  out.all -= ticks[CpuMode::kInterrupt] + ticks[CpuMode::kDpc];
  return out;
}

}  // namespace

std::optional<CpuPercents> cpu_times_percent(const CpuTicks& earlier, const CpuTicks& later) {
  const auto [ticks, all] = growth(earlier, later);
  if (all == 0) return std::nullopt;
  CpuPercents percents;
  for (std::size_t mode = 0; mode < kCpuModes; ++mode) {
    percents.values[mode] = percent_of(static_cast<double>(ticks.values[mode]), static_cast<double>(all));
  }
  return percents;
}

std::optional<double> cpu_percent(const CpuTicks& earlier, const CpuTicks& later) {
  const auto [ticks, all] = growth(earlier, later);
  if (all == 0) return std::nullopt;
  const std::uint64_t busy = all - ticks[CpuMode::kIdle] - ticks[CpuMode::kIowait];
  return percent_of(static_cast<double>(busy), static_cast<double>(all));
}

const CpuTicks* find_cpu(const CpuSample& sample, std::uint32_t cpu) {
  const auto found =
      std::lower_bound(sample.per_cpu.begin(), sample.per_cpu.end(), cpu,
                       [](const NumberedCpu& numbered, std::uint32_t number) { return numbered.cpu < number; });
  return found == sample.per_cpu.end() || found->cpu != cpu ? nullptr : &found->ticks;
}

}  // namespace hostscope::model
