// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/sensors.proto by protoc-gen-hostscope-plain; do not edit.

import { PlainReader } from "../../../wire/plain-reader.ts";
import { readSample, type Sample } from "./common_plain.ts";
import { ERROR_REASON_TEXTS, type ErrorReason } from "./error_plain.ts";
import { readWatchPace, type WatchPace } from "./watch_pace_plain.ts";

/**
 * Names the metrics of SensorsWatchResponse; each number equals the number of the field of the same name.
 *
 * - "unspecified": Not a metric; refused in requests.
 * - "sensors_temperatures": SensorsWatchResponse.sensors_temperatures.
 * - "sensors_fans": SensorsWatchResponse.sensors_fans.
 * - "sensors_battery": SensorsWatchResponse.sensors_battery.
 */
export type SensorsMetric =
  | "unspecified"
  | "sensors_temperatures"
  | "sensors_fans"
  | "sensors_battery";

/** Texts of SensorsMetric; the index is the number on the wire. */
export const SENSORS_METRIC_TEXTS: readonly SensorsMetric[] = [
  "unspecified",
  "unspecified",
  "unspecified",
  "unspecified",
  "unspecified",
  "unspecified",
  "unspecified",
  "unspecified",
  "unspecified",
  "unspecified",
  "sensors_temperatures",
  "sensors_fans",
  "sensors_battery",
];

/** Numbers of SensorsMetric on the wire, by text, for requests; "unspecified" cannot be asked for. */
export const SENSORS_METRIC_NUMBERS: ReadonlyMap<string, number> = new Map([
  ["sensors_temperatures", 10],
  ["sensors_fans", 11],
  ["sensors_battery", 12],
]);

/**
 * One temperature, degrees Celsius; gauges. Linux: temp*_ files of /sys/class/hwmon, in thousandths of a degree there.
 */
export interface Temperature {
  /** What it is the temperature of, e.g. "Core 0". Absent where the driver names none, where psutil gives "". */
  label: string | null;
  /** Now. */
  current: number;
  /** Above this it is too hot. Absent where the sensor tells none. */
  high: number | null;
  /** Above this the hardware protects itself. Absent where the sensor tells none. */
  critical: number | null;
}

/** Decodes a Temperature. Throws RangeError if the bytes are not one. */
export function decodeTemperature(bytes: Uint8Array): Temperature {
  return readTemperature(new PlainReader(bytes));
}

/** Reads a Temperature up to the reader's end; for decoders of messages that hold one. */
export function readTemperature(reader: PlainReader): Temperature {
  let label: string | null = null;
  let current: number = 0;
  let high: number | null = null;
  let critical: number | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        label = reader.string();
        break;
      case 17:
        current = reader.double();
        break;
      case 25:
        high = reader.double();
        break;
      case 33:
        critical = reader.double();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    label,
    current,
    high,
    critical,
  };
}

/** Temperatures of the chips of one name. Linux: file name beside the sensor; else the thermal zone's type. */
export interface TemperatureChip {
  /** Name of the driver or zone, e.g. "coretemp"; psutil's key. */
  name: string;
  /** Its temperatures. A sensor that cannot be read is left out. */
  temperatures: Temperature[];
}

/** Decodes a TemperatureChip. Throws RangeError if the bytes are not one. */
export function decodeTemperatureChip(bytes: Uint8Array): TemperatureChip {
  return readTemperatureChip(new PlainReader(bytes));
}

