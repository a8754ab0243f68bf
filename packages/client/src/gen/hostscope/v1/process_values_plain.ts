// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/process_values.proto by protoc-gen-hostscope-plain; do not edit.

import { PlainReader } from "../../../wire/plain-reader.ts";
import { setEntry } from "../../../wire/set-entry.ts";

/**
 * Scheduler state of a process, psutil's STATUS_* constants.
 *
 * - "unspecified": A state this version of hostscope does not know.
 * - "running": On a CPU or ready for one. Linux R.
 * - "sleeping": Waiting, can be interrupted. Linux S.
 * - "disk-sleep": Waiting, cannot be interrupted, as a rule for a disk. Linux D.
 * - "stopped": Stopped by a signal; on Windows, all threads suspended. Linux T.
 * - "tracing-stop": Stopped by a debugger. Linux t.
 * - "zombie": Ended, not yet collected by its parent. Linux Z.
 * - "dead": On its way out. Linux X and x.
 * - "wake-kill": Being woken to be killed. Linux K, kernels before 4.14.
 * - "waking": Being woken. Linux W, kernels before 4.14.
 * - "idle": Idle kernel thread. Linux I; macOS, FreeBSD: being created.
 * - "parked": Parked kernel thread. Linux P.
 * - "locked": Waiting for a lock. FreeBSD.
 * - "waiting": Waiting. FreeBSD.
 * - "suspended": Suspended. NetBSD.
 */
export type ProcessStatus =
  | "unspecified"
  | "running"
  | "sleeping"
  | "disk-sleep"
  | "stopped"
  | "tracing-stop"
  | "zombie"
  | "dead"
  | "wake-kill"
  | "waking"
  | "idle"
  | "parked"
  | "locked"
  | "waiting"
  | "suspended";

/** Texts of ProcessStatus; the index is the number on the wire. */
export const PROCESS_STATUS_TEXTS: readonly ProcessStatus[] = [
  "unspecified",
  "running",
  "sleeping",
  "disk-sleep",
  "stopped",
  "tracing-stop",
  "zombie",
  "dead",
  "wake-kill",
  "waking",
  "idle",
  "parked",
  "locked",
  "waiting",
  "suspended",
];

/** Numbers of ProcessStatus on the wire, by text, for requests; "unspecified" cannot be asked for. */
export const PROCESS_STATUS_NUMBERS: ReadonlyMap<string, number> = new Map([
  ["running", 1],
  ["sleeping", 2],
  ["disk-sleep", 3],
  ["stopped", 4],
  ["tracing-stop", 5],
  ["zombie", 6],
  ["dead", 7],
  ["wake-kill", 8],
  ["waking", 9],
  ["idle", 10],
  ["parked", 11],
  ["locked", 12],
  ["waiting", 13],
  ["suspended", 14],
]);

/**
 * Input/output scheduling class, psutil's IOPRIO_CLASS_* constants. Linux.
 *
 * - "unspecified": Unknown to this client.
 * - "none": None set: follows the niceness. Kernel number 0.
 * - "rt": Real time. Kernel number 1.
 * - "be": Best effort. Kernel number 2.
 * - "idle": Only when nobody else needs the disk. Kernel number 3.
 */
export type IoprioClass =
  | "unspecified"
  | "none"
  | "rt"
  | "be"
  | "idle";

/** Texts of IoprioClass; the index is the number on the wire. */
export const IOPRIO_CLASS_TEXTS: readonly IoprioClass[] = [
  "unspecified",
  "none",
  "rt",
  "be",
  "idle",
];

/** Numbers of IoprioClass on the wire, by text, for requests; "unspecified" cannot be asked for. */
export const IOPRIO_CLASS_NUMBERS: ReadonlyMap<string, number> = new Map([
  ["none", 1],
  ["rt", 2],
  ["be", 3],
  ["idle", 4],
]);

