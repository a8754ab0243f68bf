// SPDX-License-Identifier: Apache-2.0

/** What a viewer must know of the values on the screen, besides the values. */
export interface Freshness {
  /** Whether they are old: the host is late, or lost. */
  readonly isOld: boolean;
  /** What is wrong; null if nothing is. */
  readonly alarm: string | null;
  /** What is otherwise than expected, though not wrong; null if nothing is. */
  readonly note: string | null;
}

/** Values as they should be. */
export const FRESH: Freshness = { isOld: false, alarm: null, note: null };

/** What is known of a stream. Moments are milliseconds of one clock. */
export interface StreamState {
  /** Seconds from one collection to the next, as asked for. */
  readonly asked: number;
  /** The same as the host does it. */
  readonly interval: number;
  /** When the last values came. */
  readonly heardAt: number;
  /** When values came last whose processes may have come and gone unseen; null if never. */
  readonly gapAt: number | null;
  /** Why the connection is lost; null while there is one. */
  readonly lost: string | null;
}

/** How long a gap is told of, milliseconds. */
const GAP_SHOWN_MS = 10_000;

/** What to tell of a stream at a moment. */
export function freshnessOf({ asked, interval, heardAt, gapAt, lost }: StreamState, now: number): Freshness {
  const age = (now - heardAt) / 1000;
  // First, as what follows may be longer than the line.
  const old = (why: string) => ({ isOld: true, alarm: `values are ${age.toFixed(0)} s old: ${why}`, note: null });
  if (lost !== null) return old(lost);
  // Two missed collections, and a moment for a busy machine.
  if (age > 2 * interval + 1) return old("no news from the host");
  const notes: string[] = [];
  if (interval > asked) notes.push(`every ${Number(interval.toFixed(1))} s: the agent keeps to its budget`);
  if (gapAt !== null && now - gapAt < GAP_SHOWN_MS) notes.push("after a gap: processes may have come and gone unseen");
  return { isOld: false, alarm: null, note: notes.length === 0 ? null : notes.join("; ") };
}

/** What to tell of several streams on one screen: of the one that is old longest, else of the first there is a note on. */
export function worstOf(streams: readonly StreamState[], now: number): Freshness {
  const byAge = [...streams].sort((a, b) => a.heardAt - b.heardAt);
  const old = byAge.map((stream) => freshnessOf(stream, now)).find(({ isOld }) => isOld);
  return old ?? streams.map((stream) => freshnessOf(stream, now)).find(({ note }) => note !== null) ?? FRESH;
}
