// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/process_info.proto by protoc-gen-hostscope-plain; do not edit.

import { PlainReader } from "../../../wire/plain-reader.ts";
import { setEntry } from "../../../wire/set-entry.ts";
import { readProcessRef, type ProcessRef } from "./common_plain.ts";
import { readNetConnection, type NetConnection } from "./network_plain.ts";
import {
  PROCESS_STATUS_TEXTS,
  readProcessCgroup,
  readProcessCpuPercent,
  readProcessCpuTimes,
  readProcessCtxSwitches,
  readProcessIds,
  readProcessIoCounters,
  readProcessIonice,
  readProcessMemoryFullInfo,
  readProcessMemoryInfo,
  readProcessMemoryInfoEx,
  readProcessMemoryMap,
  readProcessOpenFile,
  readProcessPageFaults,
  readProcessThread,
  type ProcessCgroup,
  type ProcessCpuPercent,
  type ProcessCpuTimes,
  type ProcessCtxSwitches,
  type ProcessIds,
  type ProcessIoCounters,
  type ProcessIonice,
  type ProcessMemoryFullInfo,
  type ProcessMemoryInfo,
  type ProcessMemoryInfoEx,
  type ProcessMemoryMap,
  type ProcessOpenFile,
  type ProcessPageFaults,
  type ProcessStatus,
  type ProcessThread,
} from "./process_values_plain.ts";

/**
 * Names the attributes of ProcessInfo; each number equals the number of the ProcessInfo field of the same name.
 *
 * - "unspecified": Not an attribute; refused in requests.
 * - "pid": ProcessInfo.pid.
 * - "name": ProcessInfo.name.
 * - "status": ProcessInfo.status.
 * - "ppid": ProcessInfo.ppid.
 * - "create_time": ProcessInfo.create_time.
 * - "cpu_times": ProcessInfo.cpu_times.
 * - "memory_info": ProcessInfo.memory_info.
 * - "num_threads": ProcessInfo.num_threads.
 * - "username": ProcessInfo.username.
 * - "cmdline": ProcessInfo.cmdline.
 * - "exe": ProcessInfo.exe.
 * - "num_ctx_switches": ProcessInfo.num_ctx_switches.
 * - "io_counters": ProcessInfo.io_counters.
 * - "nice": ProcessInfo.nice.
 * - "cpu_percent": ProcessInfo.cpu_percent.
 * - "memory_percent": ProcessInfo.memory_percent.
 * - "uids": ProcessInfo.uids.
 * - "gids": ProcessInfo.gids.
 * - "terminal": ProcessInfo.terminal.
 * - "cpu_num": ProcessInfo.cpu_num.
 * - "cwd": ProcessInfo.cwd.
 * - "environ": ProcessInfo.environ.
 * - "ionice": ProcessInfo.ionice.
 * - "num_fds": ProcessInfo.num_fds.
 * - "num_handles": ProcessInfo.num_handles.
 * - "threads": ProcessInfo.threads.
 * - "cpu_affinity": ProcessInfo.cpu_affinity.
 * - "memory_full_info": ProcessInfo.memory_full_info.
 * - "memory_maps": ProcessInfo.memory_maps.
 * - "open_files": ProcessInfo.open_files.
 * - "connections": ProcessInfo.connections.
 * - "page_faults": ProcessInfo.page_faults.
 * - "memory_info_ex": ProcessInfo.memory_info_ex.
 * - "cgroup": ProcessInfo.cgroup.
 */
export type ProcessAttribute =
  | "unspecified"
  | "pid"
  | "name"
  | "status"
  | "ppid"
  | "create_time"
  | "cpu_times"
  | "memory_info"
  | "num_threads"
  | "username"
  | "cmdline"
  | "exe"
  | "num_ctx_switches"
  | "io_counters"
  | "nice"
  | "cpu_percent"
  | "memory_percent"
  | "uids"
  | "gids"
  | "terminal"
  | "cpu_num"
  | "cwd"
  | "environ"
  | "ionice"
  | "num_fds"
  | "num_handles"
  | "threads"
  | "cpu_affinity"
  | "memory_full_info"
  | "memory_maps"
  | "open_files"
  | "connections"
  | "page_faults"
  | "memory_info_ex"
  | "cgroup";

