// SPDX-License-Identifier: Apache-2.0
// CPU use between two samples. `Out` is an answer or a part of one: their fields have the same names.
#pragma once

#include "encode/cpu.h"

namespace hostscope::encode {

// Calls `write(cpu, percents)` for each CPU that both samples have, with what `measure` makes of its ticks.
template <class Measure, class Write>
void each_cpu(const model::CpuSample& earlier, const model::CpuSample& later, Measure measure, Write write) {
  for (const auto& [cpu, ticks] : later.per_cpu) {
    const auto* before = model::find_cpu(earlier, cpu);
    if (before == nullptr) continue;
    if (const auto measured = measure(*before, ticks)) write(cpu, *measured);
  }
}

inline double seconds_between(const model::CpuSample& earlier, const model::CpuSample& later) {
  return static_cast<double>(later.monotonic_ns - earlier.monotonic_ns) / 1e9;
}

template <class Out>
void cpu_percent(const model::CpuSample& earlier, const model::CpuSample& later, bool percpu, Out& out) {
  out.interval(seconds_between(earlier, later));
  if (const auto percent = model::cpu_percent(earlier.total, later.total)) out.percent(*percent);
  if (!percpu) return;
  each_cpu(earlier, later, model::cpu_percent, [&](std::uint32_t cpu, double percent) {
    out.cpus([&](auto& w) {
      w.cpu(cpu);
      w.percent(percent);
    });
  });
}

template <class Out>
void cpu_times_percent(const model::CpuSample& earlier, const model::CpuSample& later, bool percpu, Out& out) {
  out.interval(seconds_between(earlier, later));
  if (const auto percents = model::cpu_times_percent(earlier.total, later.total)) {
    out.total([&](auto& w) { cpu_times_percent(*percents, later.modes, w); });
  }
  if (!percpu) return;
  each_cpu(earlier, later, model::cpu_times_percent, [&](std::uint32_t cpu, const model::CpuPercents& percents) {
    out.cpus([&](auto& w) {
      w.cpu(cpu);
      cpu_times_percent(percents, later.modes, w);
    });
  });
}

}  // namespace hostscope::encode
