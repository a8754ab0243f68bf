// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "core/stuck_targets.h"

namespace hostscope {

// What sensors are read from, each a place where hardware can keep its reader waiting. Entered at the reader's guard
// with a number that tells the devices of one kind apart. The values lie above those of ProcessSource.
enum class SensorSource : std::uint8_t {
  kHwmonChip = 0x80,
  kThermalZone,
  kPowerSupply,
};

// For messages.
std::string sensor_name(StuckTarget target);

}  // namespace hostscope
