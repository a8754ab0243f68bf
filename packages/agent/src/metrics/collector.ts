// SPDX-License-Identifier: Apache-2.0

import type { Family } from "./family.ts";
import type { Reader } from "./reader.ts";

/** One part of a scrape, which succeeds or fails as a whole. */
export interface Collector {
  /** Label of its own health; node_exporter's name for the same part where it has one. */
  readonly name: string;
  /** Reads and gives its metrics. Throws what the transport does. */
  collect(reader: Reader): Promise<readonly Family[]>;
}

/** Most devices, mounts, interfaces or sensors of one kind; a host that has more is shown without the rest. */
export const MAX_ROWS = 1_000;

// Longer than any device's name, and than a path that anyone would draw on a dashboard.
const MAX_LABEL = 1_024;

/** The rows that are shown: at most MAX_ROWS, and none whose labels are of absurd length. */
export function shownRows<T>(rows: readonly T[], ...labels: readonly ((row: T) => string | undefined)[]): T[] {
  return rows.filter((row) => labels.every((label) => (label(row) ?? "").length <= MAX_LABEL)).slice(0, MAX_ROWS);
}