/**
 * Input/output priority, psutil's IOPRIO_* constants. Windows.
 *
 * - "unspecified": Unknown to this client.
 * - "verylow": psutil's IOPRIO_VERYLOW.
 * - "low": psutil's IOPRIO_LOW.
 * - "normal": psutil's IOPRIO_NORMAL.
 * - "high": psutil's IOPRIO_HIGH.
 */
export type IoprioLevel =
  | "unspecified"
  | "verylow"
  | "low"
  | "normal"
  | "high";

/** Texts of IoprioLevel; the index is the number on the wire. */
export const IOPRIO_LEVEL_TEXTS: readonly IoprioLevel[] = [
  "unspecified",
  "verylow",
  "low",
  "normal",
  "high",
];

/** Numbers of IoprioLevel on the wire, by text, for requests; "unspecified" cannot be asked for. */
export const IOPRIO_LEVEL_NUMBERS: ReadonlyMap<string, number> = new Map([
  ["verylow", 1],
  ["low", 2],
  ["normal", 3],
  ["high", 4],
]);

/** CPU time a process has used, seconds since its start; counters. */
export interface ProcessCpuTimes {
  /** In user mode. */
  user: number;
  /** In the kernel. */
  system: number;
  /** User time of children that ended and were waited for. Always 0 on Windows and macOS. */
  childrenUser: number;
  /** Kernel time of children that ended and were waited for. Always 0 on Windows and macOS. */
  childrenSystem: number;
  /** Waiting for block devices. Linux only; 0 unless the kernel's delay accounting is on. */
  iowait: number | null;
}

/** Decodes a ProcessCpuTimes. Throws RangeError if the bytes are not one. */
export function decodeProcessCpuTimes(bytes: Uint8Array): ProcessCpuTimes {
  return readProcessCpuTimes(new PlainReader(bytes));
}

/** Reads a ProcessCpuTimes up to the reader's end; for decoders of messages that hold one. */
export function readProcessCpuTimes(reader: PlainReader): ProcessCpuTimes {
  let user: number = 0;
  let system: number = 0;
  let childrenUser: number = 0;
  let childrenSystem: number = 0;
  let iowait: number | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 9:
        user = reader.double();
        break;
      case 17:
        system = reader.double();
        break;
      case 25:
        childrenUser = reader.double();
        break;
      case 33:
        childrenSystem = reader.double();
        break;
      case 41:
        iowait = reader.double();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    user,
    system,
    childrenUser,
    childrenSystem,
    iowait,
  };
}

/** CPU use of a process over an interval. */
export interface ProcessCpuPercent {
  /** Percent of one CPU: 200 is two CPUs fully used. */
  percent: number;
  /** Interval it was measured over, seconds. */
  interval: number;
}

/** Decodes a ProcessCpuPercent. Throws RangeError if the bytes are not one. */
export function decodeProcessCpuPercent(bytes: Uint8Array): ProcessCpuPercent {
  return readProcessCpuPercent(new PlainReader(bytes));
}

/** Reads a ProcessCpuPercent up to the reader's end; for decoders of messages that hold one. */
export function readProcessCpuPercent(reader: PlainReader): ProcessCpuPercent {
  let percent: number = 0;
  let interval: number = 0;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 9:
        percent = reader.double();
        break;
      case 17:
        interval = reader.double();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    percent,
    interval,
  };
}

/** Memory of a process, bytes; gauges. */
export interface ProcessMemoryInfo {
  /** Resident set: physical memory in use. Windows: working set. */
  rss: number;
  /** Virtual memory in use. Windows: private commit. */
  vms: number;
  /** Resident pages backed by files or shared memory. Linux. */
  shared: number | null;
  /** Executable code. Linux. */
  text: number | null;
  /** Library code; 0 since Linux 2.6. Linux. */
  lib: number | null;
  /** Data and stack. Linux. */
  data: number | null;
  /** Dirty pages; 0 since Linux 2.6. Linux. */
  dirty: number | null;
  /** Page faults so far; a counter. Windows, macOS (pfaults). */
  numPageFaults: number | null;
  /** Largest working set so far. Windows. */
  peakWset: number | null;
  /** Working set. Windows. */
  wset: number | null;
  /** Largest paged pool use so far. Windows. */
  peakPagedPool: number | null;
  /** Paged pool use. Windows. */
  pagedPool: number | null;
  /** Largest non-paged pool use so far. Windows. */
  peakNonpagedPool: number | null;
  /** Non-paged pool use. Windows. */
  nonpagedPool: number | null;
  /** Committed memory. Windows. */
  pagefile: number | null;
  /** Largest committed memory so far. Windows. */
  peakPagefile: number | null;
  /** Committed memory not shared with others. Windows. */
  private: number | null;
  /** Page-ins so far; a counter. macOS. */
  pageins: number | null;
}

