// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/process_watch.proto by protoc-gen-hostscope-plain; do not edit.

import { PlainReader } from "../../../wire/plain-reader.ts";
import { readSample, type Sample } from "./common_plain.ts";
import {
  PROCESS_ATTRIBUTE_TEXTS,
  readProcessInfo,
  type ProcessAttribute,
  type ProcessInfo,
} from "./process_info_plain.ts";
import { readProcessExit, type ProcessExit } from "./process_wait_plain.ts";

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

/** One message of Process.Watch. A large snapshot comes as several messages: all but the last have `more` set. */
export interface ProcessWatchResponse {
  /** What it holds. */
  kind: WatchKind;
  /** Counts messages of one stream from 1; a client that misses one asks again. */
  sequence: number;
  /** When the collection began. */
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
  /** True if more messages of the same snapshot follow. */
  more: boolean;
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
  };
}
