// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/system_watch.proto by protoc-gen-hostscope-plain; do not edit.

import { PlainReader } from "../../../wire/plain-reader.ts";
import { readSample, type Sample } from "./common_plain.ts";
import {
  readCpuCount,
  readCpuFreq,
  readCpuPercent,
  readCpuStats,
  readCpuTimes,
  readCpuTimesPercent,
  readLoadAverage,
  type CpuCount,
  type CpuFreq,
  type CpuPercent,
  type CpuStats,
  type CpuTimes,
  type CpuTimesPercent,
  type LoadAverage,
} from "./cpu_plain.ts";
import {
  readDiskIoCounters,
  readDiskPartition,
  readDiskUsage,
  type DiskIoCounters,
  type DiskPartition,
  type DiskUsage,
} from "./disk_plain.ts";
import { ERROR_REASON_TEXTS, type ErrorReason } from "./error_plain.ts";
import { readSwapMemory, readVirtualMemory, type SwapMemory, type VirtualMemory } from "./memory_plain.ts";
import {
  readNetIfAddrs,
  readNetIfStats,
  readNetIoCounters,
  type NetIfAddrs,
  type NetIfStats,
  type NetIoCounters,
} from "./network_plain.ts";
import { readWatchPace, type WatchPace } from "./watch_pace_plain.ts";

/**
 * Names the metrics of SystemWatchResponse; each number equals the number of the field of the same name.
 *
 * - "unspecified": Not a metric; refused in requests.
 * - "cpu_times": SystemWatchResponse.cpu_times.
 * - "cpu_percent": SystemWatchResponse.cpu_percent.
 * - "cpu_times_percent": SystemWatchResponse.cpu_times_percent.
 * - "cpu_count": SystemWatchResponse.cpu_count.
 * - "cpu_stats": SystemWatchResponse.cpu_stats.
 * - "cpu_freq": SystemWatchResponse.cpu_freq.
 * - "getloadavg": SystemWatchResponse.getloadavg.
 * - "virtual_memory": SystemWatchResponse.virtual_memory.
 * - "swap_memory": SystemWatchResponse.swap_memory.
 * - "disk_partitions": SystemWatchResponse.disk_partitions.
 * - "disk_usage": SystemWatchResponse.disk_usage.
 * - "disk_io_counters": SystemWatchResponse.disk_io_counters.
 * - "net_io_counters": SystemWatchResponse.net_io_counters.
 * - "net_if_addrs": SystemWatchResponse.net_if_addrs.
 * - "net_if_stats": SystemWatchResponse.net_if_stats.
 * - "boot_time": SystemWatchResponse.boot_time.
 */
export type SystemMetric =
  | "unspecified"
  | "cpu_times"
  | "cpu_percent"
  | "cpu_times_percent"
  | "cpu_count"
  | "cpu_stats"
  | "cpu_freq"
  | "getloadavg"
  | "virtual_memory"
  | "swap_memory"
  | "disk_partitions"
  | "disk_usage"
  | "disk_io_counters"
  | "net_io_counters"
  | "net_if_addrs"
  | "net_if_stats"
  | "boot_time";

/** Texts of SystemMetric; the index is the number on the wire. */
export const SYSTEM_METRIC_TEXTS: readonly SystemMetric[] = [
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
  "cpu_times",
  "cpu_percent",
  "cpu_times_percent",
  "cpu_count",
  "cpu_stats",
  "cpu_freq",
  "getloadavg",
  "virtual_memory",
  "swap_memory",
  "disk_partitions",
  "disk_usage",
  "disk_io_counters",
  "net_io_counters",
  "net_if_addrs",
  "net_if_stats",
  "boot_time",
];

/** Numbers of SystemMetric on the wire, by text, for requests; "unspecified" cannot be asked for. */
export const SYSTEM_METRIC_NUMBERS: ReadonlyMap<string, number> = new Map([
  ["cpu_times", 10],
  ["cpu_percent", 11],
  ["cpu_times_percent", 12],
  ["cpu_count", 13],
  ["cpu_stats", 14],
  ["cpu_freq", 15],
  ["getloadavg", 16],
  ["virtual_memory", 17],
  ["swap_memory", 18],
  ["disk_partitions", 19],
  ["disk_usage", 20],
  ["disk_io_counters", 21],
  ["net_io_counters", 22],
  ["net_if_addrs", 23],
  ["net_if_stats", 24],
  ["boot_time", 25],
]);

