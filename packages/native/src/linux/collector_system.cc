// SPDX-License-Identifier: Apache-2.0
// The collector's methods about CPUs and memory: which files each needs, and what stands in for a missing one.
#include <sys/sysinfo.h>
#include <unistd.h>

#include <string>

#include "core/clock.h"
#include "linux/collector.h"
#include "linux/cpu_frequency.h"
#include "linux/cpu_info.h"
#include "linux/cpu_tree.h"
#include "linux/load_average.h"
#include "linux/memory.h"
#include "linux/proc_stat.h"

namespace hostscope::linux_os {
namespace {

Status lacks(std::string_view file, std::string_view what) {
  return {.reason = ErrorReason::kOsError, .message = std::string(file) + " of procfs has no " + std::string(what)};
}

}  // namespace

Result<model::CpuSample> LinuxCollector::cpu_sample() const {
  FileReader reader;
  const auto text = read_proc(reader, "stat");
  if (!text) return text.status();
  model::CpuSample sample;
  sample.monotonic_ns = core::monotonic_ns();
  sample.time = core::wall_seconds();
  sample.boot = context_->boot;
  sample.ticks_per_second = context_->ticks_per_second;
  sample.modes = kStatModes;
  auto ticks = parse_cpu_ticks(*text);
  if (!ticks.total) return lacks("stat", "CPU times");
  sample.total = *ticks.total;
  sample.per_cpu = std::move(ticks.per_cpu);
  return sample;
}

Result<std::optional<std::uint32_t>> LinuxCollector::cpu_count() const {
  // The C library asks the running kernel, whatever the roots are.
  const long online = procfs_ ? ::sysconf(_SC_NPROCESSORS_ONLN) : 0;
  if (online > 0) return std::optional(static_cast<std::uint32_t>(online));
  FileReader reader;
  std::size_t count = 0;
  if (const auto text = read_proc(reader, "stat")) count = count_cpus(*text);
  if (count == 0) {
    if (const auto text = read_proc(reader, "cpuinfo")) count = parse_cpuinfo(*text).size();
  }
  return count > 0 ? std::optional(static_cast<std::uint32_t>(count)) : std::nullopt;
}

Result<std::optional<std::uint32_t>> LinuxCollector::cpu_core_count() const {
  CpuTree tree(sys_.get());
  if (const auto cores = count_cores(tree)) return cores;
  FileReader reader;
  const auto text = read_proc(reader, "cpuinfo");
  return text ? count_cores(parse_cpuinfo(*text)) : std::nullopt;
}

Result<model::CpuStats> LinuxCollector::cpu_stats() const {
  FileReader reader;
  const auto text = read_proc(reader, "stat");
  if (!text) return text.status();
  const auto stats = parse_cpu_stats(*text);
  if (!stats) return lacks("stat", "ctxt or intr");
  return *stats;
}

Result<std::vector<model::NumberedFrequency>> LinuxCollector::cpu_frequencies() const {
  CpuTree tree(sys_.get());
  FileReader reader;
  const auto text = read_proc(reader, "cpuinfo");
  return linux_os::cpu_frequencies(tree, text ? parse_cpuinfo(*text) : std::vector<CpuInfo>());
}

Result<std::optional<model::LoadAverage>> LinuxCollector::load_average() const {
  FileReader reader;
  const auto text = read_proc(reader, "loadavg");
  if (!text) return text.status();
  const auto load = parse_load_average(*text);
  if (!load) return lacks("loadavg", "load averages");
  return std::optional(*load);
}

Result<model::VirtualMemory> LinuxCollector::virtual_memory() const {
  FileReader reader;
  const auto text = read_proc(reader, "meminfo");
  if (!text) return text.status();
  const auto info = parse_meminfo(*text);
  std::optional<std::uint64_t> low_watermark;
  if (needs_watermarks(info)) {
    if (const auto zones = read_proc(reader, "zoneinfo")) {
      low_watermark = page_bytes(parse_low_watermarks(*zones), context_->page_size);
    }
  }
  const auto memory = linux_os::virtual_memory(info, low_watermark);
  if (!memory) return lacks("meminfo", "MemTotal or MemFree");
  return *memory;
}

Result<model::SwapMemory> LinuxCollector::swap_memory() const {
  FileReader reader;
  const auto text = read_proc(reader, "meminfo");
  if (!text) return text.status();
  auto info = parse_meminfo(*text);
  struct sysinfo kernel {};
  if (!(info.swap_total && info.swap_free) && procfs_ && ::sysinfo(&kernel) == 0) {
    info.swap_total = std::uint64_t{kernel.totalswap} * kernel.mem_unit;
    info.swap_free = std::uint64_t{kernel.freeswap} * kernel.mem_unit;
  }
  if (!info.swap_total || !info.swap_free) return lacks("meminfo", "SwapTotal or SwapFree");
  auto swap = linux_os::swap_memory(*info.swap_total, *info.swap_free);
  if (const auto vmstat = read_proc(reader, "vmstat")) {
    const auto counters = parse_vmstat(*vmstat);
    swap.sin = page_bytes(counters.in, context_->page_size);
    swap.sout = page_bytes(counters.out, context_->page_size);
  }
  return swap;
}

Result<double> LinuxCollector::boot_time() const {
  FileReader reader;
  const auto text = read_proc(reader, "stat");
  if (!text) return text.status();
  const auto seconds = parse_boot_time(*text);
  if (!seconds) return lacks("stat", "boot time");
  return static_cast<double>(*seconds);
}

}  // namespace hostscope::linux_os
