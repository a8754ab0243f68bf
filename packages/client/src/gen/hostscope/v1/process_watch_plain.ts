// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/process_watch.proto by protoc-gen-hostscope-plain; do not edit.

import { PlainReader } from "../../../wire/plain-reader.ts";
import { readProcessRef, readSample, type ProcessRef, type Sample } from "./common_plain.ts";
import {
  PROCESS_ATTRIBUTE_TEXTS,
  readProcessInfo,
  type ProcessAttribute,
  type ProcessInfo,
} from "./process_info_plain.ts";
import { readProcessExit, type ProcessExit } from "./process_wait_plain.ts";
import { readWatchPace, type WatchPace } from "./watch_pace_plain.ts";

/**
 * What rows can be chosen and ordered by. A process of which it cannot be read matches no condition on it and comes last.
 *
 * - "unspecified": Not a key; refused in conditions.
 * - "pid": Process id; a number.
 * - "ppid": Pid of the parent; a number.
 * - "name": Name; a text.
 * - "exe": Path of the program; a text.
 * - "cmdline": Arguments joined by blanks; a text.
 * - "username": Name of the real user; a text.
 * - "status": Status as psutil calls it, e.g. "sleeping"; a text.
 * - "create_time": Seconds since the epoch; a number.
 * - "cpu_percent": CPU use since the collection before, percent of one CPU; a number.
 * - "cpu_time": User and system CPU time together, seconds; a number.
 * - "rss": Resident memory, bytes; a number.
 * - "vms": Virtual memory, bytes; a number.
 * - "num_threads": Threads; a number.
 * - "num_fds": Open descriptors; a number. Not on Windows.
 * - "nice": Niceness; a number.
 */
export type ProcessKey =
  | "unspecified"
  | "pid"
  | "ppid"
  | "name"
  | "exe"
  | "cmdline"
  | "username"
  | "status"
  | "create_time"
  | "cpu_percent"
  | "cpu_time"
  | "rss"
  | "vms"
  | "num_threads"
  | "num_fds"
  | "nice";

/** Texts of ProcessKey; the index is the number on the wire. */
export const PROCESS_KEY_TEXTS: readonly ProcessKey[] = [
  "unspecified",
  "pid",
  "ppid",
  "name",
  "exe",
  "cmdline",
  "username",
  "status",
  "create_time",
  "cpu_percent",
  "cpu_time",
  "rss",
  "vms",
  "num_threads",
  "num_fds",
  "nice",
];

/** Numbers of ProcessKey on the wire, by text, for requests; "unspecified" cannot be asked for. */
export const PROCESS_KEY_NUMBERS: ReadonlyMap<string, number> = new Map([
  ["pid", 1],
  ["ppid", 2],
  ["name", 3],
  ["exe", 4],
  ["cmdline", 5],
  ["username", 6],
  ["status", 7],
  ["create_time", 8],
  ["cpu_percent", 9],
  ["cpu_time", 10],
  ["rss", 11],
  ["vms", 12],
  ["num_threads", 13],
  ["num_fds", 14],
  ["nice", 15],
]);

/**
 * How a value is compared. The last three are for texts alone; texts are ordered by their bytes.
 *
 * - "unspecified": Not a comparison; refused.
 * - "eq": Equal.
 * - "ne": Not equal.
 * - "lt": Less.
 * - "le": Less or equal.
 * - "gt": Greater.
 * - "ge": Greater or equal.
 * - "prefix": Begins with the operand.
 * - "suffix": Ends with it.
 * - "contains": Holds it.
 */
export type Comparison =
  | "unspecified"
  | "eq"
  | "ne"
  | "lt"
  | "le"
  | "gt"
  | "ge"
  | "prefix"
  | "suffix"
  | "contains";

/** Texts of Comparison; the index is the number on the wire. */
export const COMPARISON_TEXTS: readonly Comparison[] = [
  "unspecified",
  "eq",
  "ne",
  "lt",
  "le",
  "gt",
  "ge",
  "prefix",
  "suffix",
  "contains",
];

/** Numbers of Comparison on the wire, by text, for requests; "unspecified" cannot be asked for. */
export const COMPARISON_NUMBERS: ReadonlyMap<string, number> = new Map([
  ["eq", 1],
  ["ne", 2],
  ["lt", 3],
  ["le", 4],
  ["gt", 5],
  ["ge", 6],
  ["prefix", 7],
  ["suffix", 8],
  ["contains", 9],
]);

/**
 * What a message of Process.Watch holds.
 *
 * - "unspecified": Unknown to this client.
 * - "snapshot": Every row with every attribute; the client drops what it had. The first message is one.
 * - "delta": Only what changed since the message before.
 * - "heartbeat": Nothing changed; shows that the stream lives.
 */