/** A metric that was asked for and cannot be read. */
export interface SystemMetricFailure {
  /** Which. */
  metric: SystemMetric;
  /** Why. */
  reason: ErrorReason;
  /** The operating system's error number, where one was given. */
  osError: number | null;
}

/** Decodes a SystemMetricFailure. Throws RangeError if the bytes are not one. */
export function decodeSystemMetricFailure(bytes: Uint8Array): SystemMetricFailure {
  return readSystemMetricFailure(new PlainReader(bytes));
}

/** Reads a SystemMetricFailure up to the reader's end; for decoders of messages that hold one. */
export function readSystemMetricFailure(reader: PlainReader): SystemMetricFailure {
  let metric: SystemMetric = "unspecified";
  let reason: ErrorReason = "unspecified";
  let osError: number | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        metric = SYSTEM_METRIC_TEXTS[reader.int32()] ?? "unspecified";
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

/** CPU time since boot. */
export interface CpuTimesWatch {
  /** All CPUs together. */
  total: CpuTimes | null;
  /** Each online CPU, ascending by number, if percpu was asked for. */
  cpus: CpuTimes[];
}

/** Decodes a CpuTimesWatch. Throws RangeError if the bytes are not one. */
export function decodeCpuTimesWatch(bytes: Uint8Array): CpuTimesWatch {
  return readCpuTimesWatch(new PlainReader(bytes));
}

/** Reads a CpuTimesWatch up to the reader's end; for decoders of messages that hold one. */
export function readCpuTimesWatch(reader: PlainReader): CpuTimesWatch {
  let total: CpuTimes | null = null;
  const cpus: CpuTimes[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        total = readCpuTimes(reader);
        reader.leave(outer);
        break;
      }
      case 18: {
        const outer = reader.enter();
        cpus.push(readCpuTimes(reader));
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    total,
    cpus,
  };
}

/** Use of the CPUs since the collection before; in the first message over 0.1 seconds. */
export interface CpuPercentWatch {
  /** Seconds measured over. */
  interval: number;
  /** All CPUs together, 0 to 100. Absent if no counter moved. */
  percent: number | null;
  /** Each CPU, as in CpuPercentResponse, if percpu was asked for. */
  cpus: CpuPercent[];
}

/** Decodes a CpuPercentWatch. Throws RangeError if the bytes are not one. */
export function decodeCpuPercentWatch(bytes: Uint8Array): CpuPercentWatch {
  return readCpuPercentWatch(new PlainReader(bytes));
}

/** Reads a CpuPercentWatch up to the reader's end; for decoders of messages that hold one. */
export function readCpuPercentWatch(reader: PlainReader): CpuPercentWatch {
  let interval: number = 0;
  let percent: number | null = null;
  const cpus: CpuPercent[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 9:
        interval = reader.double();
        break;
      case 17:
        percent = reader.double();
        break;
      case 26: {
        const outer = reader.enter();
        cpus.push(readCpuPercent(reader));
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    interval,
    percent,
    cpus,
  };
}

/** Shares of CPU time since the collection before; in the first message over 0.1 seconds. */
export interface CpuTimesPercentWatch {
  /** Seconds measured over. */
  interval: number;
  /** All CPUs together. Absent if no counter moved. */
  total: CpuTimesPercent | null;
  /** Each CPU, as in CpuTimesPercentResponse, if percpu was asked for. */
  cpus: CpuTimesPercent[];
}

/** Decodes a CpuTimesPercentWatch. Throws RangeError if the bytes are not one. */
export function decodeCpuTimesPercentWatch(bytes: Uint8Array): CpuTimesPercentWatch {
  return readCpuTimesPercentWatch(new PlainReader(bytes));
}

/** Reads a CpuTimesPercentWatch up to the reader's end; for decoders of messages that hold one. */
export function readCpuTimesPercentWatch(reader: PlainReader): CpuTimesPercentWatch {
  let interval: number = 0;
  let total: CpuTimesPercent | null = null;
  const cpus: CpuTimesPercent[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 9:
        interval = reader.double();
        break;
      case 18: {
        const outer = reader.enter();
        total = readCpuTimesPercent(reader);
        reader.leave(outer);
        break;
      }
      case 26: {
        const outer = reader.enter();
        cpus.push(readCpuTimesPercent(reader));
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    interval,
    total,
    cpus,
  };
}

/**
 * What the CPUs did, and how often per second since the collection before; in the first message
 * over 0.1 seconds.
 */
export interface CpuStatsWatch {
  /** Counters since boot. */
  cpuStats: CpuStats | null;
  /** Context switches per second; a gauge. */
  ctxSwitchesRate: number | null;
  /** Hardware interrupts per second; a gauge. */
  interruptsRate: number | null;
  /** Soft interrupts per second; a gauge. Not on Windows. */
  softInterruptsRate: number | null;
  /** System calls per second; a gauge. Not on Linux. */
  syscallsRate: number | null;
}

/** Decodes a CpuStatsWatch. Throws RangeError if the bytes are not one. */
export function decodeCpuStatsWatch(bytes: Uint8Array): CpuStatsWatch {
  return readCpuStatsWatch(new PlainReader(bytes));
}

/** Reads a CpuStatsWatch up to the reader's end; for decoders of messages that hold one. */
export function readCpuStatsWatch(reader: PlainReader): CpuStatsWatch {
  let cpuStats: CpuStats | null = null;
  let ctxSwitchesRate: number | null = null;
  let interruptsRate: number | null = null;
  let softInterruptsRate: number | null = null;
  let syscallsRate: number | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        cpuStats = readCpuStats(reader);
        reader.leave(outer);
        break;
      }
      case 17:
        ctxSwitchesRate = reader.double();
        break;
      case 25:
        interruptsRate = reader.double();
        break;
      case 33:
        softInterruptsRate = reader.double();
        break;
      case 41:
        syscallsRate = reader.double();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    cpuStats,
    ctxSwitchesRate,
    interruptsRate,
    softInterruptsRate,
    syscallsRate,
  };
}

/** Clock frequencies. */
export interface CpuFreqWatch {
  /** Mean over all CPUs. Absent if the host does not tell. */
  average: CpuFreq | null;
  /** Each CPU that tells, ascending by number, if percpu was asked for. */
  cpus: CpuFreq[];
}

/** Decodes a CpuFreqWatch. Throws RangeError if the bytes are not one. */
export function decodeCpuFreqWatch(bytes: Uint8Array): CpuFreqWatch {
  return readCpuFreqWatch(new PlainReader(bytes));
}

/** Reads a CpuFreqWatch up to the reader's end; for decoders of messages that hold one. */
export function readCpuFreqWatch(reader: PlainReader): CpuFreqWatch {
  let average: CpuFreq | null = null;
  const cpus: CpuFreq[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        average = readCpuFreq(reader);
        reader.leave(outer);
        break;
      }
      case 18: {
        const outer = reader.enter();
        cpus.push(readCpuFreq(reader));
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    average,
    cpus,
  };
}

/**
 * Swap space, and its traffic since the collection before; in the first message over 0.1 seconds. Rates are absent on
 * Windows.
 */
export interface SwapMemoryWatch {
  /** The space. */
  swapMemory: SwapMemory | null;
  /** Bytes per second read back; a gauge. */
  sinRate: number | null;
  /** Bytes per second written out; a gauge. */
  soutRate: number | null;
}

/** Decodes a SwapMemoryWatch. Throws RangeError if the bytes are not one. */
export function decodeSwapMemoryWatch(bytes: Uint8Array): SwapMemoryWatch {
  return readSwapMemoryWatch(new PlainReader(bytes));
}

/** Reads a SwapMemoryWatch up to the reader's end; for decoders of messages that hold one. */
export function readSwapMemoryWatch(reader: PlainReader): SwapMemoryWatch {
  let swapMemory: SwapMemory | null = null;
  let sinRate: number | null = null;
  let soutRate: number | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        swapMemory = readSwapMemory(reader);
        reader.leave(outer);
        break;
      }
      case 17:
        sinRate = reader.double();
        break;
      case 25:
        soutRate = reader.double();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    swapMemory,
    sinRate,
    soutRate,
  };
}

