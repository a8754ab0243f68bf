// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gen/sensors.gen.h"
#include "model/sensors.h"

namespace hostscope::encode {

void temperature_chip(const model::TemperatureChip& in, gen::TemperatureChipWriter& out);
void fan_chip(const model::FanChip& in, gen::FanChipWriter& out);
void battery(const model::Battery& in, gen::BatteryWriter& out);

}  // namespace hostscope::encode
