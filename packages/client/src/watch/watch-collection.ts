// SPDX-License-Identifier: Apache-2.0

import type { Sample } from "../gen/hostscope/v1/common_plain.ts";
import type { WatchPace } from "../gen/hostscope/v1/watch_pace_plain.ts";

/** What every watch tells of one collection, whatever it collects. */
export interface WatchCollection {
  /** Number of the collection. */
  readonly sequence: number;
  /** When it was done, seconds since the epoch by the host's clock: nothing it tells of is later. */
  readonly time: number;
  /** Seconds since the one before; null for the first. What it tells of the time in between, such as CPU use, is over it. */
  readonly interval: number | null;
  /** Collections that this reader was too slow for, merged into this one. */
  readonly dropped: number;
  /** True if something may have come and gone unseen: the host stood still, or the connection was lost. */
  readonly gap: boolean;
  /** At which pace the host collects; null if as before. */
  readonly pace: WatchPace | null;
}

/** The same in a message. */
export interface WatchMessage {
  readonly sequence: number;
  readonly sample: Sample | null;
  readonly interval: number | null;
  readonly dropped: number;
  readonly gap: boolean;
  readonly pace: WatchPace | null;
}

/** What a message tells of its collection; after a connection was made anew there is a gap. */
export function collectionOf(message: WatchMessage, reconnected: boolean): WatchCollection {
  const { sequence, sample, interval, dropped, gap, pace } = message;
  return { sequence, time: sample?.time ?? 0, interval, dropped, gap: gap || reconnected, pace };
}
