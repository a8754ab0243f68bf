// SPDX-License-Identifier: Apache-2.0

import { setTimeout as sleep } from "node:timers/promises";
import { type CallOptions, flag, MAX_TIMEOUT_MS } from "../call-options.ts";
import { Cancelled, DeadlineExceeded, type HostscopeError, HostUnreachable, InvalidArgument } from "../errors.ts";
import { Backoff } from "./backoff.ts";

/** What every watch takes. */
export interface WatchOptions extends CallOptions {
  /**
   * Milliseconds until the watch fails with DeadlineExceeded, across connections; at most 86,400,000 (a day).
   * @default none: it goes on until it is left
   */
  readonly timeoutMs?: number | undefined;
  /** Seconds from one message to the next. @default 1; 5 for sensors */
  readonly interval?: number | undefined;
  /** Whether a lost connection is made anew, for as long as it takes; the first one is not. @default true */
  readonly reconnect?: boolean | undefined;
  /** Told of each loss, and of each try that failed: the error, and the milliseconds until the next try. */
  readonly onDisconnect?: ((error: HostscopeError, retryInMs: number) => void) | undefined;
}

/** Names of the options of every watch, for checkOptions(). */
export const WATCH_OPTIONS = ["interval", "reconnect", "onDisconnect"];

/** One message, and whether it is the first of a connection that was made anew. */
export interface Fed<T> {
  readonly message: T;
  readonly reconnected: boolean;
}

/** Checks what all watches take. */
export function checkWatchOptions(call: string, options: WatchOptions | undefined): void {
  const { interval, onDisconnect } = options ?? {};
  flag(call, "reconnect", options?.reconnect, true);
  if (interval !== undefined && !(typeof interval === "number" && Number.isFinite(interval) && interval > 0)) {
    throw new InvalidArgument(`${call}: interval must be a number of seconds above 0`);
  }
  if (onDisconnect !== undefined && typeof onDisconnect !== "function") {
    throw new InvalidArgument(`${call}: onDisconnect must be a function`);
  }
}

/**
 * The messages of a watch, across connections. A watch without a timeout of its own goes on until it is left; what ends
 * it is an error that a new connection would not mend. `open` starts one connection to `host`.
 */
export async function* watchFeed<T>(
  open: (options: CallOptions) => AsyncIterable<T>,
  options: WatchOptions | undefined,
  host: string,
): AsyncGenerator<Fed<T>, void, undefined> {
  const { timeoutMs, signal, reconnect = true, onDisconnect } = options ?? {};
  // The caller's time is that of the whole watch, not of each connection.
  const end = timeoutMs === undefined ? null : performance.now() + timeoutMs;
  const left = () => (end === null ? MAX_TIMEOUT_MS : end - performance.now());
  let wasConnected = false;
  const pauses = new Backoff();
  for (;;) {
    let isFirst = true;
    try {
      for await (const message of open({
        timeoutMs: wasConnected ? Math.max(1, left()) : (timeoutMs ?? MAX_TIMEOUT_MS),
        signal,
      })) {
        yield { message, reconnected: isFirst && wasConnected };
        isFirst = false;
        wasConnected = true;
        pauses.reset();
      }
      // No agent ends a watch by itself but one that is going.
      throw new HostUnreachable(`${host} ended the watch`, { host });
    } catch (error) {
      const lost = lossOf(error, timeoutMs !== undefined);
      if (lost === null || !reconnect || !wasConnected) throw error;
      const wait = pauses.next();
      if (wait >= left()) throw lateOf(lost);
      onDisconnect?.(lost, wait);
      await pause(wait, signal, host);
    }
  }
}

/** The error, if it means no more than that the connection is lost; with no timeout of the caller, the day was over. */
function lossOf(error: unknown, hasTimeout: boolean): HostscopeError | null {
  if (error instanceof HostUnreachable) return error;
  return error instanceof DeadlineExceeded && !hasTimeout ? error : null;
}

/** The watch's time is over before it could be connected again. */
function lateOf(cause: HostscopeError): DeadlineExceeded {
  return new DeadlineExceeded("the time of the watch was over while it was not connected", { cause, host: cause.host });
}

async function pause(ms: number, signal: AbortSignal | undefined, host: string): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch (cause) {
    throw new Cancelled(`the watch of ${host} was cancelled`, { host, cause });
  }
}
