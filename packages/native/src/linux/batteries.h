// SPDX-License-Identifier: Apache-2.0
// Batteries of /sys/class/power_supply.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linux/sensor_files.h"
#include "model/sensors.h"

namespace hostscope::linux_os {

// What a battery's files say: amounts in µWh and µW or in µAh and µA, times in seconds. Empty: no file, or no number.
struct BatteryFiles {
  struct Amounts {
    std::optional<std::int64_t> now, full, rate;  // the rate is negative where the driver shows the direction so
  };
  Amounts energy, charge;
  std::optional<std::int64_t> capacity;           // percent
  std::optional<std::int64_t> time_to_empty_now;  // seconds
  std::string status;                             // "Discharging", "Charging", "Full", "Not charging", "Unknown"
};

// A supply that is not a battery.
struct PowerSource {
  std::string name, type;
  bool of_device = false;  // of a mouse, say
  std::optional<std::int64_t> online;
};

// Whether any source feeds this machine; empty if there is no source that tells.
std::optional<bool> power_online(const std::vector<PowerSource>& sources);

model::Battery make_battery(std::string name, const BatteryFiles& files, std::optional<bool> power_online);

// All batteries: by name those that psutil knows by their names, then those that say what they are.
std::vector<model::Battery> batteries(SensorFiles& files);

}  // namespace hostscope::linux_os