/** Reads a TemperatureChip up to the reader's end; for decoders of messages that hold one. */
export function readTemperatureChip(reader: PlainReader): TemperatureChip {
  let name: string = "";
  const temperatures: Temperature[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        name = reader.string();
        break;
      case 18: {
        const outer = reader.enter();
        temperatures.push(readTemperature(reader));
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    name,
    temperatures,
  };
}

/** Response of Sensors.SensorsTemperatures. */
export interface SensorsTemperaturesResponse {
  /** When the reading began. */
  sample: Sample | null;
  /** Chips by name, each name once; none where the host shows no sensor, as in most virtual machines. */
  chips: TemperatureChip[];
}

/** Decodes a SensorsTemperaturesResponse. Throws RangeError if the bytes are not one. */
export function decodeSensorsTemperaturesResponse(bytes: Uint8Array): SensorsTemperaturesResponse {
  return readSensorsTemperaturesResponse(new PlainReader(bytes));
}

/** Reads a SensorsTemperaturesResponse up to the reader's end; for decoders of messages that hold one. */
export function readSensorsTemperaturesResponse(reader: PlainReader): SensorsTemperaturesResponse {
  let sample: Sample | null = null;
  const chips: TemperatureChip[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        sample = readSample(reader);
        reader.leave(outer);
        break;
      }
      case 18: {
        const outer = reader.enter();
        chips.push(readTemperatureChip(reader));
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    sample,
    chips,
  };
}

/** One fan; a gauge. Linux: fan*_ files of /sys/class/hwmon. */
export interface Fan {
  /** What it cools, e.g. "cpu_fan". Absent where the driver names none, where psutil gives "". */
  label: string | null;
  /** Speed, revolutions per minute; 0 when it stands still. */
  current: number;
}

/** Decodes a Fan. Throws RangeError if the bytes are not one. */
export function decodeFan(bytes: Uint8Array): Fan {
  return readFan(new PlainReader(bytes));
}

/** Reads a Fan up to the reader's end; for decoders of messages that hold one. */
export function readFan(reader: PlainReader): Fan {
  let label: string | null = null;
  let current: number = 0;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        label = reader.string();
        break;
      case 16:
        current = reader.uint32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    label,
    current,
  };
}

/** Fans of the chips of one name. */
export interface FanChip {
  /** Name of the driver, e.g. "asus"; psutil's key. */
  name: string;
  /** Its fans. One that cannot be read is left out. */
  fans: Fan[];
}

/** Decodes a FanChip. Throws RangeError if the bytes are not one. */
export function decodeFanChip(bytes: Uint8Array): FanChip {
  return readFanChip(new PlainReader(bytes));
}

/** Reads a FanChip up to the reader's end; for decoders of messages that hold one. */
export function readFanChip(reader: PlainReader): FanChip {
  let name: string = "";
  const fans: Fan[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        name = reader.string();
        break;
      case 18: {
        const outer = reader.enter();
        fans.push(readFan(reader));
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    name,
    fans,
  };
}

/** Response of Sensors.SensorsFans. */
export interface SensorsFansResponse {
  /** When the reading began. */
  sample: Sample | null;
  /** Chips by name, each name once; none where the host shows no fan. */
  chips: FanChip[];
}

/** Decodes a SensorsFansResponse. Throws RangeError if the bytes are not one. */
export function decodeSensorsFansResponse(bytes: Uint8Array): SensorsFansResponse {
  return readSensorsFansResponse(new PlainReader(bytes));
}

/** Reads a SensorsFansResponse up to the reader's end; for decoders of messages that hold one. */
export function readSensorsFansResponse(reader: PlainReader): SensorsFansResponse {
  let sample: Sample | null = null;
  const chips: FanChip[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        sample = readSample(reader);
        reader.leave(outer);
        break;
      }
      case 18: {
        const outer = reader.enter();
        chips.push(readFanChip(reader));
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    sample,
    chips,
  };
}

/** One battery; gauges. Linux: /sys/class/power_supply. */
export interface Battery {
  /** Name, e.g. "BAT0". Absent on Windows, which gives all batteries as one. */
  name: string | null;
  /** Charge, 0 to 100; a little more where the battery holds more than it was known to. Absent if unknown. */
  percent: number | null;
  /** Seconds until it is empty, estimated. Absent if unknown (psutil's POWER_TIME_UNKNOWN) or without end. */
  secsleft: number | null;
  /** True if it will not run empty because power is connected; psutil's POWER_TIME_UNLIMITED. */
  unlimited: boolean;
  /** Whether power is connected. */
  powerPlugged: boolean | null;
}

/** Decodes a Battery. Throws RangeError if the bytes are not one. */
export function decodeBattery(bytes: Uint8Array): Battery {
  return readBattery(new PlainReader(bytes));
}

/** Reads a Battery up to the reader's end; for decoders of messages that hold one. */
export function readBattery(reader: PlainReader): Battery {
  let name: string | null = null;
  let percent: number | null = null;
  let secsleft: number | null = null;
  let unlimited: boolean = false;
  let powerPlugged: boolean | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        name = reader.string();
        break;
      case 17:
        percent = reader.double();
        break;
      case 24:
        secsleft = reader.uint64();
        break;
      case 32:
        unlimited = reader.bool();
        break;
      case 40:
        powerPlugged = reader.bool();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    name,
    percent,
    secsleft,
    unlimited,
    powerPlugged,
  };
}

