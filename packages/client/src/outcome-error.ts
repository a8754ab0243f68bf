// SPDX-License-Identifier: Apache-2.0

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
import type { AttributeOutcome } from "./gen/hostscope/v1/process_info_plain.ts";

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

/** The error for an attribute that was asked for and has no value; `what` names it and its owner. */
export function outcomeError(outcome: AttributeOutcome, what: string, facts: ErrorFacts): HostscopeError {
  return BY_OUTCOME[outcome](what, facts);
}