/** Decodes a ProcessMemoryInfo. Throws RangeError if the bytes are not one. */
export function decodeProcessMemoryInfo(bytes: Uint8Array): ProcessMemoryInfo {
  return readProcessMemoryInfo(new PlainReader(bytes));
}

/** Reads a ProcessMemoryInfo up to the reader's end; for decoders of messages that hold one. */
export function readProcessMemoryInfo(reader: PlainReader): ProcessMemoryInfo {
  let rss: number = 0;
  let vms: number = 0;
  let shared: number | null = null;
  let text: number | null = null;
  let lib: number | null = null;
  let data: number | null = null;
  let dirty: number | null = null;
  let numPageFaults: number | null = null;
  let peakWset: number | null = null;
  let wset: number | null = null;
  let peakPagedPool: number | null = null;
  let pagedPool: number | null = null;
  let peakNonpagedPool: number | null = null;
  let nonpagedPool: number | null = null;
  let pagefile: number | null = null;
  let peakPagefile: number | null = null;
  let private$: number | null = null;
  let pageins: number | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        rss = reader.uint64();
        break;
      case 16:
        vms = reader.uint64();
        break;
      case 24:
        shared = reader.uint64();
        break;
      case 32:
        text = reader.uint64();
        break;
      case 40:
        lib = reader.uint64();
        break;
      case 48:
        data = reader.uint64();
        break;
      case 56:
        dirty = reader.uint64();
        break;
      case 64:
        numPageFaults = reader.uint64();
        break;
      case 72:
        peakWset = reader.uint64();
        break;
      case 80:
        wset = reader.uint64();
        break;
      case 88:
        peakPagedPool = reader.uint64();
        break;
      case 96:
        pagedPool = reader.uint64();
        break;
      case 104:
        peakNonpagedPool = reader.uint64();
        break;
      case 112:
        nonpagedPool = reader.uint64();
        break;
      case 120:
        pagefile = reader.uint64();
        break;
      case 128:
        peakPagefile = reader.uint64();
        break;
      case 136:
        private$ = reader.uint64();
        break;
      case 144:
        pageins = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    rss,
    vms,
    shared,
    text,
    lib,
    data,
    dirty,
    numPageFaults,
    peakWset,
    wset,
    peakPagedPool,
    pagedPool,
    peakNonpagedPool,
    nonpagedPool,
    pagefile,
    peakPagefile,
    private: private$,
    pageins,
  };
}

/** Memory a process would give back, bytes; gauges. */
export interface ProcessMemoryFullInfo {
  /** The plain memory_info values. */
  memoryInfo: ProcessMemoryInfo | null;
  /** Unique set: memory freed if the process ended now. */
  uss: number;
  /** Proportional set: shared pages divided by the number of sharers. Linux. */
  pss: number | null;
  /** Memory swapped out. Linux. */
  swap: number | null;
}

/** Decodes a ProcessMemoryFullInfo. Throws RangeError if the bytes are not one. */
export function decodeProcessMemoryFullInfo(bytes: Uint8Array): ProcessMemoryFullInfo {
  return readProcessMemoryFullInfo(new PlainReader(bytes));
}

