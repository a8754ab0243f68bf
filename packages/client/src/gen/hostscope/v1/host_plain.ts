// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/host.proto by protoc-gen-hostscope-plain; do not edit.

import { PlainReader } from "../../../wire/plain-reader.ts";
import { readSample, type Sample } from "./common_plain.ts";
import { PROCESS_ATTRIBUTE_TEXTS, type ProcessAttribute } from "./process_info_plain.ts";

/**
 * Operating system family, psutil's LINUX, WINDOWS, MACOS ... constants.
 *
 * - "unspecified": Unknown to this client.
 * - "linux": Linux.
 * - "windows": Windows.
 * - "macos": macOS.
 * - "freebsd": FreeBSD.
 * - "netbsd": NetBSD.
 * - "openbsd": OpenBSD.
 * - "sunos": Solaris and its kin.
 * - "aix": AIX.
 */
export type Platform =
  | "unspecified"
  | "linux"
  | "windows"
  | "macos"
  | "freebsd"
  | "netbsd"
  | "openbsd"
  | "sunos"
  | "aix";

/** Texts of Platform; the index is the number on the wire. */
export const PLATFORM_TEXTS: readonly Platform[] = [
  "unspecified",
  "linux",
  "windows",
  "macos",
  "freebsd",
  "netbsd",
  "openbsd",
  "sunos",
  "aix",
];

/** Numbers of Platform on the wire, by text, for requests; "unspecified" cannot be asked for. */
export const PLATFORM_NUMBERS: ReadonlyMap<string, number> = new Map([
  ["linux", 1],
  ["windows", 2],
  ["macos", 3],
  ["freebsd", 4],
  ["netbsd", 5],
  ["openbsd", 6],
  ["sunos", 7],
  ["aix", 8],
]);

/** Response of System.BootTime. */
export interface BootTimeResponse {
  /** When the host booted, seconds since the epoch; moves when the wall clock is set. Linux: btime of /proc/stat. */
  bootTime: number;
}

/** Decodes a BootTimeResponse. Throws RangeError if the bytes are not one. */
export function decodeBootTimeResponse(bytes: Uint8Array): BootTimeResponse {
  return readBootTimeResponse(new PlainReader(bytes));
}

/** Reads a BootTimeResponse up to the reader's end; for decoders of messages that hold one. */
export function readBootTimeResponse(reader: PlainReader): BootTimeResponse {
  let bootTime: number = 0;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 9:
        bootTime = reader.double();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    bootTime,
  };
}

/** One login session. */
export interface User {
  /** Name of the user. */
  name: string;
  /** Terminal, e.g. "pts/2"; absent without one and on Windows. */
  terminal: string | null;
  /** Where the user comes from; "localhost" for a local session. Absent where unknown. */
  host: string | null;
  /** Begin of the session, seconds since the epoch, whole ones as a rule. */
  started: number;
  /** Pid of the login process. Absent on Windows and OpenBSD. */
  pid: number | null;
}

/** Decodes a User. Throws RangeError if the bytes are not one. */
export function decodeUser(bytes: Uint8Array): User {
  return readUser(new PlainReader(bytes));
}

/** Reads a User up to the reader's end; for decoders of messages that hold one. */
export function readUser(reader: PlainReader): User {
  let name: string = "";
  let terminal: string | null = null;
  let host: string | null = null;
  let started: number = 0;
  let pid: number | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        name = reader.string();
        break;
      case 18:
        terminal = reader.string();
        break;
      case 26:
        host = reader.string();
        break;
      case 33:
        started = reader.double();
        break;
      case 40:
        pid = reader.int64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    name,
    terminal,
    host,
    started,
    pid,
  };
}

/** Response of System.Users. */
export interface UsersResponse {
  /** When the sessions were read. */
  sample: Sample | null;
  /**
   * Sessions in the system's order; none where the host keeps no record. Linux: utmp, and without it systemd-logind's
   * sessions by begin; Windows: terminal services.
   */
  users: User[];
}

/** Decodes a UsersResponse. Throws RangeError if the bytes are not one. */
export function decodeUsersResponse(bytes: Uint8Array): UsersResponse {
  return readUsersResponse(new PlainReader(bytes));
}

/** Reads a UsersResponse up to the reader's end; for decoders of messages that hold one. */
export function readUsersResponse(reader: PlainReader): UsersResponse {
  let sample: Sample | null = null;
  const users: User[] = [];
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
        users.push(readUser(reader));
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    sample,
    users,
  };
}

/** A signal that Process.SendSignal takes on this host; numbers differ from platform to platform. */
export interface SignalNumber {
  /** Name, e.g. "SIGUSR1"; on Windows also "CTRL_C_EVENT" and "CTRL_BREAK_EVENT". */
  name: string;
  /** The platform's number. */
  number: number;
}

/** Decodes a SignalNumber. Throws RangeError if the bytes are not one. */
export function decodeSignalNumber(bytes: Uint8Array): SignalNumber {
  return readSignalNumber(new PlainReader(bytes));
}

/** Reads a SignalNumber up to the reader's end; for decoders of messages that hold one. */
export function readSignalNumber(reader: PlainReader): SignalNumber {
  let name: string = "";
  let number$: number = 0;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        name = reader.string();
        break;
      case 16:
        number$ = reader.int32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    name,
    number: number$,
  };
}

/** Constants of the platform; they hold until the next boot. */
export interface PlatformConstants {
  /** Size of a memory page, bytes. */
  pageSize: number;
  /** Clock ticks per second, the unit of a ProcessRef's start on Linux. POSIX only. */
  clockTicks: number | null;
  /** No pid reaches this number. Linux: /proc/sys/kernel/pid_max. */
  pidMax: number | null;
  /** Signals by number. */
  signals: SignalNumber[];
}