/** Mounted file systems, all of them. */
export interface DiskPartitionsWatch {
  /** Mounts as DiskPartitions gives them. */
  partitions: DiskPartition[];
}

/** Decodes a DiskPartitionsWatch. Throws RangeError if the bytes are not one. */
export function decodeDiskPartitionsWatch(bytes: Uint8Array): DiskPartitionsWatch {
  return readDiskPartitionsWatch(new PlainReader(bytes));
}

/** Reads a DiskPartitionsWatch up to the reader's end; for decoders of messages that hold one. */
export function readDiskPartitionsWatch(reader: PlainReader): DiskPartitionsWatch {
  const partitions: DiskPartition[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        partitions.push(readDiskPartition(reader));
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    partitions,
  };
}

/** Space of one mounted file system. */
export interface MountUsage {
  /** Where it is mounted. */
  mountpoint: string;
  /** Its space. Absent if the file system did not answer in time or refused. */
  diskUsage: DiskUsage | null;
}

/** Decodes a MountUsage. Throws RangeError if the bytes are not one. */
export function decodeMountUsage(bytes: Uint8Array): MountUsage {
  return readMountUsage(new PlainReader(bytes));
}

/** Reads a MountUsage up to the reader's end; for decoders of messages that hold one. */
export function readMountUsage(reader: PlainReader): MountUsage {
  let mountpoint: string = "";
  let diskUsage: DiskUsage | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        mountpoint = reader.string();
        break;
      case 18: {
        const outer = reader.enter();
        diskUsage = readDiskUsage(reader);
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    mountpoint,
    diskUsage,
  };
}

