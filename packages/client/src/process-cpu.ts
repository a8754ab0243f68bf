// SPDX-License-Identifier: Apache-2.0

import type { ProcessAttributeName, ProcessValues } from "./attributes.ts";
import type { Sample } from "./gen/hostscope/v1/common_plain.ts";
import type { ProcessInfo } from "./gen/hostscope/v1/process_info_plain.ts";
import type { ProcessCpuPercent } from "./gen/hostscope/v1/process_values_plain.ts";
import type { ReadArguments, Reading } from "./process-reads.ts";
import { attributeValues } from "./process-row.ts";

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

  /** The last mark, however young. */
  get last(): CpuMark | null {
    return this.#last;
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

/** What to ask the host for so that cpuPercent can be told. */
export interface CpuPlan {
  readonly attributes: readonly ProcessAttributeName[];
  readonly args: ReadArguments;
}

/**
 * Plans for a list of attributes that may have cpuPercent in it: with a mark to measure from, CPU times are enough;
 * without one the agent measures. CPU times set the next mark either way.
 */
export function cpuPlan(attributes: readonly ProcessAttributeName[], marked: boolean): CpuPlan {
  if (!attributes.includes("cpuPercent")) {
    return { attributes, args: {} };
  }
  return marked
    ? { attributes: [...attributes.filter((attribute) => attribute !== "cpuPercent"), "cpuTimes"], args: {} }
    : { attributes: [...attributes, "cpuTimes"], args: { cpuInterval: "default" } };
}

/**
 * Values of a row that was read by a plan; null if the process is gone. cpuPercent is the agent's if the plan asked for
 * it, else measured from `since`; either way the row's CPU times are the mark for the next time.
 */
export function plannedValues<A extends ProcessAttributeName, D>(
  { row, sample }: Reading,
  attributes: readonly A[],
  adValue: D,
  plan: CpuPlan,
  cpu: CpuBaseline,
  since: CpuMark | null,
): { [K in A]: ProcessValues[K] | D } | null {
  const values = attributeValues(row, attributes, adValue);
  if (values !== null && "cpuPercent" in values) {
    const mark = cpuMark(row, sample);
    if (plan.args.cpuInterval === undefined) {
      const measured = mark === null || since === null ? null : percentBetween(since, mark);
      (values as Record<string, unknown>).cpuPercent = measured ?? adValue;
    }
    cpu.set(mark);
  }
  return values;
}
