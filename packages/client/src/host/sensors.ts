// SPDX-License-Identifier: Apache-2.0

import { type CallOptions, checkOptions, flag } from "../call-options.ts";
import { POWER_TIME_UNKNOWN, POWER_TIME_UNLIMITED } from "../constants/hardware.ts";
import {
  decodeSensorsBatteryResponse,
  decodeSensorsFansResponse,
  decodeSensorsTemperaturesResponse,
  type Fan,
  type Temperature,
  type Battery as WireBattery,
} from "../gen/hostscope/v1/sensors_plain.ts";
import { METHODS } from "../methods.ts";
import { byName } from "../wire/by-name.ts";
import { HostNetwork } from "./network.ts";

/** What Host.sensorsTemperatures takes. */
export interface TemperaturesOptions extends CallOptions {
  /** Whether to give degrees Fahrenheit instead of Celsius. @default false */
  readonly fahrenheit?: boolean | undefined;
}

/** One battery; gauges. */
export interface Battery {
  /** Name, e.g. "BAT0"; null on Windows, which gives all batteries as one. */
  readonly name: string | null;
  /** Charge, 0 to 100; null if unknown. */
  readonly percent: number | null;
  /** Seconds until it is empty, estimated; POWER_TIME_UNLIMITED while power is connected, POWER_TIME_UNKNOWN if unknown. */
  readonly secsleft: number | null;
  /** Whether power is connected; null if unknown. */
  readonly powerPlugged: boolean | null;
}

/** psutil's functions about a host's sensors. */
export abstract class HostSensors extends HostNetwork {
  /**
   * Temperatures, degrees Celsius, by the name of the chip; empty where the host shows none. As in psutil a sensor that
   * tells only one of high and critical has it for both.
   */
  async sensorsTemperatures(options?: TemperaturesOptions): Promise<Record<string, Temperature[]>> {
    checkOptions("Host.sensorsTemperatures", options, ["fahrenheit"]);
    const fahrenheit = flag("Host.sensorsTemperatures", "fahrenheit", options?.fahrenheit);
    const { chips } = await this.ask(METHODS.sensorsTemperatures, decodeSensorsTemperaturesResponse, options);
    return byName(chips, ({ temperatures }) =>
      temperatures.map((temperature) => completed(temperature, fahrenheit ? toFahrenheit : asItIs)),
    );
  }

  /** Fan speeds, revolutions per minute, by the name of the chip; empty where the host shows none. */
  async sensorsFans(options?: CallOptions): Promise<Record<string, Fan[]>> {
    checkOptions("Host.sensorsFans", options);
    const { chips } = await this.ask(METHODS.sensorsFans, decodeSensorsFansResponse, options);
    return byName(chips, ({ fans }) => fans);
  }

  /** The host's first battery; null without one, or if its charge is unknown. */
  async sensorsBattery(options?: CallOptions): Promise<(Battery & { readonly percent: number }) | null> {
    checkOptions("Host.sensorsBattery", options);
    const [first] = await this.#batteries(options);
    return first === undefined || first.percent === null ? null : { ...first, percent: first.percent };
  }

  /** All batteries, by name; psutil gives the first only. */
  async sensorsBatteries(options?: CallOptions): Promise<Battery[]> {
    checkOptions("Host.sensorsBatteries", options);
    return this.#batteries(options);
  }

  async #batteries(options: CallOptions | undefined): Promise<Battery[]> {
    const { batteries } = await this.ask(METHODS.sensorsBattery, decodeSensorsBatteryResponse, options);
    return batteries.map(battery);
  }
}

function battery({ name, percent, secsleft, unlimited, powerPlugged }: WireBattery): Battery {
  return { name, percent, secsleft: unlimited ? POWER_TIME_UNLIMITED : (secsleft ?? POWER_TIME_UNKNOWN), powerPlugged };
}

function completed({ label, current, high, critical }: Temperature, convert: (celsius: number) => number): Temperature {
  const highest = high ?? critical;
  const last = critical ?? high;
  return {
    label,
    current: convert(current),
    high: highest === null ? null : convert(highest),
    critical: last === null ? null : convert(last),
  };
}

const asItIs = (celsius: number) => celsius;
const toFahrenheit = (celsius: number) => (celsius * 9) / 5 + 32;