/** Space of the mounted file systems, all of them. */
export interface DiskUsageWatch {
  /** One entry for each mount. */
  mounts: MountUsage[];
}

/** Decodes a DiskUsageWatch. Throws RangeError if the bytes are not one. */
export function decodeDiskUsageWatch(bytes: Uint8Array): DiskUsageWatch {
  return readDiskUsageWatch(new PlainReader(bytes));
}

/** Reads a DiskUsageWatch up to the reader's end; for decoders of messages that hold one. */
export function readDiskUsageWatch(reader: PlainReader): DiskUsageWatch {
  const mounts: MountUsage[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        mounts.push(readMountUsage(reader));
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    mounts,
  };
}

/** Input and output of a disk, per second since the collection before; gauges. */
export interface DiskIoRates {
  /** Reads completed per second. */
  readCount: number;
  /** Writes completed per second. */
  writeCount: number;
  /** Bytes read per second. */
  readBytes: number;
  /** Bytes written per second. */
  writeBytes: number;
  /** Share of the interval during which a request was in flight, percent. Linux, FreeBSD; not in a total. */
  busyPercent: number | null;
}

/** Decodes a DiskIoRates. Throws RangeError if the bytes are not one. */
export function decodeDiskIoRates(bytes: Uint8Array): DiskIoRates {
  return readDiskIoRates(new PlainReader(bytes));
}

/** Reads a DiskIoRates up to the reader's end; for decoders of messages that hold one. */
export function readDiskIoRates(reader: PlainReader): DiskIoRates {
  let readCount: number = 0;
  let writeCount: number = 0;
  let readBytes: number = 0;
  let writeBytes: number = 0;
  let busyPercent: number | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 9:
        readCount = reader.double();
        break;
      case 17:
        writeCount = reader.double();
        break;
      case 25:
        readBytes = reader.double();
        break;
      case 33:
        writeBytes = reader.double();
        break;
      case 41:
        busyPercent = reader.double();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    readCount,
    writeCount,
    readBytes,
    writeBytes,
    busyPercent,
  };
}

/** Input and output of one disk, or of all. */
export interface DiskIoActivity {
  /** Counters since boot, wraps undone. */
  counters: DiskIoCounters | null;
  /** Rates. Absent where the reading before did not have this disk; in the first message over 0.1 seconds. */
  rates: DiskIoRates | null;
}

/** Decodes a DiskIoActivity. Throws RangeError if the bytes are not one. */
export function decodeDiskIoActivity(bytes: Uint8Array): DiskIoActivity {
  return readDiskIoActivity(new PlainReader(bytes));
}

/** Reads a DiskIoActivity up to the reader's end; for decoders of messages that hold one. */
export function readDiskIoActivity(reader: PlainReader): DiskIoActivity {
  let counters: DiskIoCounters | null = null;
  let rates: DiskIoRates | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        counters = readDiskIoCounters(reader);
        reader.leave(outer);
        break;
      }
      case 18: {
        const outer = reader.enter();
        rates = readDiskIoRates(reader);
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    counters,
    rates,
  };
}

