// SPDX-License-Identifier: Apache-2.0

import { Sensors } from "@hostscope/proto/gen/sensors";
import { type Collector, shownRows } from "./collector.ts";
import { gauge } from "./family.ts";

const { sensorsTemperatures, sensorsFans, sensorsBattery } = Sensors.method;

/**
 * Temperatures. The label `chip` is the driver's name and `sensor` the sensor's own, where node_exporter has the bus
 * address and the number of a file: the same series as on a screen, but not those of another host's dashboard.
 */
export const temperatureCollector: Collector = {
  name: "hwmon",
  async collect(reader) {
    const { chips } = await reader.unary(sensorsTemperatures, {});
    const now = gauge("node_hwmon_temp_celsius", "Temperature.");
    const max = gauge("node_hwmon_temp_max_celsius", "Temperature above which it is too hot.");
    const critical = gauge("node_hwmon_temp_crit_celsius", "Temperature above which the hardware protects itself.");
    for (const { name: chip, temperatures } of shownRows(chips, ({ name }) => name)) {
      const sensorName = sensorNames("temp");
      for (const temperature of shownRows(temperatures, ({ label }) => label)) {
        const labels = { chip, sensor: sensorName(temperature.label) };
        now.add(temperature.current, labels);
        max.add(temperature.high, labels);
        critical.add(temperature.critical, labels);
      }
    }
    return [now, max, critical];
  },
};

/** Fan speeds. */
export const fanCollector: Collector = {
  name: "hwmon_fans",
  async collect(reader) {
    const { chips } = await reader.unary(sensorsFans, {});
    const speed = gauge("node_hwmon_fan_rpm", "Speed of the fan, revolutions per minute.");
    for (const { name: chip, fans } of shownRows(chips, ({ name }) => name)) {
      const sensorName = sensorNames("fan");
      for (const fan of shownRows(fans, ({ label }) => label)) {
        speed.add(fan.current, { chip, sensor: sensorName(fan.label) });
      }
    }
    return [speed];
  },
};

/** Batteries. */
export const batteryCollector: Collector = {
  name: "powersupplyclass",
  async collect(reader) {
    const { batteries } = await reader.unary(sensorsBattery, {});
    const charge = gauge("node_power_supply_capacity", "Charge of the battery, percent.");
    const left = gauge("hostscope_battery_left_seconds", "Time until the battery is empty, estimated.");
    const plugged = gauge("hostscope_battery_power_plugged", "Whether power is connected.");
    for (const battery of shownRows(batteries, ({ name }) => name)) {
      const labels = { power_supply: battery.name ?? "battery" };
      charge.add(battery.percent, labels);
      left.add(battery.secsleft, labels);
      plugged.add(battery.powerPlugged === undefined ? undefined : Number(battery.powerPlugged), labels);
    }
    return [charge, left, plugged];
  },
};

/** Names the sensors of one chip one by one: those without a label by position, those with the same label apart. */
function sensorNames(kind: string): (label: string | undefined) => string {
  const seen = new Map<string, number>();
  let position = 0;
  return (label) => {
    position += 1;
    const name = label ?? `${kind}${position}`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} #${times}`;
  };
}
