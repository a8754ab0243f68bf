// SPDX-License-Identifier: Apache-2.0
// Memory, load and boot time.
#include "encode/cpu.h"
#include "encode/memory.h"
#include "handlers/rates.h"
#include "handlers/system_metrics.h"

namespace hostscope {
namespace {

using M = gen::SystemMetric;
using Out = gen::SystemWatchResponseWriter;

Metric load_average() {
  return pool_metric(M::kGetloadavg, false, [](const Collector& collector, Out& out) -> Result<void> {
    auto load = collector.load_average();
    if (!load) return std::move(load.status());
    if (*load) out.getloadavg([&](auto& w) { encode::load_average(**load, w); });
    return {};
  });
}

Metric virtual_memory() {
  return pool_metric(M::kVirtualMemory, false, [](const Collector& collector, Out& out) -> Result<void> {
    auto memory = collector.virtual_memory();
    if (!memory) return std::move(memory.status());
    out.virtual_memory([&](auto& w) { encode::virtual_memory(*memory, w); });
    return {};
  });
}

Metric swap_memory() {
  auto previous = std::make_shared<Previous<model::SwapMemory>>();
  return pool_metric(M::kSwapMemory, true, [previous](const Collector& collector, Out& out) -> Result<void> {
    auto swap = collector.swap_memory();
    if (!swap) return std::move(swap.status());
    const Timed<model::SwapMemory> now{*swap};
    const auto before = previous->exchange(now);
    out.swap_memory([&](auto& w) {
      w.swap_memory([&](auto& space) { encode::swap_memory(*swap, space); });
      if (!before) return;
      const double seconds = now.seconds_since(*before);
      if (const auto value = rate(before->value.sin, swap->sin, seconds)) w.sin_rate(*value);
      if (const auto value = rate(before->value.sout, swap->sout, seconds)) w.sout_rate(*value);
    });
    return {};
  });
}

Metric boot_time() {
  return pool_metric(M::kBootTime, false, [](const Collector& collector, Out& out) -> Result<void> {
    auto seconds = collector.boot_time();
    if (!seconds) return std::move(seconds.status());
    out.boot_time(*seconds);
    return {};
  });
}

}  // namespace

std::optional<Metric> memory_metric(M metric) {
  switch (metric) {
    case M::kGetloadavg:
      return load_average();
    case M::kVirtualMemory:
      return virtual_memory();
    case M::kSwapMemory:
      return swap_memory();
    case M::kBootTime:
      return boot_time();
    default:
      return std::nullopt;
  }
}

}  // namespace hostscope