/** Input and output of the disks. */
export interface DiskIoWatch {
  /** Whole devices summed. Absent on a host without disks. */
  total: DiskIoActivity | null;
  /** Each device, if perdisk was asked for. */
  disks: DiskIoActivity[];
}

/** Decodes a DiskIoWatch. Throws RangeError if the bytes are not one. */
export function decodeDiskIoWatch(bytes: Uint8Array): DiskIoWatch {
  return readDiskIoWatch(new PlainReader(bytes));
}

/** Reads a DiskIoWatch up to the reader's end; for decoders of messages that hold one. */
export function readDiskIoWatch(reader: PlainReader): DiskIoWatch {
  let total: DiskIoActivity | null = null;
  const disks: DiskIoActivity[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        total = readDiskIoActivity(reader);
        reader.leave(outer);
        break;
      }
      case 18: {
        const outer = reader.enter();
        disks.push(readDiskIoActivity(reader));
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    total,
    disks,
  };
}

/** Traffic of a network interface, per second since the collection before; gauges. */
export interface NetIoRates {
  /** Bytes sent per second. */
  bytesSent: number;
  /** Bytes received per second. */
  bytesRecv: number;
  /** Packets sent per second. */
  packetsSent: number;
  /** Packets received per second. */
  packetsRecv: number;
  /** Errors per second while receiving. */
  errin: number;
  /** Errors per second while sending. */
  errout: number;
  /** Received packets dropped per second. */
  dropin: number;
  /** Packets per second dropped instead of sent. Not on macOS and BSD. */
  dropout: number | null;
}

/** Decodes a NetIoRates. Throws RangeError if the bytes are not one. */
export function decodeNetIoRates(bytes: Uint8Array): NetIoRates {
  return readNetIoRates(new PlainReader(bytes));
}

/** Reads a NetIoRates up to the reader's end; for decoders of messages that hold one. */
export function readNetIoRates(reader: PlainReader): NetIoRates {
  let bytesSent: number = 0;
  let bytesRecv: number = 0;
  let packetsSent: number = 0;
  let packetsRecv: number = 0;
  let errin: number = 0;
  let errout: number = 0;
  let dropin: number = 0;
  let dropout: number | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 9:
        bytesSent = reader.double();
        break;
      case 17:
        bytesRecv = reader.double();
        break;
      case 25:
        packetsSent = reader.double();
        break;
      case 33:
        packetsRecv = reader.double();
        break;
      case 41:
        errin = reader.double();
        break;
      case 49:
        errout = reader.double();
        break;
      case 57:
        dropin = reader.double();
        break;
      case 65:
        dropout = reader.double();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    bytesSent,
    bytesRecv,
    packetsSent,
    packetsRecv,
    errin,
    errout,
    dropin,
    dropout,
  };
}

/** Traffic of one network interface, or of all. */
export interface NetIoActivity {
  /** Counters since the interface appeared, wraps undone. */
  counters: NetIoCounters | null;
  /**
   * Rates. Absent where the reading before did not have this interface; in the first message over 0.1
   * seconds.
   */
  rates: NetIoRates | null;
}

/** Decodes a NetIoActivity. Throws RangeError if the bytes are not one. */
export function decodeNetIoActivity(bytes: Uint8Array): NetIoActivity {
  return readNetIoActivity(new PlainReader(bytes));
}

/** Reads a NetIoActivity up to the reader's end; for decoders of messages that hold one. */
export function readNetIoActivity(reader: PlainReader): NetIoActivity {
  let counters: NetIoCounters | null = null;
  let rates: NetIoRates | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        counters = readNetIoCounters(reader);
        reader.leave(outer);
        break;
      }
      case 18: {
        const outer = reader.enter();
        rates = readNetIoRates(reader);
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    counters,
    rates,
  };
}

/** Traffic of the network interfaces. */
export interface NetIoWatch {
  /** All interfaces summed. Absent on a host without interfaces. */
  total: NetIoActivity | null;
  /** Each interface, if pernic was asked for. */
  nics: NetIoActivity[];
}

/** Decodes a NetIoWatch. Throws RangeError if the bytes are not one. */
export function decodeNetIoWatch(bytes: Uint8Array): NetIoWatch {
  return readNetIoWatch(new PlainReader(bytes));
}

