// SPDX-License-Identifier: Apache-2.0
#include "dispatch.h"
#include "encode/cpu.h"
#include "encode/memory.h"
#include "gen/host.gen.h"
#include "handlers/cpu_usage.h"
#include "handlers/moment.h"
#include "model/cpu_frequency.h"

namespace hostscope {
namespace {

using gen::Method;

Result<void> cpu_times(const Collector& collector, const gen::CpuTimesRequest& request,
                       gen::CpuTimesResponseWriter& out) {
  auto sample = collector.cpu_sample();
  if (!sample) return std::move(sample.status());
  out.sample([&](auto& w) { encode::sample(*sample, w); });
  out.total([&](auto& w) { encode::cpu_times(*sample, sample->total, w); });
  if (!request.percpu) return {};
  for (const auto& numbered : sample->per_cpu) {
    out.cpus([&](auto& w) {
      w.cpu(numbered.cpu);
      encode::cpu_times(*sample, numbered.ticks, w);
    });
  }
  return {};
}

Result<void> cpu_count(const Collector& collector, const gen::CpuCountRequest&, gen::CpuCountResponseWriter& out) {
  auto logical = collector.cpu_count();
  if (!logical) return std::move(logical.status());
  auto physical = collector.cpu_core_count();
  if (!physical) return std::move(physical.status());
  out.cpu_count([&](auto& w) { encode::cpu_count({*logical, *physical}, w); });
  return {};
}

Result<void> cpu_stats(const Collector& collector, const gen::CpuStatsRequest&, gen::CpuStatsResponseWriter& out) {
  auto stats = collector.cpu_stats();
  if (!stats) return std::move(stats.status());
  out.sample([](auto& w) { Moment().write(w); });
  out.cpu_stats([&](auto& w) { encode::cpu_stats(*stats, w); });
  return {};
}

Result<void> cpu_freq(const Collector& collector, const gen::CpuFreqRequest& request, gen::CpuFreqResponseWriter& out) {
  auto cpus = collector.cpu_frequencies();
  if (!cpus) return std::move(cpus.status());
  out.sample([](auto& w) { Moment().write(w); });
  if (const auto mean = model::mean_frequency(*cpus)) {
    out.average([&](auto& w) { encode::cpu_freq(*mean, w); });
  }
  if (!request.percpu) return {};
  for (const auto& numbered : *cpus) {
    out.cpus([&](auto& w) {
      w.cpu(numbered.cpu);
      encode::cpu_freq(numbered.frequency, w);
    });
  }
  return {};
}

Result<void> getloadavg(const Collector& collector, const gen::GetloadavgRequest&, gen::GetloadavgResponseWriter& out) {
  auto load = collector.load_average();
  if (!load) return std::move(load.status());
  out.sample([](auto& w) { Moment().write(w); });
  if (*load) out.loadavg([&](auto& w) { encode::load_average(**load, w); });
  return {};
}

Result<void> virtual_memory(const Collector& collector, const gen::VirtualMemoryRequest&,
                            gen::VirtualMemoryResponseWriter& out) {
  auto memory = collector.virtual_memory();
  if (!memory) return std::move(memory.status());
  out.sample([](auto& w) { Moment().write(w); });
  out.virtual_memory([&](auto& w) { encode::virtual_memory(*memory, w); });
  return {};
}

Result<void> swap_memory(const Collector& collector, const gen::SwapMemoryRequest&,
                         gen::SwapMemoryResponseWriter& out) {
  auto swap = collector.swap_memory();
  if (!swap) return std::move(swap.status());
  out.sample([](auto& w) { Moment().write(w); });
  out.swap_memory([&](auto& w) { encode::swap_memory(*swap, w); });
  return {};
}

Result<void> boot_time(const Collector& collector, const gen::BootTimeRequest&, gen::BootTimeResponseWriter& out) {
  auto seconds = collector.boot_time();
  if (!seconds) return std::move(seconds.status());
  out.boot_time(*seconds);
  return {};
}

}  // namespace

void add_system_handlers(Handlers& handlers) {
  handlers.unary<gen::CpuTimesRequest, gen::CpuTimesResponseWriter>(Method::kSystemCpuTimes, Lane::kInline, cpu_times);
  handlers.add(Method::kSystemCpuPercent, Lane::kAsync, measure_cpu_percent);
  handlers.add(Method::kSystemCpuTimesPercent, Lane::kAsync, measure_cpu_times_percent);
  // The topology is several files per CPU.
  handlers.unary<gen::CpuCountRequest, gen::CpuCountResponseWriter>(Method::kSystemCpuCount, Lane::kPool, cpu_count);
  handlers.unary<gen::CpuStatsRequest, gen::CpuStatsResponseWriter>(Method::kSystemCpuStats, Lane::kInline, cpu_stats);
  // Some drivers ask the hardware and sleep meanwhile.
  handlers.unary<gen::CpuFreqRequest, gen::CpuFreqResponseWriter>(Method::kSystemCpuFreq, Lane::kPool, cpu_freq);
  handlers.unary<gen::GetloadavgRequest, gen::GetloadavgResponseWriter>(Method::kSystemGetloadavg, Lane::kInline,
                                                                        getloadavg);
  handlers.unary<gen::VirtualMemoryRequest, gen::VirtualMemoryResponseWriter>(Method::kSystemVirtualMemory,
                                                                              Lane::kInline, virtual_memory);
  handlers.unary<gen::SwapMemoryRequest, gen::SwapMemoryResponseWriter>(Method::kSystemSwapMemory, Lane::kInline,
                                                                        swap_memory);
  handlers.unary<gen::BootTimeRequest, gen::BootTimeResponseWriter>(Method::kSystemBootTime, Lane::kInline, boot_time);
}

}  // namespace hostscope
