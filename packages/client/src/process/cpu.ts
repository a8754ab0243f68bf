// SPDX-License-Identifier: Apache-2.0

import type { Sample } from "../gen/hostscope/v1/common_plain.ts";
import type { ProcessInfo } from "../gen/hostscope/v1/process_info_plain.ts";
import type { ProcessCpuPercent } from "../gen/hostscope/v1/process_values_plain.ts";

/** Shortest interval that CPU use is measured over, milliseconds. */
export const MIN_INTERVAL_MS = 100;

/** CPU time a process had used at one moment: what a later one is measured from. */
export interface CpuMark {
  /** CPU time used, seconds. */
  readonly used: number;
  /** The host's monotonic clock, seconds. */
  readonly at: number;
}

/** The mark that a row sets, or null if it has no CPU times. */
export function cpuMark(row: ProcessInfo, sample: Sample): CpuMark | null {
  const at = sample.monotonicNs / 1e9 + (row.sampledAfterUs ?? 0) / 1e6;
  return row.cpuTimes === null ? null : { used: row.cpuTimes.user + row.cpuTimes.system, at };
}

/**
 * Where a process's cpuPercent is measured from. The kernel counts CPU time in ticks of 10 ms as a rule: over less than
 * 0.1 seconds the answer would be noise, so that a younger mark does not serve.
 */
export class CpuBaseline {
  readonly #now: () => number;
  #last: CpuMark | null = null;
  #setAt = 0;

  /** `now` is the caller's own clock, milliseconds; it only tells how old a mark is. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** The last mark, if it can be measured from. */
  get usable(): CpuMark | null {
    return this.#now() - this.#setAt >= MIN_INTERVAL_MS ? this.#last : null;
  }

  /** Sets the mark; a row without CPU times leaves the one before. */
  set(mark: CpuMark | null): void {
    if (mark !== null) {
      this.#last = mark;
      this.#setAt = this.#now();
    }
  }
}

/** CPU use between two marks, with psutil's one decimal; null if no time has passed. */
export function percentBetween(earlier: CpuMark, later: CpuMark): ProcessCpuPercent | null {
  const interval = later.at - earlier.at;
  if (interval <= 0) {
    return null;
  }
  // The kernel corrects its counters now and then.
  const used = Math.max(0, later.used - earlier.used);
  return { percent: Math.round((1000 * used) / interval) / 10, interval };
}
