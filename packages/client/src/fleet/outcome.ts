// SPDX-License-Identifier: Apache-2.0

import {
  AccessDenied,
  Cancelled,
  DeadlineExceeded,
  HostscopeError,
  HostUnreachable,
  InternalError,
  InvalidArgument,
  NoSuchProcess,
  NotFound,
  NotImplemented,
  Overloaded,
  PermissionDenied,
  TimeoutExpired,
  Unauthenticated,
  Unsupported,
  VersionSkew,
} from "../errors.ts";
import type { Labels } from "./labels.ts";

/** Which host of a fleet. Both come from the list of targets, never from what the host says of itself. */
export interface FleetTarget {
  /** What open() would take. */
  readonly target: string;
  /** Its labels; none is an empty object. */
  readonly labels: Labels;
}

/** How a host's part of a call ended, other than well. `error` has the rest. */
export type FailureStatus =
  /** Nobody answers, or nobody did a moment ago and it is not time yet to try again. */
  | "unreachable"
  /** It did not answer in time. */
  | "deadline"
  /** Its operating system or its policy says no. */
  | "denied"
  /** Its platform or its version has no such thing. */
  | "unsupported"
  /** It has too much to do. */
  | "overloaded"
  /** What the call names is not there, such as a path or a process. */
  | "not_found"
  /** An argument is wrong for this host, or its target is none that can be dialled. */
  | "invalid"
  /** The caller gave up before it had answered. */
  | "cancelled"
  /** Anything else. */
  | "failed";

/** The part of a host that has answered. */
export interface FleetSuccess<T> extends FleetTarget {
  readonly status: "ok";
  readonly value: T;
  readonly error: null;
  /** Milliseconds from the moment the host was asked. */
  readonly elapsedMs: number;
}

/** The part of a host that has not. */
export interface FleetFailure extends FleetTarget {
  readonly status: FailureStatus;
  readonly value: null;
  readonly error: HostscopeError;
  /** Milliseconds from the moment the host was asked. */
  readonly elapsedMs: number;
}

/** What came of a call on one host of a fleet. `status` tells which of the two it is. */
export type FleetOutcome<T> = FleetSuccess<T> | FleetFailure;

const STATUSES: readonly (readonly [abstract new (...args: never[]) => HostscopeError, FailureStatus])[] = [
  [HostUnreachable, "unreachable"],
  [DeadlineExceeded, "deadline"],
  [TimeoutExpired, "deadline"],
  [AccessDenied, "denied"],
  [PermissionDenied, "denied"],
  [Unauthenticated, "denied"],
  [Unsupported, "unsupported"],
  [NotImplemented, "unsupported"],
  [VersionSkew, "unsupported"],
  [Overloaded, "overloaded"],
  [NoSuchProcess, "not_found"],
  [NotFound, "not_found"],
  [InvalidArgument, "invalid"],
  [Cancelled, "cancelled"],
];

/** The status that an error stands for. */
export function statusOf(error: HostscopeError): FailureStatus {
  return STATUSES.find(([type]) => error instanceof type)?.[1] ?? "failed";
}

/** Whatever was thrown, as the typed error of a host. */
export function hostError(error: unknown, target: string): HostscopeError {
  if (error instanceof HostscopeError) {
    return error;
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new InternalError(`the work on ${target} failed: ${reason}`, { host: target, cause: error });
}
