// SPDX-License-Identifier: Apache-2.0

import { fromBinary } from "@bufbuild/protobuf";
import type { ProcessUpdate } from "@hostscope/client";
import { ProcessAttribute } from "@hostscope/proto/gen/process_info";
import { ProcessWatchResponseSchema, WatchKind } from "@hostscope/proto/gen/process_watch";
import { expect } from "chai";
import type { PacedWatch } from "./paced-watch.ts";

/** What a row says of a process; undefined: as before, null: not known. */
export interface SeenValues {
  readonly name?: string | null | undefined;
  readonly rss?: number | null | undefined;
  readonly user?: number | null | undefined;
}

/** One message of a watcher of processes, whatever it reads with. Processes are keys of keyOf(). */
export interface Seen {
  readonly sequence: number;
  readonly time: number;
  readonly snapshot: boolean;
  readonly dropped: number;
  readonly gap: boolean;
  readonly shown: ReadonlyMap<string, SeenValues>;
  readonly gone: ReadonlyMap<string, number | null>;
  readonly left: readonly string[];
}

type Ref = { pid: number | bigint; start?: string | bigint | number | null | undefined } | null | undefined;

/** Who a process is. */
export const keyOf = (ref: Ref) => `${ref?.pid} ${ref?.start}`;

/** Whether a message says that something may be missing before it. */
export const isFlagged = ({ dropped, gap }: Seen): boolean => dropped > 0 || gap;

/** Of what the SDK gave. */
export const seenOf = (update: ProcessUpdate): Seen => ({
  sequence: update.sequence,
  time: update.time,
  snapshot: update.snapshot,
  dropped: update.dropped,
  gap: update.gap,
  shown: new Map(
    update.changed.map(({ ref, row, cleared }) => [
      keyOf(ref),
      {
        name: cleared.includes("name") ? null : (row.name ?? undefined),
        rss: cleared.includes("memoryInfo") ? null : row.memoryInfo?.rss,
        user: cleared.includes("cpuTimes") ? null : row.cpuTimes?.user,
      },
    ]),
  ),
  gone: new Map(update.gone.map(({ ref, returncode }) => [keyOf(ref), returncode])),
  left: update.left.map(keyOf),
});

/** Of what a reader without the SDK has so far: each message is decoded once, however often one asks. */
export function seenOfRaw(watch: PacedWatch): () => readonly Seen[] {
  const seen: Seen[] = [];
  return () => {
    for (const bytes of watch.messages.slice(seen.length)) seen.push(seenOfMessage(bytes));
    return seen;
  };
}

function seenOfMessage(bytes: Uint8Array): Seen {
  const message = fromBinary(ProcessWatchResponseSchema, bytes);
  expect(message.more, "small enough for one message each").to.equal(false);
  return {
    sequence: Number(message.sequence),
    time: message.sample?.time ?? 0,
    snapshot: message.kind === WatchKind.SNAPSHOT,
    dropped: message.dropped,
    gap: message.gap,
    shown: new Map(
      message.changes.map(({ process, cleared }) => [
        keyOf(process?.ref),
        {
          name: cleared.includes(ProcessAttribute.NAME) ? null : process?.name,
          rss: cleared.includes(ProcessAttribute.MEMORY_INFO) ? null : numberOf(process?.memoryInfo?.rss),
          user: cleared.includes(ProcessAttribute.CPU_TIMES) ? null : process?.cpuTimes?.user,
        },
      ]),
    ),
    gone: new Map(message.gone.map(({ ref, returncode }) => [keyOf(ref), returncode ?? null])),
    left: message.left.map(keyOf),
  };
}

const numberOf = (value: bigint | number | undefined) => (value === undefined ? undefined : Number(value));

/** When a watcher saw each process start and end: the index of the message, and the code. */
export function replay(seen: readonly Seen[]) {
  const alive = new Set<string>();
  const starts = new Map<string, number>();
  const ends = new Map<string, { at: number; code: number | null }>();
  for (const [at, { snapshot, shown, gone }] of seen.entries()) {
    const end = (key: string, code: number | null) => {
      expect(alive.delete(key), `${key} ended without having been there, or twice`).to.equal(true);
      ends.set(key, { at, code });
    };
    for (const [key, code] of gone) end(key, code);
    for (const key of snapshot ? [...alive].filter((each) => !shown.has(each)) : []) end(key, null);
    for (const key of shown.keys()) {
      if (alive.has(key)) continue;
      expect(ends.has(key), `${key} came back from the dead`).to.equal(false);
      alive.add(key);
      starts.set(key, at);
    }
  }
  return { starts, ends };
}

/**
 * That messages are numbered without a hole that is not told of. A collection that came late is a gap in time, and none
 * in the numbers; with another connection, numbers may begin anew.
 */
export function expectNumbered(name: string, seen: readonly Seen[], reconnects = false): void {
  for (const [at, { sequence, dropped, gap, snapshot }] of seen.slice(1).entries()) {
    if (reconnects && gap && snapshot) continue;
    const step = sequence - (seen[at] as Seen).sequence;
    expect(step, `${name}: ${step} collections on, with ${dropped} dropped`).to.equal(dropped + 1);
  }
}
