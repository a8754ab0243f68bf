// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/process_control.proto by protoc-gen-hostscope-plain; do not edit.

import { PlainReader } from "../../../wire/plain-reader.ts";

/**
 * How surely the action met the process that the ref names, and no other.
 *
 * - "unspecified": Unknown to this client.
 * - "atomic": The action went through a handle whose identity was verified: it cannot have hit another process.
 * - "checked": Identity was verified right before and right after; the platform has no handle for this action.
 */
export type Guarantee =
  | "unspecified"
  | "atomic"
  | "checked";

/** Texts of Guarantee; the index is the number on the wire. */
export const GUARANTEE_TEXTS: readonly Guarantee[] = [
  "unspecified",
  "atomic",
  "checked",
];

/** Numbers of Guarantee on the wire, by text, for requests; "unspecified" cannot be asked for. */
export const GUARANTEE_NUMBERS: ReadonlyMap<string, number> = new Map([
  ["atomic", 1],
  ["checked", 2],
]);

/**
 * Resources that can be limited, psutil's RLIMIT_* constants. Linux; numbers are hostscope's, not the kernel's.
 *
 * - "unspecified": Not a resource; refused.
 * - "as": Address space, bytes.
 * - "core": Core file, bytes.
 * - "cpu": CPU time, seconds.
 * - "data": Data segment, bytes.
 * - "fsize": File size, bytes.
 * - "locks": File locks.
 * - "memlock": Locked memory, bytes.
 * - "msgqueue": POSIX message queues, bytes.
 * - "nice": Ceiling of the niceness, as 20 minus nice.
 * - "nofile": Open files.
 * - "nproc": Processes and threads of the user.
 * - "rss": Resident set, bytes; not enforced by current kernels.
 * - "rtprio": Ceiling of the real-time priority.
 * - "rttime": Real-time CPU time without a blocking call, microseconds.
 * - "sigpending": Queued signals.
 * - "stack": Stack, bytes.
 */
export type RlimitResource =
  | "unspecified"
  | "as"
  | "core"
  | "cpu"
  | "data"
  | "fsize"
  | "locks"
  | "memlock"
  | "msgqueue"
  | "nice"
  | "nofile"
  | "nproc"
  | "rss"
  | "rtprio"
  | "rttime"
  | "sigpending"
  | "stack";

/** Texts of RlimitResource; the index is the number on the wire. */
export const RLIMIT_RESOURCE_TEXTS: readonly RlimitResource[] = [
  "unspecified",
  "as",
  "core",
  "cpu",
  "data",
  "fsize",
  "locks",
  "memlock",
  "msgqueue",
  "nice",
  "nofile",
  "nproc",
  "rss",
  "rtprio",
  "rttime",
  "sigpending",
  "stack",
];

/** Numbers of RlimitResource on the wire, by text, for requests; "unspecified" cannot be asked for. */
export const RLIMIT_RESOURCE_NUMBERS: ReadonlyMap<string, number> = new Map([
  ["as", 1],
  ["core", 2],
  ["cpu", 3],
  ["data", 4],
  ["fsize", 5],
  ["locks", 6],
  ["memlock", 7],
  ["msgqueue", 8],
  ["nice", 9],
  ["nofile", 10],
  ["nproc", 11],
  ["rss", 12],
  ["rtprio", 13],
  ["rttime", 14],
  ["sigpending", 15],
  ["stack", 16],
]);

/** Response of Process.SendSignal. */
export interface SendSignalResponse {
  /** How surely it met the target. */
  guarantee: Guarantee;
}

/** Decodes a SendSignalResponse. Throws RangeError if the bytes are not one. */
export function decodeSendSignalResponse(bytes: Uint8Array): SendSignalResponse {
  return readSendSignalResponse(new PlainReader(bytes));
}

/** Reads a SendSignalResponse up to the reader's end; for decoders of messages that hold one. */
export function readSendSignalResponse(reader: PlainReader): SendSignalResponse {
  let guarantee: Guarantee = "unspecified";
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        guarantee = GUARANTEE_TEXTS[reader.int32()] ?? "unspecified";
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    guarantee,
  };
}