/** Reads a NetIoWatch up to the reader's end; for decoders of messages that hold one. */
export function readNetIoWatch(reader: PlainReader): NetIoWatch {
  let total: NetIoActivity | null = null;
  const nics: NetIoActivity[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        total = readNetIoActivity(reader);
        reader.leave(outer);
        break;
      }
      case 18: {
        const outer = reader.enter();
        nics.push(readNetIoActivity(reader));
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    total,
    nics,
  };
}

/** Addresses of the network interfaces, all of them. */
export interface NetIfAddrsWatch {
  /** Interfaces as NetIfAddrs gives them. */
  nics: NetIfAddrs[];
}

/** Decodes a NetIfAddrsWatch. Throws RangeError if the bytes are not one. */
export function decodeNetIfAddrsWatch(bytes: Uint8Array): NetIfAddrsWatch {
  return readNetIfAddrsWatch(new PlainReader(bytes));
}

/** Reads a NetIfAddrsWatch up to the reader's end; for decoders of messages that hold one. */
export function readNetIfAddrsWatch(reader: PlainReader): NetIfAddrsWatch {
  const nics: NetIfAddrs[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        nics.push(readNetIfAddrs(reader));
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    nics,
  };
}

/** State of the network interfaces, all of them. */
export interface NetIfStatsWatch {
  /** Interfaces as NetIfStats gives them. */
  nics: NetIfStats[];
}

/** Decodes a NetIfStatsWatch. Throws RangeError if the bytes are not one. */
export function decodeNetIfStatsWatch(bytes: Uint8Array): NetIfStatsWatch {
  return readNetIfStatsWatch(new PlainReader(bytes));
}

/** Reads a NetIfStatsWatch up to the reader's end; for decoders of messages that hold one. */
export function readNetIfStatsWatch(reader: PlainReader): NetIfStatsWatch {
  const nics: NetIfStats[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        nics.push(readNetIfStats(reader));
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    nics,
  };
}

/**
 * One message of System.Watch, sent after each collection. A metric that is absent is as it was; one that is there
 * replaces the value before as a whole. A message with neither metric nor failure is a heartbeat.
 */
export interface SystemWatchResponse {
  /** True if it tells of every metric asked for, by value or failure; the client drops what it had. The first does. */
  snapshot: boolean;
  /** Number of the collection, as in ProcessWatchResponse. */
  sequence: number;
  /** When the collection was done: nothing it tells of is later. */
  sample: Sample | null;
  /** Seconds since the collection before, as measured; percents and rates are over it. Absent in the first. */
  interval: number | null;
  /** Collections this reader was too slow for; what changed in them is merged into this message. */
  dropped: number;
  /** True if collections are missing between the message before and this one, e.g. after the agent was stopped. */
  gap: boolean;
  /** Metrics that cannot be read; they have no value until a later message gives one. */
  failures: SystemMetricFailure[];
  /** In a snapshot, and whenever it has changed. */
  pace: WatchPace | null;
  /** CPU time since boot, of all CPUs and each. */
  cpuTimes: CpuTimesWatch | null;
  /** Use of the CPUs since the collection before. */
  cpuPercent: CpuPercentWatch | null;
  /** Shares of CPU time since the collection before. */
  cpuTimesPercent: CpuTimesPercentWatch | null;
  /** Number of CPUs and cores. */
  cpuCount: CpuCount | null;
  /** Context switches, interrupts, system calls, and their rates. */
  cpuStats: CpuStatsWatch | null;
  /** Clock frequencies. */
  cpuFreq: CpuFreqWatch | null;
  /** Load averages. */
  getloadavg: LoadAverage | null;
  /** Physical memory. */
  virtualMemory: VirtualMemory | null;
  /** Swap space, and its rates. */
  swapMemory: SwapMemoryWatch | null;
  /** Mounted file systems. */
  diskPartitions: DiskPartitionsWatch | null;
  /** Space of each mounted file system. */
  diskUsage: DiskUsageWatch | null;
  /** Input and output of disks, and their rates. */
  diskIoCounters: DiskIoWatch | null;
  /** Traffic of network interfaces, and their rates. */
  netIoCounters: NetIoWatch | null;
  /** Addresses of network interfaces. */
  netIfAddrs: NetIfAddrsWatch | null;
  /** State of network interfaces. */
  netIfStats: NetIfStatsWatch | null;
  /** When the host booted, seconds since the epoch; changes when the wall clock is set. */
  bootTime: number | null;
}

