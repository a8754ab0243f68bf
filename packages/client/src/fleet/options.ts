// SPDX-License-Identifier: Apache-2.0

import { type CallOptions, checkOptions, DEFAULT_TIMEOUT_MS, describe } from "../call-options.ts";
import { type HostscopeError, InvalidArgument } from "../errors.ts";
import type { Credentials } from "../grpc/credentials.ts";
import type { FleetProgress } from "./fan-out.ts";
import type { OpenHost } from "./member.ts";
import { MOST_HOSTS } from "./targets.ts";

/** How the calls on a fleet are made; what Fleet.with() takes. `timeoutMs` is what each host gets. */
export interface FleetCallOptions extends CallOptions {
  /** Hosts that are asked at once, 1 to 10,000. @default 64 */
  readonly concurrency?: number | undefined;
  /**
   * Milliseconds after which a host that has not answered no longer counts as one that is asked: it keeps its time, and
   * the next host is asked meanwhile. Infinity: `concurrency` holds whatever the cost.
   * @default 100, and Infinity for each()
   */
  readonly slowAfterMs?: number | undefined;
  /** Told after each host. What it throws ends the call. */
  readonly onProgress?: ((progress: FleetProgress) => void) | undefined;
}

/** What fleet() takes. */
export interface FleetOptions extends FleetCallOptions {
  /** Told when the targets could not be read again, while the last list stands. `targetsError` has it too. */
  readonly onSourceError?: ((error: HostscopeError) => void) | undefined;
  /** How the hosts and we are known to each other, the same for all; see open(). */
  readonly credentials?: Credentials | undefined;
  /** Whether grpc:// may go over a network in the clear; see open(). @default false */
  readonly insecure?: boolean | undefined;
  /** Opens a host by another way than open() does; targets may then look as it likes. */
  readonly open?: OpenHost | undefined;
}

/** The same, complete. */
export interface CallSettings {
  readonly timeoutMs: number;
  readonly concurrency: number;
  /** Null: the default of each kind of call. */
  readonly slowAfterMs: number | null;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: FleetProgress) => void) | undefined;
}

const DEFAULTS: CallSettings = {
  timeoutMs: DEFAULT_TIMEOUT_MS,
  concurrency: 64,
  slowAfterMs: null,
  signal: undefined,
  onProgress: undefined,
};
const OWN = ["concurrency", "slowAfterMs", "onProgress"];

/** Settings with some of them changed. Throws InvalidArgument for what is unsound. */
export function settings(
  call: string,
  options: FleetCallOptions | undefined,
  base: CallSettings = DEFAULTS,
  more: readonly string[] = [],
): CallSettings {
  checkOptions(call, options, [...OWN, ...more]);
  const { concurrency, slowAfterMs } = options ?? {};
  const isSound =
    Number.isInteger(concurrency) && (concurrency as number) >= 1 && (concurrency as number) <= MOST_HOSTS;
  if (concurrency !== undefined && !isSound) {
    const range = `a whole number, 1 to ${MOST_HOSTS}`;
    throw new InvalidArgument(`${call}: concurrency must be ${range}, not ${describe(concurrency)}`);
  }
  if (slowAfterMs !== undefined && !(typeof slowAfterMs === "number" && slowAfterMs >= 1)) {
    const range = "a number of milliseconds, 1 or more";
    throw new InvalidArgument(`${call}: slowAfterMs must be ${range}, not ${describe(slowAfterMs)}`);
  }
  for (const name of ["onProgress", ...more] as (keyof FleetCallOptions)[]) {
    if (options?.[name] !== undefined && typeof options[name] !== "function") {
      throw new InvalidArgument(`${call}: ${name} must be a function, not ${describe(options[name])}`);
    }
  }
  return {
    timeoutMs: options?.timeoutMs ?? base.timeoutMs,
    concurrency: concurrency ?? base.concurrency,
    slowAfterMs: slowAfterMs ?? base.slowAfterMs,
    signal: options?.signal ?? base.signal,
    onProgress: options?.onProgress ?? base.onProgress,
  };
}
