// SPDX-License-Identifier: Apache-2.0
// Frequencies from cpufreq, or from /proc/cpuinfo where the host has none.
#pragma once

#include <vector>

#include "linux/cpu_info.h"
#include "linux/cpu_tree.h"
#include "model/cpu.h"

namespace hostscope::linux_os {

// One entry per CPU that is online and has a known frequency, ascending by CPU. May sleep: some drivers measure for
// tens of milliseconds.
std::vector<model::NumberedFrequency> cpu_frequencies(CpuTree& tree, const std::vector<CpuInfo>& cpus);

}  // namespace hostscope::linux_os