/** Reads a ProcessMemoryFullInfo up to the reader's end; for decoders of messages that hold one. */
export function readProcessMemoryFullInfo(reader: PlainReader): ProcessMemoryFullInfo {
  let memoryInfo: ProcessMemoryInfo | null = null;
  let uss: number = 0;
  let pss: number | null = null;
  let swap: number | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        memoryInfo = readProcessMemoryInfo(reader);
        reader.leave(outer);
        break;
      }
      case 16:
        uss = reader.uint64();
        break;
      case 24:
        pss = reader.uint64();
        break;
      case 32:
        swap = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    memoryInfo,
    uss,
    pss,
    swap,
  };
}

/** Kinds and peaks of a process's memory, bytes; gauges. */
export interface ProcessMemoryInfoEx {
  /** The plain memory_info values. */
  memoryInfo: ProcessMemoryInfo | null;
  /** Largest resident set so far. Linux: VmHWM. */
  peakRss: number | null;
  /** Largest virtual size so far. Linux: VmPeak. */
  peakVms: number | null;
  /** Resident anonymous memory. Linux: RssAnon. */
  rssAnon: number | null;
  /** Resident file mappings. Linux: RssFile. */
  rssFile: number | null;
  /** Resident shared memory. Linux: RssShmem. */
  rssShmem: number | null;
  /** Swapped-out memory. Linux: VmSwap. */
  swap: number | null;
  /** Huge pages. Linux: HugetlbPages. */
  hugetlb: number | null;
  /** Virtual size. Windows. */
  virtual: number | null;
  /** Largest virtual size so far. Windows. */
  peakVirtual: number | null;
}

/** Decodes a ProcessMemoryInfoEx. Throws RangeError if the bytes are not one. */
export function decodeProcessMemoryInfoEx(bytes: Uint8Array): ProcessMemoryInfoEx {
  return readProcessMemoryInfoEx(new PlainReader(bytes));
}

/** Reads a ProcessMemoryInfoEx up to the reader's end; for decoders of messages that hold one. */
export function readProcessMemoryInfoEx(reader: PlainReader): ProcessMemoryInfoEx {
  let memoryInfo: ProcessMemoryInfo | null = null;
  let peakRss: number | null = null;
  let peakVms: number | null = null;
  let rssAnon: number | null = null;
  let rssFile: number | null = null;
  let rssShmem: number | null = null;
  let swap: number | null = null;
  let hugetlb: number | null = null;
  let virtual: number | null = null;
  let peakVirtual: number | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        memoryInfo = readProcessMemoryInfo(reader);
        reader.leave(outer);
        break;
      }
      case 16:
        peakRss = reader.uint64();
        break;
      case 24:
        peakVms = reader.uint64();
        break;
      case 32:
        rssAnon = reader.uint64();
        break;
      case 40:
        rssFile = reader.uint64();
        break;
      case 48:
        rssShmem = reader.uint64();
        break;
      case 56:
        swap = reader.uint64();
        break;
      case 64:
        hugetlb = reader.uint64();
        break;
      case 72:
        virtual = reader.uint64();
        break;
      case 80:
        peakVirtual = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    memoryInfo,
    peakRss,
    peakVms,
    rssAnon,
    rssFile,
    rssShmem,
    swap,
    hugetlb,
    virtual,
    peakVirtual,
  };
}

/** Context switches so far; counters. */
export interface ProcessCtxSwitches {
  /** Gave the CPU up by itself. Windows: all switches. */
  voluntary: number;
  /** Was taken off the CPU. Windows: always 0. */
  involuntary: number;
}

/** Decodes a ProcessCtxSwitches. Throws RangeError if the bytes are not one. */
export function decodeProcessCtxSwitches(bytes: Uint8Array): ProcessCtxSwitches {
  return readProcessCtxSwitches(new PlainReader(bytes));
}

/** Reads a ProcessCtxSwitches up to the reader's end; for decoders of messages that hold one. */
export function readProcessCtxSwitches(reader: PlainReader): ProcessCtxSwitches {
  let voluntary: number = 0;
  let involuntary: number = 0;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        voluntary = reader.uint64();
        break;
      case 16:
        involuntary = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    voluntary,
    involuntary,
  };
}