/** Texts of ProcessAttribute; the index is the number on the wire. */
export const PROCESS_ATTRIBUTE_TEXTS: readonly ProcessAttribute[] = [
  "unspecified",
  "unspecified",
  "unspecified",
  "unspecified",
  "pid",
  "name",
  "status",
  "ppid",
  "create_time",
  "cpu_times",
  "memory_info",
  "num_threads",
  "username",
  "cmdline",
  "exe",
  "num_ctx_switches",
  "io_counters",
  "nice",
  "cpu_percent",
  "memory_percent",
  "uids",
  "gids",
  "terminal",
  "cpu_num",
  "cwd",
  "environ",
  "ionice",
  "num_fds",
  "num_handles",
  "threads",
  "cpu_affinity",
  "memory_full_info",
  "memory_maps",
  "open_files",
  "connections",
  "page_faults",
  "memory_info_ex",
  "cgroup",
];

/** Numbers of ProcessAttribute on the wire, by text, for requests; "unspecified" cannot be asked for. */
export const PROCESS_ATTRIBUTE_NUMBERS: ReadonlyMap<string, number> = new Map([
  ["pid", 4],
  ["name", 5],
  ["status", 6],
  ["ppid", 7],
  ["create_time", 8],
  ["cpu_times", 9],
  ["memory_info", 10],
  ["num_threads", 11],
  ["username", 12],
  ["cmdline", 13],
  ["exe", 14],
  ["num_ctx_switches", 15],
  ["io_counters", 16],
  ["nice", 17],
  ["cpu_percent", 18],
  ["memory_percent", 19],
  ["uids", 20],
  ["gids", 21],
  ["terminal", 22],
  ["cpu_num", 23],
  ["cwd", 24],
  ["environ", 25],
  ["ionice", 26],
  ["num_fds", 27],
  ["num_handles", 28],
  ["threads", 29],
  ["cpu_affinity", 30],
  ["memory_full_info", 31],
  ["memory_maps", 32],
  ["open_files", 33],
  ["connections", 34],
  ["page_faults", 35],
  ["memory_info_ex", 36],
  ["cgroup", 37],
]);

/**
 * Why an attribute that was asked for has no value.
 *
 * - "unspecified": Unknown to this client.
 * - "denied": The operating system refused the agent; psutil's AccessDenied.
 * - "gone": The process ended while it was read; psutil's NoSuchProcess.
 * - "zombie": The process is a zombie and has no such value any more; psutil's ZombieProcess.
 * - "unsupported": This platform or this version of hostscope has no such attribute.
 * - "timed_out":
 *   The kernel did not answer within the agent's limit for one field, e.g. the target holds its memory lock.
 * - "failed": The kernel gave an unexpected error; os_error has its number.
 * - "not_permitted":
 *   The caller lacks the grant that this attribute needs; decided by the agent, not by the operating system.
 */
export type AttributeOutcome =
  | "unspecified"
  | "denied"
  | "gone"
  | "zombie"
  | "unsupported"
  | "timed_out"
  | "failed"
  | "not_permitted";

/** Texts of AttributeOutcome; the index is the number on the wire. */
export const ATTRIBUTE_OUTCOME_TEXTS: readonly AttributeOutcome[] = [
  "unspecified",
  "denied",
  "gone",
  "zombie",
  "unsupported",
  "timed_out",
  "failed",
  "not_permitted",
];

/** Numbers of AttributeOutcome on the wire, by text, for requests; "unspecified" cannot be asked for. */
export const ATTRIBUTE_OUTCOME_NUMBERS: ReadonlyMap<string, number> = new Map([
  ["denied", 1],
  ["gone", 2],
  ["zombie", 3],
  ["unsupported", 4],
  ["timed_out", 5],
  ["failed", 6],
  ["not_permitted", 7],
]);

/** One attribute that was asked for and has no value. */
export interface AttributeFailure {
  /** Which. */
  attribute: ProcessAttribute;
  /** Why. */
  outcome: AttributeOutcome;
  /** The operating system's error number, where one was given. */
  osError: number | null;
}

