// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/cpu.proto by protoc-gen-hostscope-plain; do not edit.

import { PlainReader } from "../../../wire/plain-reader.ts";
import { readSample, type Sample } from "./common_plain.ts";

/**
 * CPU time since boot, seconds; counters. Linux: a "cpu" line of /proc/stat, in clock ticks there. A counter may step
 * back a little, so clamp differences at zero.
 */
export interface CpuTimes {
  /** The kernel's number of this CPU; absent in a total over all CPUs. */
  cpu: number | null;
  /** In user mode. Linux: includes guest. */
  user: number;
  /** In user mode at lowered priority. Linux: includes guest_nice. Not on Windows. */
  nice: number | null;
  /** In the kernel. Windows: without idle time, which its kernel time includes. */
  system: number;
  /** Doing nothing. Linux: without iowait. */
  idle: number;
  /** Idle while a task of this CPU waits for a block device. Linux. */
  iowait: number | null;
  /** Serving hardware interrupts. Linux, BSD. */
  irq: number | null;
  /** Serving soft interrupts. Linux. */
  softirq: number | null;
  /** Ready to run, but the hypervisor ran something else. Linux. */
  steal: number | null;
  /** Running virtual CPUs of guests. Linux. */
  guest: number | null;
  /** Running virtual CPUs of guests at lowered priority. Linux. */
  guestNice: number | null;
  /** Serving hardware interrupts. Windows; part of system. */
  interrupt: number | null;
  /** Serving deferred procedure calls. Windows; part of system. */
  dpc: number | null;
}

/** Decodes a CpuTimes. Throws RangeError if the bytes are not one. */
export function decodeCpuTimes(bytes: Uint8Array): CpuTimes {
  return readCpuTimes(new PlainReader(bytes));
}

/** Reads a CpuTimes up to the reader's end; for decoders of messages that hold one. */
export function readCpuTimes(reader: PlainReader): CpuTimes {
  let cpu: number | null = null;
  let user: number = 0;
  let nice: number | null = null;
  let system: number = 0;
  let idle: number = 0;
  let iowait: number | null = null;
  let irq: number | null = null;
  let softirq: number | null = null;
  let steal: number | null = null;
  let guest: number | null = null;
  let guestNice: number | null = null;
  let interrupt: number | null = null;
  let dpc: number | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        cpu = reader.uint32();
        break;
      case 17:
        user = reader.double();
        break;
      case 25:
        nice = reader.double();
        break;
      case 33:
        system = reader.double();
        break;
      case 41:
        idle = reader.double();
        break;
      case 49:
        iowait = reader.double();
        break;
      case 57:
        irq = reader.double();
        break;
      case 65:
        softirq = reader.double();
        break;
      case 73:
        steal = reader.double();
        break;
      case 81:
        guest = reader.double();
        break;
      case 89:
        guestNice = reader.double();
        break;
      case 97:
        interrupt = reader.double();
        break;
      case 105:
        dpc = reader.double();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    cpu,
    user,
    nice,
    system,
    idle,
    iowait,
    irq,
    softirq,
    steal,
    guest,
    guestNice,
    interrupt,
    dpc,
  };
}

/** Response of System.CpuTimes. */
export interface CpuTimesResponse {
  /** When the counters were read. */
  sample: Sample | null;
  /** All CPUs together. */
  total: CpuTimes | null;
  /** Each CPU that is online, ascending by number; empty unless percpu was asked for. */
  cpus: CpuTimes[];
}

/** Decodes a CpuTimesResponse. Throws RangeError if the bytes are not one. */
export function decodeCpuTimesResponse(bytes: Uint8Array): CpuTimesResponse {
  return readCpuTimesResponse(new PlainReader(bytes));
}

/** Reads a CpuTimesResponse up to the reader's end; for decoders of messages that hold one. */
export function readCpuTimesResponse(reader: PlainReader): CpuTimesResponse {
  let sample: Sample | null = null;
  let total: CpuTimes | null = null;
  const cpus: CpuTimes[] = [];
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
        total = readCpuTimes(reader);
        reader.leave(outer);
        break;
      }
      case 26: {
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
    sample,
    total,
    cpus,
  };
}

