// SPDX-License-Identifier: Apache-2.0
// Chips of /sys/class/hwmon.
#pragma once

#include <optional>
#include <vector>

#include "linux/sensor_files.h"
#include "model/sensors.h"

namespace hostscope::linux_os {

// Temperatures by chip. Nothing at all, rather than an empty list, if no chip has a file of a temperature.
std::optional<std::vector<model::TemperatureChip>> hwmon_temperatures(SensorFiles& files);

std::vector<model::FanChip> hwmon_fans(SensorFiles& files);

}  // namespace hostscope::linux_os
