// SPDX-License-Identifier: Apache-2.0

import type { Transport } from "@hostscope/proto";
import { Sensors } from "@hostscope/proto/gen/sensors";
import { unaryCall } from "./unary-call.ts";

/** A sensor's fields in the schema's order; undefined is absent. */
export type SensorRow = (string | number | undefined)[];

/** Label, current, high and critical of each temperature, by chip. */
export async function temperatures(host: Transport): Promise<Record<string, SensorRow[]>> {
  const { chips } = await unaryCall(host, Sensors.method.sensorsTemperatures);
  return Object.fromEntries(
    chips.map(({ name, temperatures }) => [
      name,
      temperatures.map(({ label, current, high, critical }) => [label, current, high, critical]),
    ]),
  );
}

/** Label and current of each fan, by chip. */
export async function fans(host: Transport): Promise<Record<string, SensorRow[]>> {
  const { chips } = await unaryCall(host, Sensors.method.sensorsFans);
  return Object.fromEntries(chips.map(({ name, fans }) => [name, fans.map(({ label, current }) => [label, current])]));
}
