// SPDX-License-Identifier: Apache-2.0
// Zones of /sys/class/thermal, all that many small boards have.
#pragma once

#include <vector>

#include "linux/sensor_files.h"
#include "model/sensors.h"

namespace hostscope::linux_os {

// Temperatures by the type of their zone. The lowest "critical" trip point is critical and the lowest "hot" one high.
std::vector<model::TemperatureChip> thermal_zones(SensorFiles& files);

}  // namespace hostscope::linux_os