/** Input and output of a process so far; counters. */
export interface ProcessIoCounters {
  /** Read calls. */
  readCount: number;
  /** Write calls. */
  writeCount: number;
  /** Bytes that came from storage. Windows: bytes read. */
  readBytes: number;
  /** Bytes that went to storage. Windows: bytes written. */
  writeBytes: number;
  /** Bytes read by any read call, caches and pipes included. Linux. */
  readChars: number | null;
  /** Bytes written by any write call. Linux. */
  writeChars: number | null;
  /** Calls that neither read nor wrote. Windows. */
  otherCount: number | null;
  /** Bytes moved by such calls. Windows. */
  otherBytes: number | null;
}

/** Decodes a ProcessIoCounters. Throws RangeError if the bytes are not one. */
export function decodeProcessIoCounters(bytes: Uint8Array): ProcessIoCounters {
  return readProcessIoCounters(new PlainReader(bytes));
}

/** Reads a ProcessIoCounters up to the reader's end; for decoders of messages that hold one. */
export function readProcessIoCounters(reader: PlainReader): ProcessIoCounters {
  let readCount: number = 0;
  let writeCount: number = 0;
  let readBytes: number = 0;
  let writeBytes: number = 0;
  let readChars: number | null = null;
  let writeChars: number | null = null;
  let otherCount: number | null = null;
  let otherBytes: number | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        readCount = reader.uint64();
        break;
      case 16:
        writeCount = reader.uint64();
        break;
      case 24:
        readBytes = reader.uint64();
        break;
      case 32:
        writeBytes = reader.uint64();
        break;
      case 40:
        readChars = reader.uint64();
        break;
      case 48:
        writeChars = reader.uint64();
        break;
      case 56:
        otherCount = reader.uint64();
        break;
      case 64:
        otherBytes = reader.uint64();
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
    readChars,
    writeChars,
    otherCount,
    otherBytes,
  };
}

/** Page faults so far; counters. */
export interface ProcessPageFaults {
  /** Served without reading from storage. */
  minor: number;
  /** Needed a read from storage. */
  major: number;
}

/** Decodes a ProcessPageFaults. Throws RangeError if the bytes are not one. */
export function decodeProcessPageFaults(bytes: Uint8Array): ProcessPageFaults {
  return readProcessPageFaults(new PlainReader(bytes));
}

/** Reads a ProcessPageFaults up to the reader's end; for decoders of messages that hold one. */
export function readProcessPageFaults(reader: PlainReader): ProcessPageFaults {
  let minor: number = 0;
  let major: number = 0;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        minor = reader.uint64();
        break;
      case 16:
        major = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    minor,
    major,
  };
}

/** User or group ids of a process. */
export interface ProcessIds {
  /** Real id: who started it. */
  real: number;
  /** Effective id: whose rights it has. */
  effective: number;
  /** Saved id: what it may switch back to. */
  saved: number;
}

/** Decodes a ProcessIds. Throws RangeError if the bytes are not one. */
export function decodeProcessIds(bytes: Uint8Array): ProcessIds {
  return readProcessIds(new PlainReader(bytes));
}

/** Reads a ProcessIds up to the reader's end; for decoders of messages that hold one. */
export function readProcessIds(reader: PlainReader): ProcessIds {
  let real: number = 0;
  let effective: number = 0;
  let saved: number = 0;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        real = reader.uint32();
        break;
      case 16:
        effective = reader.uint32();
        break;
      case 24:
        saved = reader.uint32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    real,
    effective,
    saved,
  };
}

/** Input/output priority of a process. */
export interface ProcessIonice {
  /** Scheduling class. Linux; absent on Windows. */
  ioclass: IoprioClass | null;
  /** 0 (first) to 7 within RT and BE. Linux. */
  value: number | null;
  /** Priority. Windows; absent on Linux. */
  level: IoprioLevel | null;
}

/** Decodes a ProcessIonice. Throws RangeError if the bytes are not one. */
export function decodeProcessIonice(bytes: Uint8Array): ProcessIonice {
  return readProcessIonice(new PlainReader(bytes));
}

