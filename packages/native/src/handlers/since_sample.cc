// SPDX-License-Identifier: Apache-2.0
#include "handlers/since_sample.h"

#include <algorithm>
#include <functional>

namespace hostscope {
namespace {

// Where columns come from: as many as there are modes.
model::CpuTicks from_columns(const std::uint64_t* columns, model::CpuModes modes) {
  model::CpuTicks ticks;
  modes.for_each([&](model::CpuMode mode) { ticks[mode] = *columns++; });
  return ticks;
}

bool ascending(const std::vector<std::uint32_t>& cpus) {
  return std::adjacent_find(cpus.begin(), cpus.end(), std::greater_equal<>()) == cpus.end();
}

}  // namespace

Result<std::optional<model::CpuSample>> since_sample(const gen::CpuSample& since, const model::CpuSample& now,
                                                     bool percpu) {
  const bool boots_known = since.boot && now.boot;
  if (boots_known && *since.boot != *now.boot) return std::optional<model::CpuSample>();
  if (since.monotonic_ns > now.monotonic_ns) {
    // A clock that is ahead began in another boot, unless the boot is known to be this one.
    if (!boots_known) return std::optional<model::CpuSample>();
    return Status::invalid_argument("since.monotonic_ns", "the sample is from the future");
  }
  const std::size_t columns = now.modes.size();
  if (since.total.size() != columns) {
    return Status::invalid_argument("since.total", "the sample is not one of this host's");
  }
  if (since.ticks.size() / columns != since.cpus.size() || since.ticks.size() % columns != 0) {
    return Status::invalid_argument("since.ticks", "there must be as many as CPUs times columns");
  }
  if (!ascending(since.cpus)) return Status::invalid_argument("since.cpus", "the CPUs must be in ascending order");
  if (percpu && since.cpus.empty()) return std::optional<model::CpuSample>();

  std::optional<model::CpuSample> sample(std::in_place);
  sample->monotonic_ns = since.monotonic_ns;
  sample->total = from_columns(since.total.data(), now.modes);
  if (percpu) {
    const std::uint64_t* ticks = since.ticks.data();
    for (const auto cpu : since.cpus) {
      sample->per_cpu.push_back({cpu, from_columns(ticks, now.modes)});
      ticks += columns;
    }
  }
  return sample;
}

}  // namespace hostscope