/**
 * Counters of one moment, handed back by the caller to measure from there: "since my last call" is the caller's, never
 * shared. Data for the round trip, small enough for a request at 1,000 CPUs: send it back unchanged.
 */
export interface CpuSample {
  /** The host's monotonic clock when the counters were read, nanoseconds. */
  monotonicNs: number;
  /** Check mark of the boot they belong to, as in ProcessRef. Absent where the platform has no boot id. */
  boot: number | null;
  /**
   * All CPUs: one column for each CpuTimes field the platform has, by field number, in the collector's own unit (Linux:
   * clock ticks).
   */
  total: number[];
  /** Numbers of the CPUs in `ticks`, ascending; empty unless percpu was asked for. */
  cpus: number[];
  /** The columns of each of `cpus`, CPU after CPU: as many as `cpus` times `total` has. */
  ticks: number[];
}

/** Decodes a CpuSample. Throws RangeError if the bytes are not one. */
export function decodeCpuSample(bytes: Uint8Array): CpuSample {
  return readCpuSample(new PlainReader(bytes));
}

/** Reads a CpuSample up to the reader's end; for decoders of messages that hold one. */
export function readCpuSample(reader: PlainReader): CpuSample {
  let monotonicNs: number = 0;
  let boot: number | null = null;
  const total: number[] = [];
  const cpus: number[] = [];
  const ticks: number[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        monotonicNs = reader.uint64();
        break;
      case 21:
        boot = reader.fixed32();
        break;
      case 26: {
        const outer = reader.enter();
        while (reader.more()) {
          total.push(reader.uint64());
        }
        reader.leave(outer);
        break;
      }
      case 24:
        total.push(reader.uint64());
        break;
      case 34: {
        const outer = reader.enter();
        while (reader.more()) {
          cpus.push(reader.uint32());
        }
        reader.leave(outer);
        break;
      }
      case 32:
        cpus.push(reader.uint32());
        break;
      case 42: {
        const outer = reader.enter();
        while (reader.more()) {
          ticks.push(reader.uint64());
        }
        reader.leave(outer);
        break;
      }
      case 40:
        ticks.push(reader.uint64());
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    monotonicNs,
    boot,
    total,
    cpus,
    ticks,
  };
}

/** Use of one CPU over an interval. */
export interface CpuPercent {
  /** The kernel's number of this CPU. */
  cpu: number;
  /** Share of the interval it was neither idle nor in iowait, 0 to 100. */
  percent: number;
}

/** Decodes a CpuPercent. Throws RangeError if the bytes are not one. */
export function decodeCpuPercent(bytes: Uint8Array): CpuPercent {
  return readCpuPercent(new PlainReader(bytes));
}

/** Reads a CpuPercent up to the reader's end; for decoders of messages that hold one. */
export function readCpuPercent(reader: PlainReader): CpuPercent {
  let cpu: number = 0;
  let percent: number = 0;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        cpu = reader.uint32();
        break;
      case 17:
        percent = reader.double();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    cpu,
    percent,
  };
}

/** Response of System.CpuPercent; gauges. One decimal, as in psutil. */
export interface CpuPercentResponse {
  /** Counters at the end of the interval, for `since` of the next request. */
  sample: CpuSample | null;
  /** Seconds measured over. */
  interval: number;
  /** All CPUs together, 0 to 100. Absent if no counter moved, as when samples are less than a clock tick apart. */
  percent: number | null;
  /**
   * Each CPU, ascending by number, without those that were not online all along or whose counters did not move; empty
   * unless percpu was asked for.
   */
  cpus: CpuPercent[];
}

/** Decodes a CpuPercentResponse. Throws RangeError if the bytes are not one. */
export function decodeCpuPercentResponse(bytes: Uint8Array): CpuPercentResponse {
  return readCpuPercentResponse(new PlainReader(bytes));
}

/** Reads a CpuPercentResponse up to the reader's end; for decoders of messages that hold one. */
export function readCpuPercentResponse(reader: PlainReader): CpuPercentResponse {
  let sample: CpuSample | null = null;
  let interval: number = 0;
  let percent: number | null = null;
  const cpus: CpuPercent[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        sample = readCpuSample(reader);
        reader.leave(outer);
        break;
      }
      case 17:
        interval = reader.double();
        break;
      case 25:
        percent = reader.double();
        break;
      case 34: {
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
    sample,
    interval,
    percent,
    cpus,
  };
}

