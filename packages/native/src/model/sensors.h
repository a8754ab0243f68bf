// SPDX-License-Identifier: Apache-2.0
// What the sensors of a host say before it is encoded: the same structs on every OS.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hostscope::model {

// Degrees Celsius.
struct Temperature {
  std::optional<std::string> label;
  double current = 0;
  std::optional<double> high, critical;
};

// Temperatures of all chips of one name.
struct TemperatureChip {
  std::string name;
  std::vector<Temperature> sensors;
};

struct Fan {
  std::optional<std::string> label;
  std::uint32_t current = 0;  // revolutions per minute
};

// Fans of all chips of one name.
struct FanChip {
  std::string name;
  std::vector<Fan> sensors;
};

struct Battery {
  std::optional<std::string> name;
  std::optional<double> percent;
  std::optional<std::uint64_t> secsleft;
  bool unlimited = false;
  std::optional<bool> power_plugged;
};

}  // namespace hostscope::model
