// SPDX-License-Identifier: Apache-2.0
// Pressure stall information: /proc/pressure and the *.pressure files of a control group.
#pragma once

#include <string_view>

#include "core/result.h"
#include "model/pressure.h"

namespace hostscope::linux_os {

// One file. Empty if no line of it can be read.
std::optional<model::ResourcePressure> parse_pressure(std::string_view text);

// The files cpu, memory, io and irq of a directory, each with `suffix`. What the kernel does not count is empty.
Result<model::Pressure> read_pressure(int directory, std::string_view suffix);

}  // namespace hostscope::linux_os