/** Reads a ProcessIonice up to the reader's end; for decoders of messages that hold one. */
export function readProcessIonice(reader: PlainReader): ProcessIonice {
  let ioclass: IoprioClass | null = null;
  let value$: number | null = null;
  let level: IoprioLevel | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        ioclass = IOPRIO_CLASS_TEXTS[reader.int32()] ?? "unspecified";
        break;
      case 16:
        value$ = reader.uint32();
        break;
      case 24:
        level = IOPRIO_LEVEL_TEXTS[reader.int32()] ?? "unspecified";
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    ioclass,
    value: value$,
    level,
  };
}

/** One thread of a process. */
export interface ProcessThread {
  /** Thread id. */
  id: number;
  /** CPU time in user mode, seconds; a counter. */
  userTime: number;
  /** CPU time in the kernel, seconds; a counter. */
  systemTime: number;
}

/** Decodes a ProcessThread. Throws RangeError if the bytes are not one. */
export function decodeProcessThread(bytes: Uint8Array): ProcessThread {
  return readProcessThread(new PlainReader(bytes));
}

/** Reads a ProcessThread up to the reader's end; for decoders of messages that hold one. */
export function readProcessThread(reader: PlainReader): ProcessThread {
  let id: number = 0;
  let userTime: number = 0;
  let systemTime: number = 0;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        id = reader.int64();
        break;
      case 17:
        userTime = reader.double();
        break;
      case 25:
        systemTime = reader.double();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    id,
    userTime,
    systemTime,
  };
}

/** One mapped memory region, or all regions of one path when grouped; bytes. */
export interface ProcessMemoryMap {
  /** Address range in hex, e.g. "7f1c00000000-7f1c00021000"; absent when grouped. */
  addr: string | null;
  /** Permissions, e.g. "r-xp"; absent when grouped. */
  perms: string | null;
  /** Mapped file, or a kernel name such as "[heap]" or "[anon]". */
  path: string;
  /** Resident part. Windows: size of the region. */
  rss: number;
  /** Size of the region. Linux. */
  size: number | null;
  /** Proportional share. Linux. */
  pss: number | null;
  /** Resident, shared, unmodified. Linux. */
  sharedClean: number | null;
  /** Resident, shared, modified. Linux. */
  sharedDirty: number | null;
  /** Resident, private, unmodified. Linux. */
  privateClean: number | null;
  /** Resident, private, modified. Linux. */
  privateDirty: number | null;
  /** Recently used. Linux. */
  referenced: number | null;
  /** Not backed by a file. Linux. */
  anonymous: number | null;
  /** Swapped out. Linux. */
  swap: number | null;
}

/** Decodes a ProcessMemoryMap. Throws RangeError if the bytes are not one. */
export function decodeProcessMemoryMap(bytes: Uint8Array): ProcessMemoryMap {
  return readProcessMemoryMap(new PlainReader(bytes));
}

/** Reads a ProcessMemoryMap up to the reader's end; for decoders of messages that hold one. */
export function readProcessMemoryMap(reader: PlainReader): ProcessMemoryMap {
  let addr: string | null = null;
  let perms: string | null = null;
  let path: string = "";
  let rss: number = 0;
  let size: number | null = null;
  let pss: number | null = null;
  let sharedClean: number | null = null;
  let sharedDirty: number | null = null;
  let privateClean: number | null = null;
  let privateDirty: number | null = null;
  let referenced: number | null = null;
  let anonymous: number | null = null;
  let swap: number | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        addr = reader.string();
        break;
      case 18:
        perms = reader.string();
        break;
      case 26:
        path = reader.string();
        break;
      case 32:
        rss = reader.uint64();
        break;
      case 40:
        size = reader.uint64();
        break;
      case 48:
        pss = reader.uint64();
        break;
      case 56:
        sharedClean = reader.uint64();
        break;
      case 64:
        sharedDirty = reader.uint64();
        break;
      case 72:
        privateClean = reader.uint64();
        break;
      case 80:
        privateDirty = reader.uint64();
        break;
      case 88:
        referenced = reader.uint64();
        break;
      case 96:
        anonymous = reader.uint64();
        break;
      case 104:
        swap = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    addr,
    perms,
    path,
    rss,
    size,
    pss,
    sharedClean,
    sharedDirty,
    privateClean,
    privateDirty,
    referenced,
    anonymous,
    swap,
  };
}