/** Response of Sensors.SensorsBattery. */
export interface SensorsBatteryResponse {
  /** When the reading began. */
  sample: Sample | null;
  /** Batteries by name; the first is the one psutil gives. None on a host without. */
  batteries: Battery[];
}

/** Decodes a SensorsBatteryResponse. Throws RangeError if the bytes are not one. */
export function decodeSensorsBatteryResponse(bytes: Uint8Array): SensorsBatteryResponse {
  return readSensorsBatteryResponse(new PlainReader(bytes));
}

/** Reads a SensorsBatteryResponse up to the reader's end; for decoders of messages that hold one. */
export function readSensorsBatteryResponse(reader: PlainReader): SensorsBatteryResponse {
  let sample: Sample | null = null;
  const batteries: Battery[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        sample = readSample(reader);
        reader.leave(outer);
        break;
      }
      case 18: {
        const outer = reader.enter();
        batteries.push(readBattery(reader));
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    sample,
    batteries,
  };
}

/** A metric that was asked for and cannot be read. */
export interface SensorsMetricFailure {
  /** Which. */
  metric: SensorsMetric;
  /** Why. */
  reason: ErrorReason;
  /** The operating system's error number, where one was given. */
  osError: number | null;
}

/** Decodes a SensorsMetricFailure. Throws RangeError if the bytes are not one. */
export function decodeSensorsMetricFailure(bytes: Uint8Array): SensorsMetricFailure {
  return readSensorsMetricFailure(new PlainReader(bytes));
}

/** Reads a SensorsMetricFailure up to the reader's end; for decoders of messages that hold one. */
export function readSensorsMetricFailure(reader: PlainReader): SensorsMetricFailure {
  let metric: SensorsMetric = "unspecified";
  let reason: ErrorReason = "unspecified";
  let osError: number | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        metric = SENSORS_METRIC_TEXTS[reader.int32()] ?? "unspecified";
        break;
      case 16:
        reason = ERROR_REASON_TEXTS[reader.int32()] ?? "unspecified";
        break;
      case 24:
        osError = reader.int32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    metric,
    reason,
    osError,
  };
}

/** All temperatures, in a message of Sensors.Watch. */
export interface TemperaturesWatch {
  /** Chips as SensorsTemperatures gives them. */
  chips: TemperatureChip[];
}

/** Decodes a TemperaturesWatch. Throws RangeError if the bytes are not one. */
export function decodeTemperaturesWatch(bytes: Uint8Array): TemperaturesWatch {
  return readTemperaturesWatch(new PlainReader(bytes));
}

/** Reads a TemperaturesWatch up to the reader's end; for decoders of messages that hold one. */
export function readTemperaturesWatch(reader: PlainReader): TemperaturesWatch {
  const chips: TemperatureChip[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        chips.push(readTemperatureChip(reader));
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    chips,
  };
}

/** All fans, in a message of Sensors.Watch. */
export interface FansWatch {
  /** Chips as SensorsFans gives them. */
  chips: FanChip[];
}

/** Decodes a FansWatch. Throws RangeError if the bytes are not one. */
export function decodeFansWatch(bytes: Uint8Array): FansWatch {
  return readFansWatch(new PlainReader(bytes));
}

/** Reads a FansWatch up to the reader's end; for decoders of messages that hold one. */
export function readFansWatch(reader: PlainReader): FansWatch {
  const chips: FanChip[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        chips.push(readFanChip(reader));
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    chips,
  };
}

