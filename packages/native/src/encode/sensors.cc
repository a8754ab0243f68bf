// SPDX-License-Identifier: Apache-2.0
#include "encode/sensors.h"

namespace hostscope::encode {

void temperature_chip(const model::TemperatureChip& in, gen::TemperatureChipWriter& out) {
  out.name(in.name);
  for (const auto& sensor : in.sensors) {
    out.temperatures([&](auto& w) {
      if (sensor.label) w.label(*sensor.label);
      w.current(sensor.current);
      if (sensor.high) w.high(*sensor.high);
      if (sensor.critical) w.critical(*sensor.critical);
    });
  }
}

void fan_chip(const model::FanChip& in, gen::FanChipWriter& out) {
  out.name(in.name);
  for (const auto& sensor : in.sensors) {
    out.fans([&](auto& w) {
      if (sensor.label) w.label(*sensor.label);
      w.current(sensor.current);
    });
  }
}

void battery(const model::Battery& in, gen::BatteryWriter& out) {
  if (in.name) out.name(*in.name);
  if (in.percent) out.percent(*in.percent);
  if (in.secsleft) out.secsleft(*in.secsleft);
  out.unlimited(in.unlimited);
  if (in.power_plugged) out.power_plugged(*in.power_plugged);
}

}  // namespace hostscope::encode