/**
 * Shares of CPU time over an interval, percent, each 0 to 100 with one decimal; gauges. Sources are those of CpuTimes.
 */
export interface CpuTimesPercent {
  /** The kernel's number of this CPU; absent in a total over all CPUs. */
  cpu: number | null;
  /** In user mode, without guest. */
  user: number;
  /** In user mode at lowered priority, without guest_nice. Not on Windows. */
  nice: number | null;
  /** In the kernel. */
  system: number;
  /** Doing nothing, without iowait. */
  idle: number;
  /** Idle while a task waits for a block device. Linux. */
  iowait: number | null;
  /** Serving hardware interrupts. Linux, BSD. */
  irq: number | null;
  /** Serving soft interrupts. Linux. */
  softirq: number | null;
  /** Taken by the hypervisor. Linux. */
  steal: number | null;
  /** Running virtual CPUs of guests. Linux. */
  guest: number | null;
  /** Running virtual CPUs of guests at lowered priority. Linux. */
  guestNice: number | null;
  /** Serving hardware interrupts. Windows; part of system. */
  interrupt: number | null;
  /** Serving deferred procedure calls. Windows; part of system. */
  dpc: number | null;
}

/** Decodes a CpuTimesPercent. Throws RangeError if the bytes are not one. */
export function decodeCpuTimesPercent(bytes: Uint8Array): CpuTimesPercent {
  return readCpuTimesPercent(new PlainReader(bytes));
}

/** Reads a CpuTimesPercent up to the reader's end; for decoders of messages that hold one. */
export function readCpuTimesPercent(reader: PlainReader): CpuTimesPercent {
  let cpu: number | null = null;
  let user: number = 0;
  let nice: number | null = null;
  let system: number = 0;
  let idle: number = 0;
  let iowait: number | null = null;
  let irq: number | null = null;
  let softirq: number | null = null;
  let steal: number | null = null;
  let guest: number | null = null;
  let guestNice: number | null = null;
  let interrupt: number | null = null;
  let dpc: number | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        cpu = reader.uint32();
        break;
      case 17:
        user = reader.double();
        break;
      case 25:
        nice = reader.double();
        break;
      case 33:
        system = reader.double();
        break;
      case 41:
        idle = reader.double();
        break;
      case 49:
        iowait = reader.double();
        break;
      case 57:
        irq = reader.double();
        break;
      case 65:
        softirq = reader.double();
        break;
      case 73:
        steal = reader.double();
        break;
      case 81:
        guest = reader.double();
        break;
      case 89:
        guestNice = reader.double();
        break;
      case 97:
        interrupt = reader.double();
        break;
      case 105:
        dpc = reader.double();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    cpu,
    user,
    nice,
    system,
    idle,
    iowait,
    irq,
    softirq,
    steal,
    guest,
    guestNice,
    interrupt,
    dpc,
  };
}

/** Response of System.CpuTimesPercent. */
export interface CpuTimesPercentResponse {
  /** Counters at the end of the interval, for `since` of the next request. */
  sample: CpuSample | null;
  /** Seconds measured over. */
  interval: number;
  /** All CPUs together. Absent if no counter moved. */
  total: CpuTimesPercent | null;
  /** Each CPU, ascending by number, left out as in CpuPercentResponse; empty unless percpu was asked for. */
  cpus: CpuTimesPercent[];
}

/** Decodes a CpuTimesPercentResponse. Throws RangeError if the bytes are not one. */
export function decodeCpuTimesPercentResponse(bytes: Uint8Array): CpuTimesPercentResponse {
  return readCpuTimesPercentResponse(new PlainReader(bytes));
}

/** Reads a CpuTimesPercentResponse up to the reader's end; for decoders of messages that hold one. */
export function readCpuTimesPercentResponse(reader: PlainReader): CpuTimesPercentResponse {
  let sample: CpuSample | null = null;
  let interval: number = 0;
  let total: CpuTimesPercent | null = null;
  const cpus: CpuTimesPercent[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        sample = readCpuSample(reader);
        reader.leave(outer);
        break;
      }
      case 17:
        interval = reader.double();
        break;
      case 26: {
        const outer = reader.enter();
        total = readCpuTimesPercent(reader);
        reader.leave(outer);
        break;
      }
      case 34: {
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
    sample,
    interval,
    total,
    cpus,
  };
}