/** One regular file a process has open. */
export interface ProcessOpenFile {
  /** Absolute path, in the process's own view of the file system. */
  path: string;
  /** File descriptor; absent on Windows. */
  fd: number | null;
  /** Offset of the descriptor, bytes. Linux. */
  position: number | null;
  /** How it was opened: "r", "w", "a", "r+" or "a+". Linux. */
  mode: string | null;
  /** Flags it was opened with, as open(2) takes them. Linux. */
  flags: number | null;
}

/** Decodes a ProcessOpenFile. Throws RangeError if the bytes are not one. */
export function decodeProcessOpenFile(bytes: Uint8Array): ProcessOpenFile {
  return readProcessOpenFile(new PlainReader(bytes));
}

/** Reads a ProcessOpenFile up to the reader's end; for decoders of messages that hold one. */
export function readProcessOpenFile(reader: PlainReader): ProcessOpenFile {
  let path: string = "";
  let fd: number | null = null;
  let position: number | null = null;
  let mode: string | null = null;
  let flags: number | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        path = reader.string();
        break;
      case 16:
        fd = reader.int32();
        break;
      case 24:
        position = reader.uint64();
        break;
      case 34:
        mode = reader.string();
        break;
      case 40:
        flags = reader.uint32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    path,
    fd,
    position,
    mode,
    flags,
  };
}

/** Where a process stands in the control groups. Linux. */
export interface ProcessCgroup {
  /**
   * Path in the unified hierarchy (version 2), else in that of the service manager or else in the first one of version 1,
   * as the agent sees it, e.g. "/system.slice/ssh.service". "/" is the root.
   */
  path: string;
  /** Id of the container, 64 hex digits as a rule; absent outside of containers that a known runtime named. */
  containerId: string | null;
  /**
   * Runtime that named the container, e.g. "docker", "containerd", "crio", "podman", "lxc", "nspawn"; absent if not known.
   */
  containerRuntime: string | null;
  /** Unit of the service manager, innermost: "ssh.service", "session-3.scope"; absent if no part of the path is one. */
  unit: string | null;
  /** Slice of the service manager, innermost: "system.slice"; absent if no part of the path is one. */
  slice: string | null;
  /**
   * Paths in the hierarchies of version 1, by controllers as the kernel joins them, e.g. "cpu,cpuacct"; empty where
   * version 2 is alone.
   */
  v1Paths: Record<string, string>;
}

/** Decodes a ProcessCgroup. Throws RangeError if the bytes are not one. */
export function decodeProcessCgroup(bytes: Uint8Array): ProcessCgroup {
  return readProcessCgroup(new PlainReader(bytes));
}

/** Reads a ProcessCgroup up to the reader's end; for decoders of messages that hold one. */
export function readProcessCgroup(reader: PlainReader): ProcessCgroup {
  let path: string = "";
  let containerId: string | null = null;
  let containerRuntime: string | null = null;
  let unit: string | null = null;
  let slice: string | null = null;
  const v1Paths: Record<string, string> = {};
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        path = reader.string();
        break;
      case 18:
        containerId = reader.string();
        break;
      case 26:
        containerRuntime = reader.string();
        break;
      case 34:
        unit = reader.string();
        break;
      case 42:
        slice = reader.string();
        break;
      case 50: {
        const outer = reader.enter();
        let key = "";
        let value: string = "";
        while (reader.more()) {
          const part = reader.tag();
          switch (part) {
            case 10:
              key = reader.string();
              break;
            case 18:
              value = reader.string();
              break;
            default:
              reader.skip(part);
          }
        }
        setEntry(v1Paths, key, value);
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    path,
    containerId,
    containerRuntime,
    unit,
    slice,
    v1Paths,
  };
}