export type WatchKind =
  | "unspecified"
  | "snapshot"
  | "delta"
  | "heartbeat";

/** Texts of WatchKind; the index is the number on the wire. */
export const WATCH_KIND_TEXTS: readonly WatchKind[] = [
  "unspecified",
  "snapshot",
  "delta",
  "heartbeat",
];

/** Numbers of WatchKind on the wire, by text, for requests; "unspecified" cannot be asked for. */
export const WATCH_KIND_NUMBERS: ReadonlyMap<string, number> = new Map([
  ["snapshot", 1],
  ["delta", 2],
  ["heartbeat", 3],
]);

/** One row that is new or changed. */
export interface ProcessChange {
  /**
   * The ref and the attributes with a new value; a new process has all of them. A list or map is replaced as a whole.
   */
  process: ProcessInfo | null;
  /** Attributes that had a value and have none now. */
  cleared: ProcessAttribute[];
}

/** Decodes a ProcessChange. Throws RangeError if the bytes are not one. */
export function decodeProcessChange(bytes: Uint8Array): ProcessChange {
  return readProcessChange(new PlainReader(bytes));
}

/** Reads a ProcessChange up to the reader's end; for decoders of messages that hold one. */
export function readProcessChange(reader: PlainReader): ProcessChange {
  let process: ProcessInfo | null = null;
  const cleared: ProcessAttribute[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        process = readProcessInfo(reader);
        reader.leave(outer);
        break;
      }
      case 18: {
        const outer = reader.enter();
        while (reader.more()) {
          cleared.push(PROCESS_ATTRIBUTE_TEXTS[reader.int32()] ?? "unspecified");
        }
        reader.leave(outer);
        break;
      }
      case 16:
        cleared.push(PROCESS_ATTRIBUTE_TEXTS[reader.int32()] ?? "unspecified");
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    process,
    cleared,
  };
}

/**
 * One message of Process.Watch. What is large comes as several messages of one sequence
 * number: all but the last have `more` set.
 */
export interface ProcessWatchResponse {
  /** What it holds. */
  kind: WatchKind;
  /**
   * Number of the collection. All readers of one agent that watch the same share their collections, so the first message
   * may have any number; from there on each is one more than the one before, plus `dropped`.
   */
  sequence: number;
  /** When the collection was done: nothing it tells of is later. */
  sample: Sample | null;
  /** Seconds since the collection before, as measured; absent in the first. */
  interval: number | null;
  /** New and changed rows, ascending by pid. */
  changes: ProcessChange[];
  /** Processes that ended since the message before, with exit codes where known. */
  gone: ProcessExit[];
  /** Collections that this reader was too slow for; their changes are merged into this message. */
  dropped: number;
  /**
   * True if events between the message before and this one may be lost, e.g. after the agent was stopped for a while.
   */
  gap: boolean;
  /** True if more messages of the same collection follow. */
  more: boolean;
  /** Processes that live on and are no longer among those that were asked for. */
  left: ProcessRef[];
  /** In a snapshot, and whenever it has changed. */
  pace: WatchPace | null;
}

/** Decodes a ProcessWatchResponse. Throws RangeError if the bytes are not one. */
export function decodeProcessWatchResponse(bytes: Uint8Array): ProcessWatchResponse {
  return readProcessWatchResponse(new PlainReader(bytes));
}

/** Reads a ProcessWatchResponse up to the reader's end; for decoders of messages that hold one. */
export function readProcessWatchResponse(reader: PlainReader): ProcessWatchResponse {
  let kind: WatchKind = "unspecified";
  let sequence: number = 0;
  let sample: Sample | null = null;
  let interval: number | null = null;
  const changes: ProcessChange[] = [];
  const gone: ProcessExit[] = [];
  let dropped: number = 0;
  let gap: boolean = false;
  let more: boolean = false;
  const left: ProcessRef[] = [];
  let pace: WatchPace | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        kind = WATCH_KIND_TEXTS[reader.int32()] ?? "unspecified";
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
      case 42: {
        const outer = reader.enter();
        changes.push(readProcessChange(reader));
        reader.leave(outer);
        break;
      }
      case 50: {
        const outer = reader.enter();
        gone.push(readProcessExit(reader));
        reader.leave(outer);
        break;
      }
      case 56:
        dropped = reader.uint32();
        break;
      case 64:
        gap = reader.bool();
        break;
      case 72:
        more = reader.bool();
        break;
      case 82: {
        const outer = reader.enter();
        left.push(readProcessRef(reader));
        reader.leave(outer);
        break;
      }
      case 90: {
        const outer = reader.enter();
        pace = readWatchPace(reader);
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    kind,
    sequence,
    sample,
    interval,
    changes,
    gone,
    dropped,
    gap,
    more,
    left,
    pace,
  };
}
