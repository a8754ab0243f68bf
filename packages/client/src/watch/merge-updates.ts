// SPDX-License-Identifier: Apache-2.0

import type { ProcessRef } from "../gen/hostscope/v1/common_plain.ts";
import type { ProcessInfo } from "../gen/hostscope/v1/process_info_plain.ts";
import { fieldOf, type ProcessAttributeName } from "../process/attributes.ts";
import { sameProcess } from "../process/ref.ts";
import type { MetricUpdate } from "./metric-watch.ts";
import { failuresOf, isPresent } from "./process-table.ts";
import type { ProcessChanged, ProcessUpdate } from "./process-watch.ts";

/** Ends that one unread update tells of; with more it says `gap`. A busy build host ends some hundred a second. */
const MOST_ENDS = 10_000;

/** Two updates that nobody has read, as one: what is now, and that a collection was passed over. */
export function mergeMetricUpdates<M extends string, Values>(
  older: MetricUpdate<M, Values>,
  newer: MetricUpdate<M, Values>,
): MetricUpdate<M, Values> {
  const changed = new Set([...older.changed, ...newer.changed]);
  const told = new Set<M>([...newer.changed, ...newer.failures.map(({ metric }) => metric)]);
  const failures = [...older.failures.filter(({ metric }) => !told.has(metric)), ...newer.failures];
  for (const { metric } of failures) changed.delete(metric);
  return { ...newer, changed: [...changed], failures, ...passedOver(older, newer) };
}

/**
 * The same for processes. An update takes out who ended or left before it puts in who is new or changed, so whoever
 * ended or left later is not in `changed`. One that began and ended unread is only in `gone`.
 */
export function mergeProcessUpdates(older: ProcessUpdate, newer: ProcessUpdate): ProcessUpdate {
  const rows = new Map<number, ProcessChanged>();
  if (!newer.snapshot) {
    for (const row of older.changed) rows.set(row.ref.pid, row);
    const leave = (ref: ProcessRef | null) => {
      const row = ref === null ? undefined : rows.get(ref.pid);
      if (row !== undefined && ref !== null && sameProcess(row.ref, ref)) rows.delete(ref.pid);
    };
    for (const { ref } of newer.gone) leave(ref);
    for (const ref of newer.left) leave(ref);
  }
  for (const change of newer.changed) {
    const known = rows.get(change.ref.pid);
    const isSame = known !== undefined && sameProcess(known.ref, change.ref);
    rows.set(change.ref.pid, isSame ? mergeRows(known, change) : change);
  }
  const gone = [...older.gone, ...newer.gone];
  const left = [...older.left, ...newer.left];
  const { dropped, gap } = passedOver(older, newer);
  return {
    ...newer,
    snapshot: older.snapshot || newer.snapshot,
    changed: [...rows.values()].sort((a, b) => a.ref.pid - b.ref.pid),
    gone: gone.slice(-MOST_ENDS),
    left: left.slice(-MOST_ENDS),
    dropped,
    gap: gap || gone.length > MOST_ENDS || left.length > MOST_ENDS,
    pace: newer.pace ?? older.pace,
  };
}

type Passed = Pick<ProcessUpdate, "dropped" | "gap">;

function passedOver(older: Passed, newer: Passed): Passed {
  return { dropped: older.dropped + newer.dropped + 1, gap: older.gap || newer.gap };
}

function mergeRows(older: ProcessChanged, newer: ProcessChanged): ProcessChanged {
  const row: Record<string, unknown> = { ...older.row };
  for (const [field, value] of Object.entries(newer.row)) if (isPresent(value)) row[field] = value;
  for (const name of newer.cleared) row[fieldOf(name)] = newer.row[fieldOf(name)];
  row.failures = failuresOf(older.row.failures, newer.row, newer.cleared);
  const isBack = (name: ProcessAttributeName) => isPresent(newer.row[fieldOf(name)]);
  const cleared = new Set([...older.cleared.filter((name) => !isBack(name)), ...newer.cleared]);
  return { ref: newer.ref, row: row as unknown as ProcessInfo, cleared: [...cleared] };
}
