// SPDX-License-Identifier: Apache-2.0

import type { AskedAttributes, ProcessAttributeName } from "./attributes.ts";
import { type CpuMark, cpuMark, percentBetween } from "./cpu.ts";
import type { ReadArguments, Reading } from "./reading.ts";
import { attributeValues, type RowOwner } from "./row.ts";
import type { ProcessValues } from "./values.ts";

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

/** What to make of a row that was read by a plan. */
export interface Wanted<A extends ProcessAttributeName, D> {
  readonly asked: AskedAttributes<A>;
  /** Stands for each value that could not be read. */
  readonly adValue: D;
  readonly plan: CpuPlan;
  /** Where cpuPercent is measured from, unless the plan left that to the agent. */
  readonly since: CpuMark | null;
}

/**
 * Values of a row that was read by a plan; null if the process is gone. cpuPercent is the agent's if the plan asked for
 * it, else measured from `since`; either way the row's CPU times, if it has them, are the mark for the next time.
 */
export function plannedValues<A extends ProcessAttributeName, D>(
  { row, sample }: Reading,
  { asked, adValue, plan, since }: Wanted<A, D>,
  owner: RowOwner,
  setMark: (mark: CpuMark) => void,
): { [K in A]: ProcessValues[K] | D } | null {
  const values = attributeValues(row, asked, adValue, owner);
  if (values !== null && "cpuPercent" in values) {
    const mark = cpuMark(row, sample);
    if (plan.args.cpuInterval === undefined) {
      const measured = mark === null || since === null ? null : percentBetween(since, mark);
      (values as Record<string, unknown>).cpuPercent = measured ?? adValue;
    }
    if (mark !== null) {
      setMark(mark);
    }
  }
  return values;
}
