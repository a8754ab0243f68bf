// SPDX-License-Identifier: Apache-2.0

import { type ProcessAttributeName, type ProcessValues, wireName } from "./attributes.ts";
import {
  AccessDenied,
  type ErrorFacts,
  type HostscopeError,
  InternalError,
  NoSuchProcess,
  PermissionDenied,
  TimeoutExpired,
  Unsupported,
  ZombieProcess,
} from "./errors.ts";
import type { AttributeFailure, AttributeOutcome, ProcessInfo } from "./gen/hostscope/v1/process_info_plain.ts";

/** Whose row it is, for errors. */
export interface RowOwner {
  /** Target of the host. */
  readonly host: string;
  /** Pid of the process. */
  readonly pid: number;
  /** Its name, if known. */
  readonly processName: string | null;
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
  const value: ProcessInfo[A] = row[attribute];
  if (value === null && attribute !== "terminal") {
    throw new InternalError(`${place(attribute, owner)} came without a value and without a reason`, owner);
  }
  return value as ProcessValues[A];
}

/** Several attributes of a row, with `adValue` for those that could not be read; null if the process is gone. */
export function attributeValues<A extends ProcessAttributeName, D>(
  row: ProcessInfo,
  attributes: readonly A[],
  adValue: D,
): { [K in A]: ProcessValues[K] | D } | null {
  const values: Partial<Record<ProcessAttributeName, unknown>> = {};
  for (const attribute of attributes) {
    values[attribute] = row[attribute];
  }
  if (row.failures.length > 0) {
    if (isGone(row)) {
      return null;
    }
    for (const attribute of attributes) {
      if (failureOf(row, attribute) !== null) {
        values[attribute] = adValue;
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

type Make = (what: string, facts: ErrorFacts) => HostscopeError;

const BY_OUTCOME: Readonly<Record<AttributeOutcome, Make>> = {
  unspecified: (what, facts) =>
    new InternalError(`${what} could not be read, for a reason unknown to this version`, facts),
  denied: (what, facts) => new AccessDenied(`${what} was denied by the operating system`, facts),
  gone: (what, facts) => new NoSuchProcess(`${what}: the process has ended`, facts),
  zombie: (what, facts) => new ZombieProcess(`${what}: the process is a zombie and has none any more`, facts),
  unsupported: (what, facts) => new Unsupported(`${what} is not supported by this platform or version`, facts),
  timed_out: (what, facts) => new TimeoutExpired(`${what}: the kernel did not answer in time`, facts),
  failed: (what, facts) =>
    new InternalError(`${what}: unexpected operating system error`, { ...facts, code: "os_error" }),
  not_permitted: (what, facts) => new PermissionDenied(`${what} needs a grant that the caller lacks`, facts),
};

function attributeError(failure: AttributeFailure, attribute: ProcessAttributeName, owner: RowOwner): HostscopeError {
  return BY_OUTCOME[failure.outcome](place(attribute, owner), { ...owner, osError: failure.osError });
}

function place(attribute: string, { host, pid }: RowOwner): string {
  return `${attribute} of process ${pid} on ${host}`;
}