/**
 * Number of CPUs; gauges. Affinity and control groups do not count here: see the attribute cpu_affinity of a process.
 */
export interface CpuCount {
  /** CPUs online, hyper-threads included; psutil's cpu_count(). */
  logical: number | null;
  /** Cores; psutil's cpu_count(logical=False). Linux: topology below /sys/devices/system/cpu, else /proc/cpuinfo. */
  physical: number | null;
}

/** Decodes a CpuCount. Throws RangeError if the bytes are not one. */
export function decodeCpuCount(bytes: Uint8Array): CpuCount {
  return readCpuCount(new PlainReader(bytes));
}

/** Reads a CpuCount up to the reader's end; for decoders of messages that hold one. */
export function readCpuCount(reader: PlainReader): CpuCount {
  let logical: number | null = null;
  let physical: number | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        logical = reader.uint32();
        break;
      case 16:
        physical = reader.uint32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    logical,
    physical,
  };
}

/** Response of System.CpuCount. */
export interface CpuCountResponse {
  /** The numbers. */
  cpuCount: CpuCount | null;
}

/** Decodes a CpuCountResponse. Throws RangeError if the bytes are not one. */
export function decodeCpuCountResponse(bytes: Uint8Array): CpuCountResponse {
  return readCpuCountResponse(new PlainReader(bytes));
}

/** Reads a CpuCountResponse up to the reader's end; for decoders of messages that hold one. */
export function readCpuCountResponse(reader: PlainReader): CpuCountResponse {
  let cpuCount: CpuCount | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        cpuCount = readCpuCount(reader);
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    cpuCount,
  };
}

/** What the CPUs did since boot; counters. Linux: /proc/stat. */
export interface CpuStats {
  /** Context switches of all tasks. Windows: wraps at 2^32. */
  ctxSwitches: number;
  /** Hardware interrupts. */
  interrupts: number;
  /** Soft interrupts. Absent on Windows, where psutil gives 0. */
  softInterrupts: number | null;
  /** System calls; on Windows wraps at 2^32. Absent on Linux, where psutil gives 0. */
  syscalls: number | null;
}

/** Decodes a CpuStats. Throws RangeError if the bytes are not one. */
export function decodeCpuStats(bytes: Uint8Array): CpuStats {
  return readCpuStats(new PlainReader(bytes));
}

/** Reads a CpuStats up to the reader's end; for decoders of messages that hold one. */
export function readCpuStats(reader: PlainReader): CpuStats {
  let ctxSwitches: number = 0;
  let interrupts: number = 0;
  let softInterrupts: number | null = null;
  let syscalls: number | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        ctxSwitches = reader.uint64();
        break;
      case 16:
        interrupts = reader.uint64();
        break;
      case 24:
        softInterrupts = reader.uint64();
        break;
      case 32:
        syscalls = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    ctxSwitches,
    interrupts,
    softInterrupts,
    syscalls,
  };
}

/** Response of System.CpuStats. */
export interface CpuStatsResponse {
  /** When the counters were read. */
  sample: Sample | null;
  /** The counters. */
  cpuStats: CpuStats | null;
}

/** Decodes a CpuStatsResponse. Throws RangeError if the bytes are not one. */
export function decodeCpuStatsResponse(bytes: Uint8Array): CpuStatsResponse {
  return readCpuStatsResponse(new PlainReader(bytes));
}

/** Reads a CpuStatsResponse up to the reader's end; for decoders of messages that hold one. */
export function readCpuStatsResponse(reader: PlainReader): CpuStatsResponse {
  let sample: Sample | null = null;
  let cpuStats: CpuStats | null = null;
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
        cpuStats = readCpuStats(reader);
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    sample,
    cpuStats,
  };
}

