// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/watch_pace.proto by protoc-gen-hostscope-plain; do not edit.

import { PlainReader } from "../../../wire/plain-reader.ts";

/** At which pace an agent collects for its watchers, when it is held to a budget of its own. */
export interface WatchPace {
  /** Seconds from one collection to the next, as of now; more than was asked for while the agent is over its budget. */
  interval: number;
  /** CPU use of the agent itself, percent of one CPU. */
  cpuPercent: number | null;
  /** Memory of the agent itself, resident bytes. */
  rss: number | null;
}

/** Decodes a WatchPace. Throws RangeError if the bytes are not one. */
export function decodeWatchPace(bytes: Uint8Array): WatchPace {
  return readWatchPace(new PlainReader(bytes));
}

/** Reads a WatchPace up to the reader's end; for decoders of messages that hold one. */
export function readWatchPace(reader: PlainReader): WatchPace {
  let interval: number = 0;
  let cpuPercent: number | null = null;
  let rss: number | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 9:
        interval = reader.double();
        break;
      case 17:
        cpuPercent = reader.double();
        break;
      case 24:
        rss = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    interval,
    cpuPercent,
    rss,
  };
}