/** Decodes a PlatformConstants. Throws RangeError if the bytes are not one. */
export function decodePlatformConstants(bytes: Uint8Array): PlatformConstants {
  return readPlatformConstants(new PlainReader(bytes));
}

/** Reads a PlatformConstants up to the reader's end; for decoders of messages that hold one. */
export function readPlatformConstants(reader: PlainReader): PlatformConstants {
  let pageSize: number = 0;
  let clockTicks: number | null = null;
  let pidMax: number | null = null;
  const signals: SignalNumber[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        pageSize = reader.uint32();
        break;
      case 16:
        clockTicks = reader.uint32();
        break;
      case 24:
        pidMax = reader.uint64();
        break;
      case 34: {
        const outer = reader.enter();
        signals.push(readSignalNumber(reader));
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    pageSize,
    clockTicks,
    pidMax,
    signals,
  };
}

/** What a host is and what can be asked of it. */
export interface HostInfo {
  /**
   * Network name, without a domain as a rule. Linux: /proc/sys/kernel/hostname, which is that of the agent's own UTS
   * namespace, whatever procfs it reads. Empty if the host does not tell.
   */
  hostname: string;
  /** Operating system family. */
  platform: Platform;
  /** The system's name for people, e.g. "Debian GNU/Linux 12 (bookworm)". Linux: os-release. */
  os: string | null;
  /** Version of the system, e.g. "12" or "10.0.22631". Linux: os-release. */
  osVersion: string | null;
  /** Release of the kernel, e.g. "6.18.44". Linux: /proc/sys/kernel/osrelease. */
  kernel: string | null;
  /** Processor architecture as the kernel names it, e.g. "x86_64". Linux: uname(2). */
  machine: string | null;
  /** Id of this boot, another after each reboot. Linux: /proc/sys/kernel/random/boot_id. Absent where there is none. */
  bootId: string | null;
  /** Its first 32 bits, the mark that ProcessRef and CpuSample carry. */
  boot: number | null;
  /** When the host booted, seconds since the epoch, as BootTime gives it. */
  bootTime: number | null;
  /** Constants of the platform. */
  constants: PlatformConstants | null;
  /** Version of hostscope that answers, e.g. "0.1.0". */
  agentVersion: string;
  /** RPCs that work here, as "System.CpuTimes", sorted. Any other answers UNIMPLEMENTED. */
  methods: string[];
  /** Process attributes that can have a value here, ascending. Any other fails with UNSUPPORTED. */
  processAttributes: ProcessAttribute[];
}

/** Decodes a HostInfo. Throws RangeError if the bytes are not one. */
export function decodeHostInfo(bytes: Uint8Array): HostInfo {
  return readHostInfo(new PlainReader(bytes));
}

/** Reads a HostInfo up to the reader's end; for decoders of messages that hold one. */
export function readHostInfo(reader: PlainReader): HostInfo {
  let hostname: string = "";
  let platform: Platform = "unspecified";
  let os: string | null = null;
  let osVersion: string | null = null;
  let kernel: string | null = null;
  let machine: string | null = null;
  let bootId: string | null = null;
  let boot: number | null = null;
  let bootTime: number | null = null;
  let constants: PlatformConstants | null = null;
  let agentVersion: string = "";
  const methods: string[] = [];
  const processAttributes: ProcessAttribute[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        hostname = reader.string();
        break;
      case 16:
        platform = PLATFORM_TEXTS[reader.int32()] ?? "unspecified";
        break;
      case 26:
        os = reader.string();
        break;
      case 34:
        osVersion = reader.string();
        break;
      case 42:
        kernel = reader.string();
        break;
      case 50:
        machine = reader.string();
        break;
      case 58:
        bootId = reader.string();
        break;
      case 69:
        boot = reader.fixed32();
        break;
      case 73:
        bootTime = reader.double();
        break;
      case 82: {
        const outer = reader.enter();
        constants = readPlatformConstants(reader);
        reader.leave(outer);
        break;
      }
      case 90:
        agentVersion = reader.string();
        break;
      case 98:
        methods.push(reader.string());
        break;
      case 106: {
        const outer = reader.enter();
        while (reader.more()) {
          processAttributes.push(PROCESS_ATTRIBUTE_TEXTS[reader.int32()] ?? "unspecified");
        }
        reader.leave(outer);
        break;
      }
      case 104:
        processAttributes.push(PROCESS_ATTRIBUTE_TEXTS[reader.int32()] ?? "unspecified");
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    hostname,
    platform,
    os,
    osVersion,
    kernel,
    machine,
    bootId,
    boot,
    bootTime,
    constants,
    agentVersion,
    methods,
    processAttributes,
  };
}

/** Response of System.HostInfo. */
export interface HostInfoResponse {
  /** When the values were read; also tells how the host's clocks stand. */
  sample: Sample | null;
  /** The host. */
  hostInfo: HostInfo | null;
}

/** Decodes a HostInfoResponse. Throws RangeError if the bytes are not one. */
export function decodeHostInfoResponse(bytes: Uint8Array): HostInfoResponse {
  return readHostInfoResponse(new PlainReader(bytes));
}

/** Reads a HostInfoResponse up to the reader's end; for decoders of messages that hold one. */
export function readHostInfoResponse(reader: PlainReader): HostInfoResponse {
  let sample: Sample | null = null;
  let hostInfo: HostInfo | null = null;
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
        hostInfo = readHostInfo(reader);
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    sample,
    hostInfo,
  };
}
