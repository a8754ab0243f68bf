// SPDX-License-Identifier: Apache-2.0

import type { HostscopeError } from "../errors.ts";
import type { FailureStatus, FleetTarget } from "./outcome.ts";

/** One host of a watched fleet has told something. */
export interface FleetNews<T> extends FleetTarget {
  readonly status: "ok";
  /** As Host.watch(), watchSensors() or watchProcesses() gives it. After a loss its `gap` is true. */
  readonly value: T;
  readonly error: null;
}

/** One host of a watched fleet cannot be watched, for now or for good. What it told before is old. */
export interface FleetTrouble extends FleetTarget {
  /** Why; "deadline" is a host that was late, "left" one that is not in the list of targets any more. */
  readonly status: FailureStatus | "left";
  readonly value: null;
  readonly error: HostscopeError;
  /** Milliseconds until it is tried again; null if it is not, because it left or its request cannot be met. */
  readonly retryInMs: number | null;
}

/** What a watch of a fleet tells, each time of one host. */
export type FleetUpdate<T> = FleetNews<T> | FleetTrouble;

/** What the values of all watches have in common. */
export interface WatchValue {
  readonly gap: boolean;
  readonly pace: { readonly interval: number } | null;
}
