// SPDX-License-Identifier: Apache-2.0

import { setTimeout as sleep } from "node:timers/promises";
import type { CallOptions } from "../call-options.ts";
import { DeadlineExceeded, type HostscopeError, HostUnreachable, InvalidArgument } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { Backoff } from "../watch/backoff.ts";
import type { Gate } from "./gate.ts";
import type { Member } from "./member.ts";
import { hostError } from "./outcome.ts";
import type { WatchValue } from "./watch-update.ts";

/** How the hosts of a fleet are watched. */
export interface FollowOptions<T> {
  /** Starts one connection of a watch, which makes no other by itself. */
  readonly open: (host: Host, options: CallOptions) => AsyncIterable<T>;
  /** Takes what is large out of a value, into one like it: see forEach(). */
  readonly handOver: (value: T) => T;
  /** Seconds from one value to the next, as asked for. */
  readonly interval: number;
  /** Milliseconds that a host may be late. */
  readonly lateMs: number;
  /** Milliseconds after which a host that has not answered makes room for the next. */
  readonly slowAfterMs: number;
  /** Hosts that begin at once. */
  readonly gate: Gate;
}

/** Who is told what comes of it. */
export interface FollowObserver<T> {
  news(value: T): void;
  trouble(error: HostscopeError, retryInMs: number | null): void;
}

/** Watches one host until the signal fires, across losses: it is tried again for as long as there is hope. Never fails. */
export async function followHost<T extends WatchValue>(
  member: Member,
  options: FollowOptions<T>,
  signal: AbortSignal,
  observer: FollowObserver<T>,
): Promise<void> {
  const pauses = new Backoff();
  let wasConnected = false;
  while (!signal.aborted) {
    let isGap = wasConnected;
    const take = (value: T) => {
      const own = options.handOver(value);
      observer.news(isGap ? { ...own, gap: true } : own);
      isGap = false;
      wasConnected = true;
      pauses.reset();
    };
    const error = hostError(await connection(member, options, signal, take).catch((thrown) => thrown), member.target);
    if (signal.aborted) return;
    const retryInMs = pauseAfter(error, pauses, member);
    observer.trouble(error, retryInMs);
    if (retryInMs === null) return;
    await sleep(retryInMs, undefined, { signal }).catch(() => {});
  }
}

/** Milliseconds to the next try: what is denied or missing today may be there after an upgrade; a request stays as it is. */
function pauseAfter(error: HostscopeError, pauses: Backoff, member: Member): number | null {
  if (error instanceof InvalidArgument) return null;
  // A timer may fire a fraction of a millisecond early, and then it would not be time yet.
  const notBefore = Math.ceil(member.retryInMs) + 1;
  return Math.max(error.retryable ? pauses.next() : pauses.longest(), notBefore);
}

/** One connection, until it ends: gives, or fails with, the reason. */
async function connection<T extends WatchValue>(
  member: Member,
  { open, interval, lateMs, slowAfterMs, gate }: FollowOptions<T>,
  signal: AbortSignal,
  take: (value: T) => void,
): Promise<HostscopeError> {
  const leave = await gate.enter(signal);
  const slow = setTimeout(leave, Math.min(slowAfterMs, lateMs));
  const ending = new AbortController();
  const end = () => ending.abort(signal.reason);
  signal.addEventListener("abort", end, { once: true });
  if (signal.aborted) end();
  const watchdog = new Watchdog(() => ending.abort());
  const read = async (host: Host, heard: () => void) => {
    watchdog.expect(lateMs);
    let seconds = interval;
    await forEach(open(host, { signal: ending.signal }), (value) => {
      leave();
      heard();
      take(value);
      seconds = Math.max(interval, value.pace?.interval ?? seconds);
      watchdog.expect(lateMs + seconds * 1000);
    });
  };
  try {
    await member.hold({ timeoutMs: lateMs, signal }, async (host, heard) => {
      try {
        await read(host, heard);
      } catch (cause) {
        if (watchdog.waitedMs === null) throw cause;
        const message = `${member.target} has said nothing for ${Math.round(watchdog.waitedMs)} ms`;
        throw new DeadlineExceeded(message, { host: member.target, cause });
      }
    });
    return new HostUnreachable(`${member.target} ended the watch`, { host: member.target });
  } finally {
    watchdog.stop();
    signal.removeEventListener("abort", end);
    clearTimeout(slow);
    leave();
  }
}

/**
 * Gives each value to a function. A loop would hold the last value while it waits for the next one, and generators do so
 * with what they yielded; what lives for a second is no young garbage any more, and over a thousand hosts that would be
 * most of the memory.
 */
async function forEach<T>(values: AsyncIterable<T>, take: (value: T) => void): Promise<void> {
  const iterator = values[Symbol.asyncIterator]();
  const step = async () => {
    const { done, value } = await iterator.next();
    if (done !== true) take(value);
    return done === true;
  };
  try {
    while (!(await step()));
  } finally {
    await iterator.return?.();
  }
}

/** Barks if what is expected does not come in time. */
class Watchdog {
  /** Milliseconds it had waited when it barked; null if it has not. */
  waitedMs: number | null = null;
  readonly #bark: () => void;
  #timer: NodeJS.Timeout | undefined;
  #ms = 0;
  #seen = 0;

  constructor(bark: () => void) {
    this.#bark = bark;
  }

  expect(ms: number): void {
    this.#seen++;
    if (ms === this.#ms && this.#timer !== undefined) {
      this.#timer.refresh();
      return;
    }
    clearTimeout(this.#timer);
    this.#ms = ms;
    this.#timer = setTimeout(() => {
      // A program that stood still reads what has come meanwhile before it blames the host.
      const seen = this.#seen;
      setImmediate(() => {
        if (seen === this.#seen) this.#miss();
      });
    }, ms);
  }

  stop(): void {
    this.#seen++;
    clearTimeout(this.#timer);
  }

  #miss(): void {
    this.waitedMs = this.#ms;
    this.#bark();
  }
}