/** Decodes a SystemWatchResponse. Throws RangeError if the bytes are not one. */
export function decodeSystemWatchResponse(bytes: Uint8Array): SystemWatchResponse {
  return readSystemWatchResponse(new PlainReader(bytes));
}

/** Reads a SystemWatchResponse up to the reader's end; for decoders of messages that hold one. */
export function readSystemWatchResponse(reader: PlainReader): SystemWatchResponse {
  let snapshot: boolean = false;
  let sequence: number = 0;
  let sample: Sample | null = null;
  let interval: number | null = null;
  let dropped: number = 0;
  let gap: boolean = false;
  const failures: SystemMetricFailure[] = [];
  let pace: WatchPace | null = null;
  let cpuTimes: CpuTimesWatch | null = null;
  let cpuPercent: CpuPercentWatch | null = null;
  let cpuTimesPercent: CpuTimesPercentWatch | null = null;
  let cpuCount: CpuCount | null = null;
  let cpuStats: CpuStatsWatch | null = null;
  let cpuFreq: CpuFreqWatch | null = null;
  let getloadavg: LoadAverage | null = null;
  let virtualMemory: VirtualMemory | null = null;
  let swapMemory: SwapMemoryWatch | null = null;
  let diskPartitions: DiskPartitionsWatch | null = null;
  let diskUsage: DiskUsageWatch | null = null;
  let diskIoCounters: DiskIoWatch | null = null;
  let netIoCounters: NetIoWatch | null = null;
  let netIfAddrs: NetIfAddrsWatch | null = null;
  let netIfStats: NetIfStatsWatch | null = null;
  let bootTime: number | null = null;
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
        failures.push(readSystemMetricFailure(reader));
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
        cpuTimes = readCpuTimesWatch(reader);
        reader.leave(outer);
        break;
      }
      case 90: {
        const outer = reader.enter();
        cpuPercent = readCpuPercentWatch(reader);
        reader.leave(outer);
        break;
      }
      case 98: {
        const outer = reader.enter();
        cpuTimesPercent = readCpuTimesPercentWatch(reader);
        reader.leave(outer);
        break;
      }
      case 106: {
        const outer = reader.enter();
        cpuCount = readCpuCount(reader);
        reader.leave(outer);
        break;
      }
      case 114: {
        const outer = reader.enter();
        cpuStats = readCpuStatsWatch(reader);
        reader.leave(outer);
        break;
      }
      case 122: {
        const outer = reader.enter();
        cpuFreq = readCpuFreqWatch(reader);
        reader.leave(outer);
        break;
      }
      case 130: {
        const outer = reader.enter();
        getloadavg = readLoadAverage(reader);
        reader.leave(outer);
        break;
      }
      case 138: {
        const outer = reader.enter();
        virtualMemory = readVirtualMemory(reader);
        reader.leave(outer);
        break;
      }
      case 146: {
        const outer = reader.enter();
        swapMemory = readSwapMemoryWatch(reader);
        reader.leave(outer);
        break;
      }
      case 154: {
        const outer = reader.enter();
        diskPartitions = readDiskPartitionsWatch(reader);
        reader.leave(outer);
        break;
      }
      case 162: {
        const outer = reader.enter();
        diskUsage = readDiskUsageWatch(reader);
        reader.leave(outer);
        break;
      }
      case 170: {
        const outer = reader.enter();
        diskIoCounters = readDiskIoWatch(reader);
        reader.leave(outer);
        break;
      }
      case 178: {
        const outer = reader.enter();
        netIoCounters = readNetIoWatch(reader);
        reader.leave(outer);
        break;
      }
      case 186: {
        const outer = reader.enter();
        netIfAddrs = readNetIfAddrsWatch(reader);
        reader.leave(outer);
        break;
      }
      case 194: {
        const outer = reader.enter();
        netIfStats = readNetIfStatsWatch(reader);
        reader.leave(outer);
        break;
      }
      case 201:
        bootTime = reader.double();
        break;
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
    cpuTimes,
    cpuPercent,
    cpuTimesPercent,
    cpuCount,
    cpuStats,
    cpuFreq,
    getloadavg,
    virtualMemory,
    swapMemory,
    diskPartitions,
    diskUsage,
    diskIoCounters,
    netIoCounters,
    netIfAddrs,
    netIfStats,
    bootTime,
  };
}
