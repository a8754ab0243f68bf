// SPDX-License-Identifier: Apache-2.0
// The collector's methods about sensors.
#include "linux/batteries.h"
#include "linux/collector.h"
#include "linux/hwmon.h"
#include "linux/thermal_zones.h"

namespace hostscope::linux_os {

Result<std::vector<model::TemperatureChip>> LinuxCollector::temperatures(ReadGuard& guard) const {
  SensorFiles files(sys_.get(), guard);
  // Most zones are chips of hwmon too, so that they would be there twice.
  auto chips = hwmon_temperatures(files);
  return chips ? std::move(*chips) : thermal_zones(files);
}

Result<std::vector<model::FanChip>> LinuxCollector::fans(ReadGuard& guard) const {
  SensorFiles files(sys_.get(), guard);
  return hwmon_fans(files);
}

Result<std::vector<model::Battery>> LinuxCollector::batteries(ReadGuard& guard) const {
  SensorFiles files(sys_.get(), guard);
  return linux_os::batteries(files);
}

}  // namespace hostscope::linux_os
