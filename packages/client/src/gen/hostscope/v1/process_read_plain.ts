// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/process_read.proto by protoc-gen-hostscope-plain; do not edit.

import { PlainReader } from "../../../wire/plain-reader.ts";
import { readProcessRef, readSample, type ProcessRef, type Sample } from "./common_plain.ts";
import { readProcessInfo, type ProcessInfo } from "./process_info_plain.ts";

/**
 * Kind of memory that memory_percent compares with the host's physical memory.
 *
 * - "unspecified": The default: resident set.
 * - "rss": Resident set.
 * - "vms": Virtual size.
 * - "shared": Shared part. Linux.
 * - "text": Code. Linux.
 * - "data": Data and stack. Linux.
 * - "uss": Unique set; slow.
 * - "pss": Proportional set; slow. Linux.
 * - "swap": Swapped out; slow. Linux.
 */
export type MemoryType =
  | "unspecified"
  | "rss"
  | "vms"
  | "shared"
  | "text"
  | "data"
  | "uss"
  | "pss"
  | "swap";

/** Texts of MemoryType; the index is the number on the wire. */
export const MEMORY_TYPE_TEXTS: readonly MemoryType[] = [
  "unspecified",
  "rss",
  "vms",
  "shared",
  "text",
  "data",
  "uss",
  "pss",
  "swap",
];

/** Numbers of MemoryType on the wire, by text, for requests; "unspecified" cannot be asked for. */
export const MEMORY_TYPE_NUMBERS: ReadonlyMap<string, number> = new Map([
  ["rss", 1],
  ["vms", 2],
  ["shared", 3],
  ["text", 4],
  ["data", 5],
  ["uss", 6],
  ["pss", 7],
  ["swap", 8],
]);

/** Response of Process.Pids. */
export interface PidsResponse {
  /** All pids, ascending. Linux: numeric names in /proc. */
  pids: number[];
}

/** Decodes a PidsResponse. Throws RangeError if the bytes are not one. */
export function decodePidsResponse(bytes: Uint8Array): PidsResponse {
  return readPidsResponse(new PlainReader(bytes));
}

/** Reads a PidsResponse up to the reader's end; for decoders of messages that hold one. */
export function readPidsResponse(reader: PlainReader): PidsResponse {
  const pids: number[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        while (reader.more()) {
          pids.push(reader.int64());
        }
        reader.leave(outer);
        break;
      }
      case 8:
        pids.push(reader.int64());
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    pids,
  };
}

/** Response of Process.PidExists. */
export interface PidExistsResponse {
  /** Whether a process (zombies included) has this pid. */
  exists: boolean;
}

/** Decodes a PidExistsResponse. Throws RangeError if the bytes are not one. */
export function decodePidExistsResponse(bytes: Uint8Array): PidExistsResponse {
  return readPidExistsResponse(new PlainReader(bytes));
}

/** Reads a PidExistsResponse up to the reader's end; for decoders of messages that hold one. */
export function readPidExistsResponse(reader: PlainReader): PidExistsResponse {
  let exists: boolean = false;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        exists = reader.bool();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    exists,
  };
}

/** One chunk of the answer to Process.List. */
export interface ProcessListResponse {
  /** When the collection began; the same in all chunks of one answer. */
  sample: Sample | null;
  /** Rows, ascending by pid, also from chunk to chunk. */
  processes: ProcessInfo[];
  /** Processes of this chunk's range that ended while they were read and so have no row. */
  vanished: number;
}

/** Decodes a ProcessListResponse. Throws RangeError if the bytes are not one. */
export function decodeProcessListResponse(bytes: Uint8Array): ProcessListResponse {
  return readProcessListResponse(new PlainReader(bytes));
}

/** Reads a ProcessListResponse up to the reader's end; for decoders of messages that hold one. */
export function readProcessListResponse(reader: PlainReader): ProcessListResponse {
  let sample: Sample | null = null;
  const processes: ProcessInfo[] = [];
  let vanished: number = 0;
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
        processes.push(readProcessInfo(reader));
        reader.leave(outer);
        break;
      }
      case 24:
        vanished = reader.uint32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    sample,
    processes,
    vanished,
  };
}

/** Response of Process.Get. */
export interface ProcessGetResponse {
  /** When the row was read. */
  sample: Sample | null;
  /** The row. */
  process: ProcessInfo | null;
}

/** Decodes a ProcessGetResponse. Throws RangeError if the bytes are not one. */
export function decodeProcessGetResponse(bytes: Uint8Array): ProcessGetResponse {
  return readProcessGetResponse(new PlainReader(bytes));
}

/** Reads a ProcessGetResponse up to the reader's end; for decoders of messages that hold one. */
export function readProcessGetResponse(reader: PlainReader): ProcessGetResponse {
  let sample: Sample | null = null;
  let process: ProcessInfo | null = null;
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
        process = readProcessInfo(reader);
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    sample,
    process,
  };
}

/** Response of Process.IsRunning. */
export interface IsRunningResponse {
  /** True while this very process exists; false once it is gone or its pid belongs to another. */
  running: boolean;
}

/** Decodes a IsRunningResponse. Throws RangeError if the bytes are not one. */
export function decodeIsRunningResponse(bytes: Uint8Array): IsRunningResponse {
  return readIsRunningResponse(new PlainReader(bytes));
}

/** Reads a IsRunningResponse up to the reader's end; for decoders of messages that hold one. */
export function readIsRunningResponse(reader: PlainReader): IsRunningResponse {
  let running: boolean = false;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        running = reader.bool();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    running,
  };
}

/** Response of Process.Parent. */
export interface ParentResponse {
  /** The parent; absent if there is none or it is not visible. */
  parent: ProcessRef | null;
}

/** Decodes a ParentResponse. Throws RangeError if the bytes are not one. */
export function decodeParentResponse(bytes: Uint8Array): ParentResponse {
  return readParentResponse(new PlainReader(bytes));
}

/** Reads a ParentResponse up to the reader's end; for decoders of messages that hold one. */
export function readParentResponse(reader: PlainReader): ParentResponse {
  let parent: ProcessRef | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        parent = readProcessRef(reader);
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    parent,
  };
}

/** Response of Process.Parents. */
export interface ParentsResponse {
  /** Ancestors, nearest first. */
  parents: ProcessRef[];
}

/** Decodes a ParentsResponse. Throws RangeError if the bytes are not one. */
export function decodeParentsResponse(bytes: Uint8Array): ParentsResponse {
  return readParentsResponse(new PlainReader(bytes));
}

/** Reads a ParentsResponse up to the reader's end; for decoders of messages that hold one. */
export function readParentsResponse(reader: PlainReader): ParentsResponse {
  const parents: ProcessRef[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        parents.push(readProcessRef(reader));
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    parents,
  };
}

/** Response of Process.Children. */
export interface ChildrenResponse {
  /** Children in the order psutil gives them: each parent before its own children. */
  children: ProcessRef[];
}

/** Decodes a ChildrenResponse. Throws RangeError if the bytes are not one. */
export function decodeChildrenResponse(bytes: Uint8Array): ChildrenResponse {
  return readChildrenResponse(new PlainReader(bytes));
}

/** Reads a ChildrenResponse up to the reader's end; for decoders of messages that hold one. */
export function readChildrenResponse(reader: PlainReader): ChildrenResponse {
  const children: ProcessRef[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        children.push(readProcessRef(reader));
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    children,
  };
}
