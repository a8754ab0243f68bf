// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/limits.proto by protoc-gen-hostscope-plain; do not edit.

import { PlainReader } from "../../../wire/plain-reader.ts";
import { readSample, type Sample } from "./common_plain.ts";

/** What the whole host has. */
export interface HostLimits {
  /** CPUs online. */
  cpus: number | null;
  /** Physical memory, bytes. */
  memory: number | null;
  /** Swap space, bytes. */
  swap: number | null;
  /**
   * Processes and threads that can exist at once. Linux: /proc/sys/kernel/pid_max and threads-max, whichever is less.
   */
  pids: number | null;
}

/** Decodes a HostLimits. Throws RangeError if the bytes are not one. */
export function decodeHostLimits(bytes: Uint8Array): HostLimits {
  return readHostLimits(new PlainReader(bytes));
}

/** Reads a HostLimits up to the reader's end; for decoders of messages that hold one. */
export function readHostLimits(reader: PlainReader): HostLimits {
  let cpus: number | null = null;
  let memory: number | null = null;
  let swap: number | null = null;
  let pids: number | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        cpus = reader.uint32();
        break;
      case 16:
        memory = reader.uint64();
        break;
      case 24:
        swap = reader.uint64();
        break;
      case 32:
        pids = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    cpus,
    memory,
    swap,
    pids,
  };
}

/** How often a CPU quota has stopped a control group; counters. */
export interface CgroupThrottling {
  /** Periods that have passed with work to do. Linux: nr_periods of cpu.stat. */
  periods: number;
  /** Periods in which the quota ran out. Linux: nr_throttled of cpu.stat. */
  throttled: number;
  /** Time spent stopped, seconds, summed over CPUs. Linux: throttled_usec (version 1: throttled_time) of cpu.stat. */
  throttledTime: number;
}

/** Decodes a CgroupThrottling. Throws RangeError if the bytes are not one. */
export function decodeCgroupThrottling(bytes: Uint8Array): CgroupThrottling {
  return readCgroupThrottling(new PlainReader(bytes));
}

/** Reads a CgroupThrottling up to the reader's end; for decoders of messages that hold one. */
export function readCgroupThrottling(reader: PlainReader): CgroupThrottling {
  let periods: number = 0;
  let throttled: number = 0;
  let throttledTime: number = 0;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        periods = reader.uint64();
        break;
      case 16:
        throttled = reader.uint64();
        break;
      case 25:
        throttledTime = reader.double();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    periods,
    throttled,
    throttledTime,
  };
}

/**
 * Limits that a control group sets, each the least of its own and those above it as far as the agent can see; what is
 * absent has no limit.
 */
export interface CgroupLimits {
  /** Path of the group, as ProcessCgroup.path. */
  path: string;
  /** Version of control groups that gave the values: 1 or 2. */
  version: number;
  /** CPU time per time, in CPUs: 1.5 is one CPU and a half. Linux: quota / period of cpu.max or cpu.cfs_*. */
  cpuQuota: number | null;
  /** Period over which the quota counts, seconds. */
  cpuPeriod: number | null;
  /** CPUs it may run on, ascending. Linux: cpuset.cpus.effective. Empty: not limited or not known. */
  cpuset: number[];
  /** Bytes of memory it may use before its processes are killed. Linux: memory.max or memory.limit_in_bytes. */
  memoryMax: number | null;
  /** Bytes of memory from which on it is slowed down. Linux: memory.high. */
  memoryHigh: number | null;
  /** Bytes of memory in use; a gauge. Linux: memory.current or memory.usage_in_bytes. */
  memoryCurrent: number | null;
  /** Bytes of swap it may use. Linux: memory.swap.max; version 1: memory.memsw.limit_in_bytes less the memory limit. */
  swapMax: number | null;
  /** Bytes of swap in use; a gauge. */
  swapCurrent: number | null;
  /** Processes and threads it may have. Linux: pids.max. */
  pidsMax: number | null;
  /** Processes and threads it has; a gauge. Linux: pids.current. */
  pidsCurrent: number | null;
  /** Effect of the CPU quota; absent if the group counts none. */
  throttling: CgroupThrottling | null;
}

