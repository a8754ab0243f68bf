// SPDX-License-Identifier: Apache-2.0
// The collector's methods about the host as a whole.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/clock.h"
#include "model/percent.h"
#include "windows/collector.h"
#include "windows/failure.h"
#include "windows/ntdll.h"
#include "windows/process_handle.h"
#include "windows/processor_times.h"

namespace hostscope::windows_os {
namespace {

using model::CpuMode;

model::CpuTicks ticks_of(const ProcessorTimes& in) {
  model::CpuTicks ticks;
  ticks[CpuMode::kUser] = in.user;
  ticks[CpuMode::kSystem] = in.kernel - std::min(in.kernel, in.idle);
  ticks[CpuMode::kIdle] = in.idle;
  ticks[CpuMode::kInterrupt] = in.interrupt;
  ticks[CpuMode::kDpc] = in.dpc;
  return ticks;
}

Result<PERFORMANCE_INFORMATION> performance() {
  PERFORMANCE_INFORMATION info{};
  if (!::K32GetPerformanceInfo(&info, sizeof info)) return failure("read the use of memory", ::GetLastError());
  return info;
}

// One of several parts of the answer, which is whole only if none is missing.
struct PageFile {
  ULONG next, total, in_use, peak;  // pages
  UnicodeString name;
};

}  // namespace

Result<model::CpuSample> WindowsCollector::cpu_sample() const {
  const auto cpus = read_processor_times();
  if (!cpus) return cpus.status();
  model::CpuSample sample;
  sample.monotonic_ns = core::monotonic_ns();
  sample.time = core::wall_seconds();
  sample.ticks_per_second = kTicksPerSecond;
  sample.modes = {CpuMode::kUser, CpuMode::kSystem, CpuMode::kIdle, CpuMode::kInterrupt, CpuMode::kDpc};
  for (std::uint32_t cpu = 0; cpu < cpus->size(); ++cpu) {
    const auto ticks = ticks_of((*cpus)[cpu]);
    sample.per_cpu.push_back({cpu, ticks});
    sample.modes.for_each([&](CpuMode mode) { sample.total[mode] += ticks[mode]; });
  }
  return sample;
}

Result<std::optional<std::uint32_t>> WindowsCollector::cpu_count() const {
  const DWORD count = ::GetActiveProcessorCount(ALL_PROCESSOR_GROUPS);
  return count == 0 ? std::nullopt : std::optional<std::uint32_t>(count);
}

Result<std::optional<std::uint32_t>> WindowsCollector::cpu_core_count() const {
  DWORD size = 0;
  ::GetLogicalProcessorInformationEx(RelationProcessorCore, nullptr, &size);
  std::vector<std::byte> buffer(size);
  auto* const first = reinterpret_cast<SYSTEM_LOGICAL_PROCESSOR_INFORMATION_EX*>(buffer.data());
  if (size == 0 || !::GetLogicalProcessorInformationEx(RelationProcessorCore, first, &size)) {
    return std::optional<std::uint32_t>();
  }
  std::uint32_t cores = 0;
  constexpr std::size_t kHead = offsetof(SYSTEM_LOGICAL_PROCESSOR_INFORMATION_EX, Processor);
  for (std::size_t at = 0; at + kHead <= size;) {  // entries differ in size
    DWORD entry_size = 0;
    std::memcpy(&entry_size, buffer.data() + at + sizeof(DWORD), sizeof entry_size);
    if (entry_size < kHead) break;
    ++cores;
    at += entry_size;
  }
  return cores == 0 ? std::nullopt : std::optional(cores);
}

Result<model::CpuStats> WindowsCollector::cpu_stats() const {
  constexpr std::size_t kContextSwitches = 0x128, kSystemCalls = 0x134, kSize = 1024;
  const auto answer = query_system(kSystemPerformance, kSize);
  if (!answer) return answer.status();
  const auto number_at = [&](std::size_t offset) {
    std::uint32_t number = 0;
    std::memcpy(&number, answer->data() + offset, sizeof number);
    return number;
  };
  const auto cpus = read_processor_times();
  if (!cpus) return cpus.status();
  model::CpuStats stats;
  stats.ctx_switches = number_at(kContextSwitches);
  stats.syscalls = number_at(kSystemCalls);
  for (const auto& cpu : *cpus) stats.interrupts += cpu.interrupts;
  // Whoever answers here has switched a few times: this one does not count.
  if (stats.ctx_switches == 0 && stats.interrupts == 0) return failure("count", ERROR_NOT_SUPPORTED);
  return stats;
}

Result<std::vector<model::NumberedFrequency>> WindowsCollector::cpu_frequencies() const {
  using Ask = LONG NTAPI(POWER_INFORMATION_LEVEL, void*, ULONG, void*, ULONG);
  struct Processor {
    ULONG number, max_mhz, current_mhz, limit_mhz, max_idle_state, idle_state;
  };
  static Ask* const ask = find_function<Ask>(L"powrprof.dll", "CallNtPowerInformation");
  if (ask == nullptr) return failure("read CPU frequencies", ERROR_NOT_SUPPORTED);
  std::vector<Processor> processors(std::max<DWORD>(1, ::GetActiveProcessorCount(ALL_PROCESSOR_GROUPS)));
  const auto size = static_cast<ULONG>(processors.size() * sizeof(Processor));
  const LONG status = ask(ProcessorInformation, nullptr, 0, processors.data(), size);
  if (status != kNtSuccess) return failure("read CPU frequencies", win32_error(status));
  std::vector<model::NumberedFrequency> frequencies;
  for (std::uint32_t cpu = 0; cpu < processors.size(); ++cpu) {
    const auto& in = processors[cpu];
    if (in.current_mhz == 0) continue;
    model::CpuFrequency out{.current = static_cast<double>(in.current_mhz), .min = {}, .max = {}};
    if (in.max_mhz != 0) out.max = in.max_mhz;
    frequencies.push_back({cpu, out});
  }
  return frequencies;
}

Result<std::optional<model::LoadAverage>> WindowsCollector::load_average() const { return load_.averages(); }

Result<model::VirtualMemory> WindowsCollector::virtual_memory() const {
  const auto info = performance();
  if (!info) return info.status();
  model::VirtualMemory memory;
  memory.total = info->PhysicalTotal * info->PageSize;
  memory.available = std::min<std::uint64_t>(info->PhysicalAvailable * info->PageSize, memory.total);
  memory.free = memory.available;
  memory.used = memory.total - memory.available;
  memory.percent = model::percent_of(static_cast<double>(memory.used), static_cast<double>(memory.total));
  if (info->SystemCache != 0) memory.cached = info->SystemCache * info->PageSize;
  if (info->KernelNonpaged != 0) memory.wired = info->KernelNonpaged * info->PageSize;
  return memory;
}

Result<model::SwapMemory> WindowsCollector::swap_memory() const {
  const auto info = performance();
  if (!info) return info.status();
  const auto answer = query_system(kSystemPageFiles, 4096);
  if (!answer) return answer.status();
  model::SwapMemory swap;
  for (std::size_t at = 0; at + sizeof(PageFile) <= answer->size();) {
    PageFile file{};
    std::memcpy(&file, answer->data() + at, sizeof file);
    swap.total += std::uint64_t{file.total} * info->PageSize;
    swap.used += std::uint64_t{file.in_use} * info->PageSize;
    if (file.next == 0) break;
    at += file.next;
  }
  swap.used = std::min(swap.used, swap.total);
  swap.free = swap.total - swap.used;
  swap.percent = model::percent_of(static_cast<double>(swap.used), static_cast<double>(swap.total));
  return swap;
}

Result<double> WindowsCollector::boot_time() const {
  // What runs in Windows' place may count from its own start.
  constexpr double kDisagreement = 60;
  const double by_uptime = core::wall_seconds() - static_cast<double>(core::boottime_ns()) / 1e9;
  struct {
    std::int64_t boot, now, time_zone_bias;
    ULONG time_zone, reserved;
    std::uint64_t boot_bias, sleep_bias;
  } times{};
  static_assert(sizeof times == 48);
  if (ntdll().query_system == nullptr ||
      ntdll().query_system(kSystemTimeOfDay, &times, sizeof times, nullptr) != kNtSuccess) {
    return by_uptime;
  }
  const double told = epoch_of_ticks(static_cast<std::uint64_t>(times.boot) - times.sleep_bias);
  return std::abs(told - by_uptime) < kDisagreement ? told : by_uptime;
}

}  // namespace hostscope::windows_os
