// SPDX-License-Identifier: Apache-2.0
#include "sensor_source.h"

namespace hostscope {

std::string sensor_name(StuckTarget target) {
  const std::string number = std::to_string(target.pid);
  switch (static_cast<SensorSource>(target.kind)) {
    case SensorSource::kHwmonChip:
      return "hwmon" + number;
    case SensorSource::kThermalZone:
      return "thermal_zone" + number;
    case SensorSource::kPowerSupply:
      return "a power supply";
  }
  return "a sensor";
}

}  // namespace hostscope