/** Decodes a CgroupLimits. Throws RangeError if the bytes are not one. */
export function decodeCgroupLimits(bytes: Uint8Array): CgroupLimits {
  return readCgroupLimits(new PlainReader(bytes));
}

/** Reads a CgroupLimits up to the reader's end; for decoders of messages that hold one. */
export function readCgroupLimits(reader: PlainReader): CgroupLimits {
  let path: string = "";
  let version: number = 0;
  let cpuQuota: number | null = null;
  let cpuPeriod: number | null = null;
  const cpuset: number[] = [];
  let memoryMax: number | null = null;
  let memoryHigh: number | null = null;
  let memoryCurrent: number | null = null;
  let swapMax: number | null = null;
  let swapCurrent: number | null = null;
  let pidsMax: number | null = null;
  let pidsCurrent: number | null = null;
  let throttling: CgroupThrottling | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        path = reader.string();
        break;
      case 16:
        version = reader.uint32();
        break;
      case 25:
        cpuQuota = reader.double();
        break;
      case 33:
        cpuPeriod = reader.double();
        break;
      case 42: {
        const outer = reader.enter();
        while (reader.more()) {
          cpuset.push(reader.uint32());
        }
        reader.leave(outer);
        break;
      }
      case 40:
        cpuset.push(reader.uint32());
        break;
      case 48:
        memoryMax = reader.uint64();
        break;
      case 56:
        memoryHigh = reader.uint64();
        break;
      case 64:
        memoryCurrent = reader.uint64();
        break;
      case 72:
        swapMax = reader.uint64();
        break;
      case 80:
        swapCurrent = reader.uint64();
        break;
      case 88:
        pidsMax = reader.uint64();
        break;
      case 96:
        pidsCurrent = reader.uint64();
        break;
      case 106: {
        const outer = reader.enter();
        throttling = readCgroupThrottling(reader);
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    path,
    version,
    cpuQuota,
    cpuPeriod,
    cpuset,
    memoryMax,
    memoryHigh,
    memoryCurrent,
    swapMax,
    swapCurrent,
    pidsMax,
    pidsCurrent,
    throttling,
  };
}

/** Response of System.Limits. */
export interface LimitsResponse {
  /** When the limits were read. */
  sample: Sample | null;
  /** The whole host. */
  host: HostLimits | null;
  /** The control group; absent where there are none, or none that the agent can see. */
  cgroup: CgroupLimits | null;
  /**
   * CPUs that can be used at once: the least of the host's, the cpuset's and the quota. Windows: of the host's, the job's
   * CPUs and its CPU rate. Absent for other processes that are in a job, which Windows does not tell about.
   */
  effectiveCpus: number | null;
  /**
   * Bytes of memory that can be used: the less of the host's and the control group's, on Windows the job's. Absent as above.
   */
  effectiveMemory: number | null;
}

/** Decodes a LimitsResponse. Throws RangeError if the bytes are not one. */
export function decodeLimitsResponse(bytes: Uint8Array): LimitsResponse {
  return readLimitsResponse(new PlainReader(bytes));
}

/** Reads a LimitsResponse up to the reader's end; for decoders of messages that hold one. */
export function readLimitsResponse(reader: PlainReader): LimitsResponse {
  let sample: Sample | null = null;
  let host: HostLimits | null = null;
  let cgroup: CgroupLimits | null = null;
  let effectiveCpus: number | null = null;
  let effectiveMemory: number | null = null;
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
        host = readHostLimits(reader);
        reader.leave(outer);
        break;
      }
      case 26: {
        const outer = reader.enter();
        cgroup = readCgroupLimits(reader);
        reader.leave(outer);
        break;
      }
      case 33:
        effectiveCpus = reader.double();
        break;
      case 40:
        effectiveMemory = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    sample,
    host,
    cgroup,
    effectiveCpus,
    effectiveMemory,
  };
}

/** Share of time in which work waited, one line of a pressure file. */
export interface PressureTime {
  /** Percent of the last 10 seconds. */
  avg10: number;
  /** Percent of the last 60 seconds. */
  avg60: number;
  /** Percent of the last 300 seconds. */
  avg300: number;
  /** Time so far, seconds; a counter. */
  total: number;
}

/** Decodes a PressureTime. Throws RangeError if the bytes are not one. */
export function decodePressureTime(bytes: Uint8Array): PressureTime {
  return readPressureTime(new PlainReader(bytes));
}

