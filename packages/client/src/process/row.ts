// SPDX-License-Identifier: Apache-2.0

import { type HostscopeError, InternalError } from "../errors.ts";
import type { AttributeFailure, ProcessInfo } from "../gen/hostscope/v1/process_info_plain.ts";
import { outcomeError } from "../outcome-error.ts";
import { type AskedAttributes, type ProcessAttributeName, wireName } from "./attributes.ts";
import { type ProcessValues, rowValue } from "./values.ts";

/** Whose row it is, for errors. */
export interface RowOwner {
  /** Target of the host. */
  readonly host: string;
  /** Pid of the process. */
  readonly pid: number;
  /** Its name, if known. */
  readonly processName: string | null;
  /** Pid of its parent, if known. */
  readonly ppid?: number | null;
}

/** One attribute of a row that was asked for it. Throws the error that its outcome stands for. */
export function attributeValue<A extends ProcessAttributeName>(
  row: ProcessInfo,
  attribute: A,
  owner: RowOwner,
): ProcessValues[A] {
  const failure = failureOf(row, attribute);
  if (failure !== null) {
    throw attributeError(failure, attribute, owner);
  }
  const value = rowValue(row, attribute);
  if (value === null && attribute !== "terminal" && attribute !== "cgroup") {
    throw new InternalError(`${place(attribute, owner)} came without a value and without a reason`, owner);
  }
  return value as ProcessValues[A];
}

/**
 * Several attributes of a row, with `adValue` for those that could not be read; null if the process is gone. What the
 * platform does not have is left out, and Unsupported if it was asked for by name, as in psutil.
 */
export function attributeValues<A extends ProcessAttributeName, D>(
  row: ProcessInfo,
  asked: AskedAttributes<A>,
  adValue: D,
  owner: RowOwner,
): { [K in A]: ProcessValues[K] | D } | null {
  const values: Partial<Record<ProcessAttributeName, unknown>> = {};
  for (const attribute of asked.names) {
    values[attribute] = rowValue(row, attribute);
  }
  if (row.failures.length > 0) {
    if (isGone(row)) {
      return null;
    }
    for (const attribute of asked.names) {
      const failure = failureOf(row, attribute);
      if (failure === null) {
        continue;
      }
      if (failure.outcome !== "unsupported") {
        values[attribute] = adValue;
      } else if (asked.byName) {
        throw attributeError(failure, attribute, owner);
      } else {
        delete values[attribute];
      }
    }
  }
  return values as { [K in A]: ProcessValues[K] | D };
}

/** Whether the process ended while its row was read. */
export function isGone(row: ProcessInfo): boolean {
  return row.failures.some(({ outcome }) => outcome === "gone");
}

function failureOf(row: ProcessInfo, attribute: ProcessAttributeName): AttributeFailure | null {
  if (row.failures.length === 0) {
    return null;
  }
  const name = wireName(attribute);
  return row.failures.find((failure) => failure.attribute === name) ?? null;
}

function attributeError(failure: AttributeFailure, attribute: ProcessAttributeName, owner: RowOwner): HostscopeError {
  return outcomeError(failure.outcome, place(attribute, owner), { ...owner, osError: failure.osError });
}

function place(attribute: string, { host, pid }: RowOwner): string {
  return `${attribute} of process ${pid} on ${host}`;
}