/** Clock frequency, MHz; gauges. Linux: /sys/devices/system/cpu/cpufreq in kHz there, else /proc/cpuinfo. */
export interface CpuFreq {
  /** The kernel's number of this CPU; absent in an average over all CPUs. */
  cpu: number | null;
  /** Now on Linux, the nominal value elsewhere. */
  current: number;
  /** Lowest the governor may choose. Absent where unknown, where psutil gives 0. */
  min: number | null;
  /** Highest the governor may choose. Absent where unknown, where psutil gives 0. */
  max: number | null;
}

/** Decodes a CpuFreq. Throws RangeError if the bytes are not one. */
export function decodeCpuFreq(bytes: Uint8Array): CpuFreq {
  return readCpuFreq(new PlainReader(bytes));
}

/** Reads a CpuFreq up to the reader's end; for decoders of messages that hold one. */
export function readCpuFreq(reader: PlainReader): CpuFreq {
  let cpu: number | null = null;
  let current: number = 0;
  let min: number | null = null;
  let max: number | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        cpu = reader.uint32();
        break;
      case 17:
        current = reader.double();
        break;
      case 25:
        min = reader.double();
        break;
      case 33:
        max = reader.double();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    cpu,
    current,
    min,
    max,
  };
}

/** Response of System.CpuFreq. Linux, Windows, macOS, FreeBSD. */
export interface CpuFreqResponse {
  /** When the frequencies were read. */
  sample: Sample | null;
  /** Mean over all CPUs. Absent if the host does not tell, as in many virtual machines. */
  average: CpuFreq | null;
  /** Each CPU that tells, ascending by number; empty unless percpu was asked for, and off Linux. */
  cpus: CpuFreq[];
}

/** Decodes a CpuFreqResponse. Throws RangeError if the bytes are not one. */
export function decodeCpuFreqResponse(bytes: Uint8Array): CpuFreqResponse {
  return readCpuFreqResponse(new PlainReader(bytes));
}

/** Reads a CpuFreqResponse up to the reader's end; for decoders of messages that hold one. */
export function readCpuFreqResponse(reader: PlainReader): CpuFreqResponse {
  let sample: Sample | null = null;
  let average: CpuFreq | null = null;
  const cpus: CpuFreq[] = [];
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
        average = readCpuFreq(reader);
        reader.leave(outer);
        break;
      }
      case 26: {
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
    sample,
    average,
    cpus,
  };
}

/**
 * Processes that run or wait to run, averaged; gauges. Linux: also those in uninterruptible sleep, /proc/loadavg. Windows:
 * threads that are ready and have no CPU, sampled every 5 seconds from the first question on; as long as an average's time
 * has not passed since, it is one of the time that has.
 */
export interface LoadAverage {
  /** Over the last minute. */
  load1: number;
  /** Over the last 5 minutes. */
  load5: number;
  /** Over the last 15 minutes. */
  load15: number;
}

/** Decodes a LoadAverage. Throws RangeError if the bytes are not one. */
export function decodeLoadAverage(bytes: Uint8Array): LoadAverage {
  return readLoadAverage(new PlainReader(bytes));
}

/** Reads a LoadAverage up to the reader's end; for decoders of messages that hold one. */
export function readLoadAverage(reader: PlainReader): LoadAverage {
  let load1: number = 0;
  let load5: number = 0;
  let load15: number = 0;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 9:
        load1 = reader.double();
        break;
      case 17:
        load5 = reader.double();
        break;
      case 25:
        load15 = reader.double();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    load1,
    load5,
    load15,
  };
}

/** Response of System.Getloadavg. */
export interface GetloadavgResponse {
  /** When the averages were read. */
  sample: Sample | null;
  /** The averages. Absent on Windows until the agent has sampled the processor queue for 5 seconds. */
  loadavg: LoadAverage | null;
}

/** Decodes a GetloadavgResponse. Throws RangeError if the bytes are not one. */
export function decodeGetloadavgResponse(bytes: Uint8Array): GetloadavgResponse {
  return readGetloadavgResponse(new PlainReader(bytes));
}

/** Reads a GetloadavgResponse up to the reader's end; for decoders of messages that hold one. */
export function readGetloadavgResponse(reader: PlainReader): GetloadavgResponse {
  let sample: Sample | null = null;
  let loadavg: LoadAverage | null = null;
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
        loadavg = readLoadAverage(reader);
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    sample,
    loadavg,
  };
}
