// SPDX-License-Identifier: Apache-2.0
// /proc/stat.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "model/cpu.h"

namespace hostscope::linux_os {

// The columns of the file.
inline constexpr model::CpuModes kStatModes = {
    model::CpuMode::kUser,   model::CpuMode::kNice,      model::CpuMode::kSystem,  model::CpuMode::kIdle,
    model::CpuMode::kIowait, model::CpuMode::kIrq,       model::CpuMode::kSoftirq, model::CpuMode::kSteal,
    model::CpuMode::kGuest,  model::CpuMode::kGuestNice,
};

struct StatTicks {
  std::optional<model::CpuTicks> total;     // the line `cpu`
  std::vector<model::NumberedCpu> per_cpu;  // the lines `cpuN`, ascending, each CPU once; an offline CPU has none
};

// Columns that the kernel does not have (before 2.6.11, 2.6.24, 2.6.33) are 0: it counts that time under another mode.
// Lines with fewer than the four oldest columns, or with something else than numbers, are passed over.
StatTicks parse_cpu_ticks(std::string_view text);

// Empty if the lines that every kernel has are not there.
std::optional<model::CpuStats> parse_cpu_stats(std::string_view text);

// Seconds since the epoch.
std::optional<std::uint64_t> parse_boot_time(std::string_view text);

// How many CPUs are online.
std::uint32_t count_cpus(std::string_view text);

}  // namespace hostscope::linux_os