/** Response of Process.Suspend. */
export interface SuspendResponse {
  /** How surely it met the target. */
  guarantee: Guarantee;
  /** False if it was stopped already. */
  changed: boolean;
}

/** Decodes a SuspendResponse. Throws RangeError if the bytes are not one. */
export function decodeSuspendResponse(bytes: Uint8Array): SuspendResponse {
  return readSuspendResponse(new PlainReader(bytes));
}

/** Reads a SuspendResponse up to the reader's end; for decoders of messages that hold one. */
export function readSuspendResponse(reader: PlainReader): SuspendResponse {
  let guarantee: Guarantee = "unspecified";
  let changed: boolean = false;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        guarantee = GUARANTEE_TEXTS[reader.int32()] ?? "unspecified";
        break;
      case 16:
        changed = reader.bool();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    guarantee,
    changed,
  };
}

/** Response of Process.Resume. */
export interface ResumeResponse {
  /** How surely it met the target. */
  guarantee: Guarantee;
  /** False if it was not stopped. */
  changed: boolean;
}

/** Decodes a ResumeResponse. Throws RangeError if the bytes are not one. */
export function decodeResumeResponse(bytes: Uint8Array): ResumeResponse {
  return readResumeResponse(new PlainReader(bytes));
}

/** Reads a ResumeResponse up to the reader's end; for decoders of messages that hold one. */
export function readResumeResponse(reader: PlainReader): ResumeResponse {
  let guarantee: Guarantee = "unspecified";
  let changed: boolean = false;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        guarantee = GUARANTEE_TEXTS[reader.int32()] ?? "unspecified";
        break;
      case 16:
        changed = reader.bool();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    guarantee,
    changed,
  };
}

/** Response of Process.Terminate. */
export interface TerminateResponse {
  /** How surely it met the target. */
  guarantee: Guarantee;
}

/** Decodes a TerminateResponse. Throws RangeError if the bytes are not one. */
export function decodeTerminateResponse(bytes: Uint8Array): TerminateResponse {
  return readTerminateResponse(new PlainReader(bytes));
}

/** Reads a TerminateResponse up to the reader's end; for decoders of messages that hold one. */
export function readTerminateResponse(reader: PlainReader): TerminateResponse {
  let guarantee: Guarantee = "unspecified";
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        guarantee = GUARANTEE_TEXTS[reader.int32()] ?? "unspecified";
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    guarantee,
  };
}

/** Response of Process.Kill. */
export interface KillResponse {
  /** How surely it met the target. */
  guarantee: Guarantee;
}

/** Decodes a KillResponse. Throws RangeError if the bytes are not one. */
export function decodeKillResponse(bytes: Uint8Array): KillResponse {
  return readKillResponse(new PlainReader(bytes));
}

/** Reads a KillResponse up to the reader's end; for decoders of messages that hold one. */
export function readKillResponse(reader: PlainReader): KillResponse {
  let guarantee: Guarantee = "unspecified";
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        guarantee = GUARANTEE_TEXTS[reader.int32()] ?? "unspecified";
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    guarantee,
  };
}

/** Response of Process.SetNice. */
export interface SetNiceResponse {
  /** How surely it met the target. */
  guarantee: Guarantee;
}

/** Decodes a SetNiceResponse. Throws RangeError if the bytes are not one. */
export function decodeSetNiceResponse(bytes: Uint8Array): SetNiceResponse {
  return readSetNiceResponse(new PlainReader(bytes));
}

/** Reads a SetNiceResponse up to the reader's end; for decoders of messages that hold one. */
export function readSetNiceResponse(reader: PlainReader): SetNiceResponse {
  let guarantee: Guarantee = "unspecified";
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        guarantee = GUARANTEE_TEXTS[reader.int32()] ?? "unspecified";
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    guarantee,
  };
}

/** Response of Process.SetIonice. */
export interface SetIoniceResponse {
  /** How surely it met the target. */
  guarantee: Guarantee;
}

