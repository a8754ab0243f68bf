// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "core/result.h"

namespace hostscope::windows_os {

// What a CPU spent its time on, in units of 100 ns. The kernel's time includes the other three below it.
struct ProcessorTimes {
  std::uint64_t idle = 0, kernel = 0, user = 0, dpc = 0, interrupt = 0;
  std::uint32_t interrupts = 0, reserved = 0;  // a number
};
static_assert(sizeof(ProcessorTimes) == 48);

// Of all CPUs, groups of 64 after each other.
Result<std::vector<ProcessorTimes>> read_processor_times();

}  // namespace hostscope::windows_os
