// SPDX-License-Identifier: Apache-2.0
// /proc/loadavg.
#pragma once

#include <optional>
#include <string_view>

#include "model/cpu.h"

namespace hostscope::linux_os {

std::optional<model::LoadAverage> parse_load_average(std::string_view text);

}  // namespace hostscope::linux_os
