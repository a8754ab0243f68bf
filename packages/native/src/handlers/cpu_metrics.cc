// SPDX-License-Identifier: Apache-2.0
#include "encode/cpu_usage.h"
#include "handlers/rates.h"
#include "handlers/system_metrics.h"
#include "model/cpu_frequency.h"
#include "model/cpu_usage.h"

namespace hostscope {
namespace {

using M = gen::SystemMetric;
using Out = gen::SystemWatchResponseWriter;

Metric cpu_times(bool percpu) {
  return pool_metric(M::kCpuTimes, false, [percpu](const Collector& collector, Out& out) -> Result<void> {
    auto sample = collector.cpu_sample();
    if (!sample) return std::move(sample.status());
    out.cpu_times([&](auto& times) {
      times.total([&](auto& w) { encode::cpu_times(*sample, sample->total, w); });
      if (!percpu) return;
      for (const auto& numbered : sample->per_cpu) {
        times.cpus([&](auto& w) {
          w.cpu(numbered.cpu);
          encode::cpu_times(*sample, numbered.ticks, w);
        });
      }
    });
    return {};
  });
}

// A metric of the time between two samples; `write` is not called without an earlier one.
Metric between_samples(
    M metric, std::function<void(const model::CpuSample& earlier, const model::CpuSample& later, Out& out)> write) {
  auto previous = std::make_shared<Previous<model::CpuSample>>();
  return pool_metric(metric, true,
                     [previous, write = std::move(write)](const Collector& collector, Out& out) -> Result<void> {
                       auto sample = collector.cpu_sample();
                       if (!sample) return std::move(sample.status());
                       const auto earlier = previous->exchange({*sample});
                       if (earlier) write(earlier->value, *sample, out);
                       return {};
                     });
}

Metric cpu_percent(bool percpu) {
  return between_samples(M::kCpuPercent, [percpu](const auto& earlier, const auto& later, Out& out) {
    out.cpu_percent([&](auto& use) { encode::cpu_percent(earlier, later, percpu, use); });
  });
}

Metric cpu_times_percent(bool percpu) {
  return between_samples(M::kCpuTimesPercent, [percpu](const auto& earlier, const auto& later, Out& out) {
    out.cpu_times_percent([&](auto& use) { encode::cpu_times_percent(earlier, later, percpu, use); });
  });
}

Metric cpu_stats() {
  auto previous = std::make_shared<Previous<model::CpuStats>>();
  return pool_metric(M::kCpuStats, true, [previous](const Collector& collector, Out& out) -> Result<void> {
    auto stats = collector.cpu_stats();
    if (!stats) return std::move(stats.status());
    const Timed<model::CpuStats> now{*stats};
    const auto before = previous->exchange(now);
    out.cpu_stats([&](auto& w) {
      w.cpu_stats([&](auto& counters) { encode::cpu_stats(*stats, counters); });
      if (!before) return;
      const auto& was = before->value;
      const double seconds = now.seconds_since(*before);
      if (const auto value = rate(was.ctx_switches, stats->ctx_switches, seconds)) w.ctx_switches_rate(*value);
      if (const auto value = rate(was.interrupts, stats->interrupts, seconds)) w.interrupts_rate(*value);
      if (const auto value = rate(was.soft_interrupts, stats->soft_interrupts, seconds)) w.soft_interrupts_rate(*value);
      if (const auto value = rate(was.syscalls, stats->syscalls, seconds)) w.syscalls_rate(*value);
    });
    return {};
  });
}

Metric cpu_count() {
  return pool_metric(M::kCpuCount, false, [](const Collector& collector, Out& out) -> Result<void> {
    auto logical = collector.cpu_count();
    if (!logical) return std::move(logical.status());
    auto physical = collector.cpu_core_count();
    if (!physical) return std::move(physical.status());
    out.cpu_count([&](auto& w) { encode::cpu_count({*logical, *physical}, w); });
    return {};
  });
}

Metric cpu_freq(bool percpu) {
  return pool_metric(M::kCpuFreq, false, [percpu](const Collector& collector, Out& out) -> Result<void> {
    auto cpus = collector.cpu_frequencies();
    if (!cpus) return std::move(cpus.status());
    out.cpu_freq([&](auto& freq) {
      if (const auto mean = model::mean_frequency(*cpus)) {
        freq.average([&](auto& w) { encode::cpu_freq(*mean, w); });
      }
      if (!percpu) return;
      for (const auto& numbered : *cpus) {
        freq.cpus([&](auto& w) {
          w.cpu(numbered.cpu);
          encode::cpu_freq(numbered.frequency, w);
        });
      }
    });
    return {};
  });
}

}  // namespace

std::optional<Metric> cpu_metric(M metric, bool percpu) {
  switch (metric) {
    case M::kCpuTimes:
      return cpu_times(percpu);
    case M::kCpuPercent:
      return cpu_percent(percpu);
    case M::kCpuTimesPercent:
      return cpu_times_percent(percpu);
    case M::kCpuCount:
      return cpu_count();
    case M::kCpuStats:
      return cpu_stats();
    case M::kCpuFreq:
      return cpu_freq(percpu);
    default:
      return std::nullopt;
  }
}

}  // namespace hostscope