/** Decodes a AttributeFailure. Throws RangeError if the bytes are not one. */
export function decodeAttributeFailure(bytes: Uint8Array): AttributeFailure {
  return readAttributeFailure(new PlainReader(bytes));
}

/** Reads a AttributeFailure up to the reader's end; for decoders of messages that hold one. */
export function readAttributeFailure(reader: PlainReader): AttributeFailure {
  let attribute: ProcessAttribute = "unspecified";
  let outcome: AttributeOutcome = "unspecified";
  let osError: number | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        attribute = PROCESS_ATTRIBUTE_TEXTS[reader.int32()] ?? "unspecified";
        break;
      case 16:
        outcome = ATTRIBUTE_OUTCOME_TEXTS[reader.int32()] ?? "unspecified";
        break;
      case 24:
        osError = reader.int32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    attribute,
    outcome,
    osError,
  };
}

/**
 * One process. Holds the attributes that were asked for; one that is absent (or an empty list) and not in `failures`
 * is known to have no value: psutil's None, or an empty list. All values of a row belong to the same process: they are
 * read through one handle on it.
 */
export interface ProcessInfo {
  /** Identity of the process; always there. */
  ref: ProcessRef | null;
  /** Attributes asked for that could not be read. */
  failures: AttributeFailure[];
  /** When this row was read, in microseconds after the response's Sample. */
  sampledAfterUs: number | null;
  /** Process id. */
  pid: number | null;
  /**
   * Program name. Linux: comm of /proc/PID/stat, completed from the command line when the kernel cut it at 15 bytes.
   */
  name: string | null;
  /** Scheduler state. Linux: /proc/PID/stat field 3. */
  status: ProcessStatus | null;
  /** Parent's pid; changes when the parent ends (not on Windows). 0: none visible. Linux: /proc/PID/stat field 4. */
  ppid: number | null;
  /**
   * Start, seconds since the epoch: kernel start mark plus boot time. Shifts when the wall clock is set; use ref for
   * identity.
   */
  createTime: number | null;
  /** CPU time used so far, seconds; counters. Linux: /proc/PID/stat fields 14-17, 42. */
  cpuTimes: ProcessCpuTimes | null;
  /** Memory in use, bytes. Linux: /proc/PID/statm. */
  memoryInfo: ProcessMemoryInfo | null;
  /** Number of threads. Linux: /proc/PID/stat field 20. */
  numThreads: number | null;
  /** Name of the real user; the number as text if it has no name. Windows: DOMAIN\user. */
  username: string | null;
  /** Arguments, program first; empty for kernel threads. Needs the cmdline grant. Linux: /proc/PID/cmdline. */
  cmdline: string[];
  /** Absolute path of the executable; empty for kernel threads. Linux: link /proc/PID/exe. */
  exe: string | null;
  /** Context switches so far; counters. Linux: of the main thread only, /proc/PID/status. */
  numCtxSwitches: ProcessCtxSwitches | null;
  /** Input and output so far; counters. Linux: /proc/PID/io. */
  ioCounters: ProcessIoCounters | null;
  /** Niceness -20..19 (lower runs first) on POSIX, priority class on Windows. */
  nice: number | null;
  /** CPU use over an interval measured by the agent; may exceed 100 with several threads. */
  cpuPercent: ProcessCpuPercent | null;
  /** Share of the host's physical memory, percent, of the memory type asked for (resident set by default). */
  memoryPercent: number | null;
  /** Real, effective and saved user ids. Not on Windows. Linux: Uid of /proc/PID/status. */
  uids: ProcessIds | null;
  /** Real, effective and saved group ids. Not on Windows. Linux: Gid of /proc/PID/status. */
  gids: ProcessIds | null;
  /** Controlling terminal, e.g. "/dev/pts/3"; absent without one. Not on Windows. Linux: /proc/PID/stat field 7. */
  terminal: string | null;
  /** CPU it last ran on. Linux and FreeBSD. Linux: /proc/PID/stat field 39. */
  cpuNum: number | null;
  /** Working directory. Linux: link /proc/PID/cwd. */
  cwd: string | null;
  /** Environment at start. Needs the environ grant. Linux: /proc/PID/environ. */
  environ: Record<string, string>;
  /** Input/output priority. Linux: ioprio_get(2); Windows: process I/O priority. */
  ionice: ProcessIonice | null;
  /** Open file descriptors. Not on Windows. Linux: entries of /proc/PID/fd. */
  numFds: number | null;
  /** Open handles. Windows only. */
  numHandles: number | null;
  /** Threads with their CPU times, by id. Linux: /proc/PID/task. */
  threads: ProcessThread[];
  /** CPUs it may run on, ascending. Linux, Windows, FreeBSD. */
  cpuAffinity: number[];
  /** Memory that would be freed if it ended now (uss) and its fair share (pss), bytes. Slow. */
  memoryFullInfo: ProcessMemoryFullInfo | null;
  /** Mapped memory regions. Slow. Linux: /proc/PID/smaps. */
  memoryMaps: ProcessMemoryMap[];
  /** Regular files it has open. Linux: /proc/PID/fd and fdinfo. */
  openFiles: ProcessOpenFile[];
  /** Sockets it has open; psutil's connections(), net_connections() since 6.0. */
  connections: NetConnection[];
  /** Page faults so far; counters. Linux: /proc/PID/stat fields 10 and 12. */
  pageFaults: ProcessPageFaults | null;
  /** Peaks and kinds of resident memory, bytes; psutil 8.0's memory_info_ex(). */
  memoryInfoEx: ProcessMemoryInfoEx | null;
  /** Control group, and the container and service manager unit that it stands for. Linux: /proc/PID/cgroup. */
  cgroup: ProcessCgroup | null;
}