/** Reads a PressureTime up to the reader's end; for decoders of messages that hold one. */
export function readPressureTime(reader: PlainReader): PressureTime {
  let avg10: number = 0;
  let avg60: number = 0;
  let avg300: number = 0;
  let total: number = 0;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 9:
        avg10 = reader.double();
        break;
      case 17:
        avg60 = reader.double();
        break;
      case 25:
        avg300 = reader.double();
        break;
      case 33:
        total = reader.double();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    avg10,
    avg60,
    avg300,
    total,
  };
}

/** Waiting for one resource. */
export interface ResourcePressure {
  /** Time in which some work waited. Absent where not counted. */
  some: PressureTime | null;
  /** Time in which all work waited. Absent where not counted, as for the CPUs of a whole host before Linux 5.13. */
  full: PressureTime | null;
}

/** Decodes a ResourcePressure. Throws RangeError if the bytes are not one. */
export function decodeResourcePressure(bytes: Uint8Array): ResourcePressure {
  return readResourcePressure(new PlainReader(bytes));
}

/** Reads a ResourcePressure up to the reader's end; for decoders of messages that hold one. */
export function readResourcePressure(reader: PlainReader): ResourcePressure {
  let some: PressureTime | null = null;
  let full: PressureTime | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        some = readPressureTime(reader);
        reader.leave(outer);
        break;
      }
      case 18: {
        const outer = reader.enter();
        full = readPressureTime(reader);
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    some,
    full,
  };
}

/** Waiting for each resource; absent where not counted. */
export interface Pressure {
  /** For a CPU. */
  cpu: ResourcePressure | null;
  /** For memory: reclaim, swap, refaults. */
  memory: ResourcePressure | null;
  /** For input/output. */
  io: ResourcePressure | null;
  /** For interrupts; only `full` is counted. Linux 6.1 or newer. */
  irq: ResourcePressure | null;
}

/** Decodes a Pressure. Throws RangeError if the bytes are not one. */
export function decodePressure(bytes: Uint8Array): Pressure {
  return readPressure(new PlainReader(bytes));
}

/** Reads a Pressure up to the reader's end; for decoders of messages that hold one. */
export function readPressure(reader: PlainReader): Pressure {
  let cpu: ResourcePressure | null = null;
  let memory: ResourcePressure | null = null;
  let io: ResourcePressure | null = null;
  let irq: ResourcePressure | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        cpu = readResourcePressure(reader);
        reader.leave(outer);
        break;
      }
      case 18: {
        const outer = reader.enter();
        memory = readResourcePressure(reader);
        reader.leave(outer);
        break;
      }
      case 26: {
        const outer = reader.enter();
        io = readResourcePressure(reader);
        reader.leave(outer);
        break;
      }
      case 34: {
        const outer = reader.enter();
        irq = readResourcePressure(reader);
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    cpu,
    memory,
    io,
    irq,
  };
}

/** Response of System.Pressure. */
export interface PressureResponse {
  /** When the pressure was read. */
  sample: Sample | null;
  /** The whole host. Linux: /proc/pressure. Absent where the kernel does not count it. */
  host: Pressure | null;
  /** The control group. Linux, version 2: *.pressure of the group. Absent where not counted. */
  cgroup: Pressure | null;
  /** Path of that group; absent where there is none. */
  cgroupPath: string | null;
}

/** Decodes a PressureResponse. Throws RangeError if the bytes are not one. */
export function decodePressureResponse(bytes: Uint8Array): PressureResponse {
  return readPressureResponse(new PlainReader(bytes));
}

/** Reads a PressureResponse up to the reader's end; for decoders of messages that hold one. */
export function readPressureResponse(reader: PlainReader): PressureResponse {
  let sample: Sample | null = null;
  let host: Pressure | null = null;
  let cgroup: Pressure | null = null;
  let cgroupPath: string | null = null;
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
        host = readPressure(reader);
        reader.leave(outer);
        break;
      }
      case 26: {
        const outer = reader.enter();
        cgroup = readPressure(reader);
        reader.leave(outer);
        break;
      }
      case 34:
        cgroupPath = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    sample,
    host,
    cgroup,
    cgroupPath,
  };
}
