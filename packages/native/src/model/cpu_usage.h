// SPDX-License-Identifier: Apache-2.0
// CPU use between two readings of the CPU times.
#pragma once

#include <optional>

#include "model/cpu.h"

namespace hostscope::model {

using CpuPercents = ByCpuMode<double>;

// Percent of the time in each mode; without guest in user and guest_nice in nice, so that all but interrupt and dpc add
// up to 100. Empty if no counter moved: nothing was measured.
std::optional<CpuPercents> cpu_times_percent(const CpuTicks& earlier, const CpuTicks& later);

// Percent of the time in which the CPU did something; neither idle nor waiting for input and output counts as that.
// Empty if no counter moved.
std::optional<double> cpu_percent(const CpuTicks& earlier, const CpuTicks& later);

// The times of the CPU with this number; null if the sample has none, as when the CPU was offline.
const CpuTicks* find_cpu(const CpuSample& sample, std::uint32_t cpu);

}  // namespace hostscope::model