/** Decodes a ProcessInfo. Throws RangeError if the bytes are not one. */
export function decodeProcessInfo(bytes: Uint8Array): ProcessInfo {
  return readProcessInfo(new PlainReader(bytes));
}

/** Reads a ProcessInfo up to the reader's end; for decoders of messages that hold one. */
export function readProcessInfo(reader: PlainReader): ProcessInfo {
  let ref: ProcessRef | null = null;
  const failures: AttributeFailure[] = [];
  let sampledAfterUs: number | null = null;
  let pid: number | null = null;
  let name: string | null = null;
  let status: ProcessStatus | null = null;
  let ppid: number | null = null;
  let createTime: number | null = null;
  let cpuTimes: ProcessCpuTimes | null = null;
  let memoryInfo: ProcessMemoryInfo | null = null;
  let numThreads: number | null = null;
  let username: string | null = null;
  const cmdline: string[] = [];
  let exe: string | null = null;
  let numCtxSwitches: ProcessCtxSwitches | null = null;
  let ioCounters: ProcessIoCounters | null = null;
  let nice: number | null = null;
  let cpuPercent: ProcessCpuPercent | null = null;
  let memoryPercent: number | null = null;
  let uids: ProcessIds | null = null;
  let gids: ProcessIds | null = null;
  let terminal: string | null = null;
  let cpuNum: number | null = null;
  let cwd: string | null = null;
  const environ: Record<string, string> = {};
  let ionice: ProcessIonice | null = null;
  let numFds: number | null = null;
  let numHandles: number | null = null;
  const threads: ProcessThread[] = [];
  const cpuAffinity: number[] = [];
  let memoryFullInfo: ProcessMemoryFullInfo | null = null;
  const memoryMaps: ProcessMemoryMap[] = [];
  const openFiles: ProcessOpenFile[] = [];
  const connections: NetConnection[] = [];
  let pageFaults: ProcessPageFaults | null = null;
  let memoryInfoEx: ProcessMemoryInfoEx | null = null;
  let cgroup: ProcessCgroup | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        ref = readProcessRef(reader);
        reader.leave(outer);
        break;
      }
      case 18: {
        const outer = reader.enter();
        failures.push(readAttributeFailure(reader));
        reader.leave(outer);
        break;
      }
      case 24:
        sampledAfterUs = reader.uint32();
        break;
      case 32:
        pid = reader.int64();
        break;
      case 42:
        name = reader.string();
        break;
      case 48:
        status = PROCESS_STATUS_TEXTS[reader.int32()] ?? "unspecified";
        break;
      case 56:
        ppid = reader.int64();
        break;
      case 65:
        createTime = reader.double();
        break;
      case 74: {
        const outer = reader.enter();
        cpuTimes = readProcessCpuTimes(reader);
        reader.leave(outer);
        break;
      }
      case 82: {
        const outer = reader.enter();
        memoryInfo = readProcessMemoryInfo(reader);
        reader.leave(outer);
        break;
      }
      case 88:
        numThreads = reader.uint32();
        break;
      case 98:
        username = reader.string();
        break;
      case 106:
        cmdline.push(reader.string());
        break;
      case 114:
        exe = reader.string();
        break;
      case 122: {
        const outer = reader.enter();
        numCtxSwitches = readProcessCtxSwitches(reader);
        reader.leave(outer);
        break;
      }
      case 130: {
        const outer = reader.enter();
        ioCounters = readProcessIoCounters(reader);
        reader.leave(outer);
        break;
      }
      case 136:
        nice = reader.int32();
        break;
      case 146: {
        const outer = reader.enter();
        cpuPercent = readProcessCpuPercent(reader);
        reader.leave(outer);
        break;
      }
      case 153:
        memoryPercent = reader.double();
        break;
      case 162: {
        const outer = reader.enter();
        uids = readProcessIds(reader);
        reader.leave(outer);
        break;
      }
      case 170: {
        const outer = reader.enter();
        gids = readProcessIds(reader);
        reader.leave(outer);
        break;
      }
      case 178:
        terminal = reader.string();
        break;
      case 184:
        cpuNum = reader.uint32();
        break;
      case 194:
        cwd = reader.string();
        break;
      case 202: {
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
        setEntry(environ, key, value);
        reader.leave(outer);
        break;
      }
      case 210: {
        const outer = reader.enter();
        ionice = readProcessIonice(reader);
        reader.leave(outer);
        break;
      }
      case 216:
        numFds = reader.uint32();
        break;
      case 224:
        numHandles = reader.uint32();
        break;
      case 234: {
        const outer = reader.enter();
        threads.push(readProcessThread(reader));
        reader.leave(outer);
        break;
      }
      case 242: {
        const outer = reader.enter();
        while (reader.more()) {
          cpuAffinity.push(reader.uint32());
        }
        reader.leave(outer);
        break;
      }
      case 240:
        cpuAffinity.push(reader.uint32());
        break;
      case 250: {
        const outer = reader.enter();
        memoryFullInfo = readProcessMemoryFullInfo(reader);
        reader.leave(outer);
        break;
      }
      case 258: {
        const outer = reader.enter();
        memoryMaps.push(readProcessMemoryMap(reader));
        reader.leave(outer);
        break;
      }
      case 266: {
        const outer = reader.enter();
        openFiles.push(readProcessOpenFile(reader));
        reader.leave(outer);
        break;
      }
      case 274: {
        const outer = reader.enter();
        connections.push(readNetConnection(reader));
        reader.leave(outer);
        break;
      }
      case 282: {
        const outer = reader.enter();
        pageFaults = readProcessPageFaults(reader);
        reader.leave(outer);
        break;
      }
      case 290: {
        const outer = reader.enter();
        memoryInfoEx = readProcessMemoryInfoEx(reader);
        reader.leave(outer);
        break;
      }
      case 298: {
        const outer = reader.enter();
        cgroup = readProcessCgroup(reader);
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    ref,
    failures,
    sampledAfterUs,
    pid,
    name,
    status,
    ppid,
    createTime,
    cpuTimes,
    memoryInfo,
    numThreads,
    username,
    cmdline,
    exe,
    numCtxSwitches,
    ioCounters,
    nice,
    cpuPercent,
    memoryPercent,
    uids,
    gids,
    terminal,
    cpuNum,
    cwd,
    environ,
    ionice,
    numFds,
    numHandles,
    threads,
    cpuAffinity,
    memoryFullInfo,
    memoryMaps,
    openFiles,
    connections,
    pageFaults,
    memoryInfoEx,
    cgroup,
  };
}
