// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "model/cpu.h"

namespace hostscope::model {

// The mean of each value over the CPUs that have it; empty without CPUs.
std::optional<CpuFrequency> mean_frequency(const std::vector<NumberedFrequency>& cpus);

}  // namespace hostscope::model