/** All batteries, in a message of Sensors.Watch. */
export interface BatteryWatch {
  /** Batteries as SensorsBattery gives them. */
  batteries: Battery[];
}

/** Decodes a BatteryWatch. Throws RangeError if the bytes are not one. */
export function decodeBatteryWatch(bytes: Uint8Array): BatteryWatch {
  return readBatteryWatch(new PlainReader(bytes));
}

/** Reads a BatteryWatch up to the reader's end; for decoders of messages that hold one. */
export function readBatteryWatch(reader: PlainReader): BatteryWatch {
  const batteries: Battery[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        batteries.push(readBattery(reader));
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    batteries,
  };
}

/**
 * One message of Sensors.Watch, sent after each collection. It works as SystemWatchResponse does: a metric that is
 * absent is as it was, and a message with neither metric nor failure is a heartbeat.
 */
export interface SensorsWatchResponse {
  /** True if it tells of every metric asked for, by value or failure; the client drops what it had. The first does. */
  snapshot: boolean;
  /** Number of the collection, as in ProcessWatchResponse. */
  sequence: number;
  /** When the collection was done: nothing it tells of is later. */
  sample: Sample | null;
  /** Seconds since the collection before, as measured; absent in the first. */
  interval: number | null;
  /** Collections this reader was too slow for; what changed in them is merged into this message. */
  dropped: number;
  /** True if collections are missing between the message before and this one, e.g. after the agent was stopped. */
  gap: boolean;
  /** Metrics that cannot be read; they have no value until a later message gives one. */
  failures: SensorsMetricFailure[];
  /** In a snapshot, and whenever it has changed. */
  pace: WatchPace | null;
  /** Temperatures, all of them. */
  sensorsTemperatures: TemperaturesWatch | null;
  /** Fans, all of them. */
  sensorsFans: FansWatch | null;
  /** Batteries, all of them. */
  sensorsBattery: BatteryWatch | null;
}

/** Decodes a SensorsWatchResponse. Throws RangeError if the bytes are not one. */
export function decodeSensorsWatchResponse(bytes: Uint8Array): SensorsWatchResponse {
  return readSensorsWatchResponse(new PlainReader(bytes));
}

/** Reads a SensorsWatchResponse up to the reader's end; for decoders of messages that hold one. */
export function readSensorsWatchResponse(reader: PlainReader): SensorsWatchResponse {
  let snapshot: boolean = false;
  let sequence: number = 0;
  let sample: Sample | null = null;
  let interval: number | null = null;
  let dropped: number = 0;
  let gap: boolean = false;
  const failures: SensorsMetricFailure[] = [];
  let pace: WatchPace | null = null;
  let sensorsTemperatures: TemperaturesWatch | null = null;
  let sensorsFans: FansWatch | null = null;
  let sensorsBattery: BatteryWatch | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        snapshot = reader.bool();
        break;
      case 16:
        sequence = reader.uint64();
        break;
      case 26: {
        const outer = reader.enter();
        sample = readSample(reader);
        reader.leave(outer);
        break;
      }
      case 33:
        interval = reader.double();
        break;
      case 40:
        dropped = reader.uint32();
        break;
      case 48:
        gap = reader.bool();
        break;
      case 58: {
        const outer = reader.enter();
        failures.push(readSensorsMetricFailure(reader));
        reader.leave(outer);
        break;
      }
      case 66: {
        const outer = reader.enter();
        pace = readWatchPace(reader);
        reader.leave(outer);
        break;
      }
      case 82: {
        const outer = reader.enter();
        sensorsTemperatures = readTemperaturesWatch(reader);
        reader.leave(outer);
        break;
      }
      case 90: {
        const outer = reader.enter();
        sensorsFans = readFansWatch(reader);
        reader.leave(outer);
        break;
      }
      case 98: {
        const outer = reader.enter();
        sensorsBattery = readBatteryWatch(reader);
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    snapshot,
    sequence,
    sample,
    interval,
    dropped,
    gap,
    failures,
    pace,
    sensorsTemperatures,
    sensorsFans,
    sensorsBattery,
  };
}
