// SPDX-License-Identifier: Apache-2.0
#include "encode/cpu.h"

#include <vector>

namespace hostscope::encode {
namespace {

using model::CpuMode;

// CpuTimes and CpuTimesPercent have the same fields. Every platform has user, system and idle.
template <class Writer>
void by_mode(const model::ByCpuMode<double>& in, model::CpuModes modes, Writer& out) {
  out.user(in[CpuMode::kUser]);
  if (modes.has(CpuMode::kNice)) out.nice(in[CpuMode::kNice]);
  out.system(in[CpuMode::kSystem]);
  out.idle(in[CpuMode::kIdle]);
  if (modes.has(CpuMode::kIowait)) out.iowait(in[CpuMode::kIowait]);
  if (modes.has(CpuMode::kIrq)) out.irq(in[CpuMode::kIrq]);
  if (modes.has(CpuMode::kSoftirq)) out.softirq(in[CpuMode::kSoftirq]);
  if (modes.has(CpuMode::kSteal)) out.steal(in[CpuMode::kSteal]);
  if (modes.has(CpuMode::kGuest)) out.guest(in[CpuMode::kGuest]);
  if (modes.has(CpuMode::kGuestNice)) out.guest_nice(in[CpuMode::kGuestNice]);
  if (modes.has(CpuMode::kInterrupt)) out.interrupt(in[CpuMode::kInterrupt]);
  if (modes.has(CpuMode::kDpc)) out.dpc(in[CpuMode::kDpc]);
}

void append(const model::CpuTicks& ticks, model::CpuModes modes, std::vector<std::uint64_t>& columns) {
  modes.for_each([&](CpuMode mode) { columns.push_back(ticks[mode]); });
}

}  // namespace

void sample(const model::CpuSample& in, gen::SampleWriter& out) {
  out.monotonic_ns(in.monotonic_ns);
  out.time(in.time);
}

void cpu_sample(const model::CpuSample& in, bool percpu, gen::CpuSampleWriter& out) {
  out.monotonic_ns(in.monotonic_ns);
  if (in.boot) out.boot(*in.boot);
  std::vector<std::uint64_t> columns;
  append(in.total, in.modes, columns);
  out.total(columns);
  if (!percpu) return;
  std::vector<std::uint32_t> cpus;
  columns.clear();
  for (const auto& numbered : in.per_cpu) {
    cpus.push_back(numbered.cpu);
    append(numbered.ticks, in.modes, columns);
  }
  out.cpus(cpus);
  out.ticks(columns);
}

void cpu_times(const model::CpuSample& sample, const model::CpuTicks& ticks, gen::CpuTimesWriter& out) {
  model::ByCpuMode<double> seconds;
  for (std::size_t mode = 0; mode < model::kCpuModes; ++mode) {
    seconds.values[mode] = static_cast<double>(ticks.values[mode]) / sample.ticks_per_second;
  }
  by_mode(seconds, sample.modes, out);
}

void cpu_times_percent(const model::CpuPercents& in, model::CpuModes modes, gen::CpuTimesPercentWriter& out) {
  by_mode(in, modes, out);
}

void cpu_count(const model::CpuCount& in, gen::CpuCountWriter& out) {
  if (in.logical) out.logical(*in.logical);
  if (in.physical) out.physical(*in.physical);
}

void cpu_stats(const model::CpuStats& in, gen::CpuStatsWriter& out) {
  out.ctx_switches(in.ctx_switches);
  out.interrupts(in.interrupts);
  if (in.soft_interrupts) out.soft_interrupts(*in.soft_interrupts);
  if (in.syscalls) out.syscalls(*in.syscalls);
}

void cpu_freq(const model::CpuFrequency& in, gen::CpuFreqWriter& out) {
  out.current(in.current);
  if (in.min) out.min(*in.min);
  if (in.max) out.max(*in.max);
}

void load_average(const model::LoadAverage& in, gen::LoadAverageWriter& out) {
  out.load1(in.load1);
  out.load5(in.load5);
  out.load15(in.load15);
}

}  // namespace hostscope::encode