/** Decodes a SetIoniceResponse. Throws RangeError if the bytes are not one. */
export function decodeSetIoniceResponse(bytes: Uint8Array): SetIoniceResponse {
  return readSetIoniceResponse(new PlainReader(bytes));
}

/** Reads a SetIoniceResponse up to the reader's end; for decoders of messages that hold one. */
export function readSetIoniceResponse(reader: PlainReader): SetIoniceResponse {
  let guarantee: Guarantee = "unspecified";
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        guarantee = GUARANTEE_TEXTS[reader.int32()] ?? "unspecified";
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    guarantee,
  };
}

/** Response of Process.SetCpuAffinity. */
export interface SetCpuAffinityResponse {
  /** How surely it met the target. */
  guarantee: Guarantee;
  /** The set the kernel took, ascending. */
  cpus: number[];
}

/** Decodes a SetCpuAffinityResponse. Throws RangeError if the bytes are not one. */
export function decodeSetCpuAffinityResponse(bytes: Uint8Array): SetCpuAffinityResponse {
  return readSetCpuAffinityResponse(new PlainReader(bytes));
}

/** Reads a SetCpuAffinityResponse up to the reader's end; for decoders of messages that hold one. */
export function readSetCpuAffinityResponse(reader: PlainReader): SetCpuAffinityResponse {
  let guarantee: Guarantee = "unspecified";
  const cpus: number[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        guarantee = GUARANTEE_TEXTS[reader.int32()] ?? "unspecified";
        break;
      case 18: {
        const outer = reader.enter();
        while (reader.more()) {
          cpus.push(reader.uint32());
        }
        reader.leave(outer);
        break;
      }
      case 16:
        cpus.push(reader.uint32());
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    guarantee,
    cpus,
  };
}

/** A soft and a hard limit. */
export interface RlimitPair {
  /**
   * The limit in force; absent means unlimited, psutil's RLIM_INFINITY.
   * A decimal string: the number may be too large for a double.
   */
  soft: string | null;
  /**
   * How far the soft limit may be raised; absent means unlimited.
   * A decimal string: the number may be too large for a double.
   */
  hard: string | null;
}

/** Decodes a RlimitPair. Throws RangeError if the bytes are not one. */
export function decodeRlimitPair(bytes: Uint8Array): RlimitPair {
  return readRlimitPair(new PlainReader(bytes));
}

/** Reads a RlimitPair up to the reader's end; for decoders of messages that hold one. */
export function readRlimitPair(reader: PlainReader): RlimitPair {
  let soft: string | null = null;
  let hard: string | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        soft = reader.uint64Text();
        break;
      case 16:
        hard = reader.uint64Text();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    soft,
    hard,
  };
}

/** Response of Process.Rlimit. */
export interface RlimitResponse {
  /** Its limits. */
  limits: RlimitPair | null;
}

/** Decodes a RlimitResponse. Throws RangeError if the bytes are not one. */
export function decodeRlimitResponse(bytes: Uint8Array): RlimitResponse {
  return readRlimitResponse(new PlainReader(bytes));
}

/** Reads a RlimitResponse up to the reader's end; for decoders of messages that hold one. */
export function readRlimitResponse(reader: PlainReader): RlimitResponse {
  let limits: RlimitPair | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        limits = readRlimitPair(reader);
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    limits,
  };
}

/** Response of Process.SetRlimit. */
export interface SetRlimitResponse {
  /** How surely it met the target. */
  guarantee: Guarantee;
}

/** Decodes a SetRlimitResponse. Throws RangeError if the bytes are not one. */
export function decodeSetRlimitResponse(bytes: Uint8Array): SetRlimitResponse {
  return readSetRlimitResponse(new PlainReader(bytes));
}

/** Reads a SetRlimitResponse up to the reader's end; for decoders of messages that hold one. */
export function readSetRlimitResponse(reader: PlainReader): SetRlimitResponse {
  let guarantee: Guarantee = "unspecified";
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        guarantee = GUARANTEE_TEXTS[reader.int32()] ?? "unspecified";
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    guarantee,
  };
}
