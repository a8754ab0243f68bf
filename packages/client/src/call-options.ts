// SPDX-License-Identifier: Apache-2.0

import { didYouMean } from "@hostscope/proto";
import { InvalidArgument } from "./errors.ts";

/** Milliseconds a call may take if neither it nor open() says otherwise. */
export const DEFAULT_TIMEOUT_MS = 10_000;

/** Longest timeout, one day: gRPC libraries misread longer ones as short or past. */
export const MAX_TIMEOUT_MS = 86_400_000;

/** What every call takes. */
export interface CallOptions {
  /**
   * Milliseconds until the call fails with DeadlineExceeded; at most 86,400,000 (a day). 0 or less means that the time
   * is already up: the call fails at once, without going to the host.
   * @default the timeoutMs given to open(), else 10000; plus the interval for calls that measure over one
   */
  readonly timeoutMs?: number | undefined;
  /** Ends the call with Cancelled when aborted. */
  readonly signal?: AbortSignal | undefined;
}

const CALL_OPTIONS = ["timeoutMs", "signal"];

/**
 * Checks the options of a call: a plain object with known keys and sound values, or nothing. `own` names the keys that
 * this call has besides those of CallOptions. Throws InvalidArgument, which names the nearest key that exists.
 */
export function checkOptions(call: string, options: CallOptions | undefined, own: readonly string[] = []): void {
  if (options === undefined) {
    return;
  }
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    const example = `{ ${own[0] ?? "timeoutMs"}: … }`;
    throw new InvalidArgument(`${call} takes its options as one object, e.g. ${example}, not ${describe(options)}`);
  }
  const known = [...own, ...CALL_OPTIONS];
  for (const key of Object.keys(options)) {
    if (!known.includes(key)) {
      throw new InvalidArgument(`${call} has no option "${key}"${didYouMean(key, known)}`);
    }
  }
  checkTimeout(call, options.timeoutMs);
  checkSignal(call, options.signal);
}

/** A flag among a call's options; false if left out. Throws InvalidArgument for what is not a boolean. */
export function flag(call: string, name: string, value: boolean | undefined, otherwise = false): boolean {
  if (value !== undefined && typeof value !== "boolean") {
    throw new InvalidArgument(`${call}: ${name} must be true or false, not ${describe(value)}`);
  }
  return value ?? otherwise;
}

/** One text of a known set, among a call's arguments. Throws InvalidArgument, which names the nearest that exists. */
export function choice(call: string, name: string, value: unknown, known: ReadonlyMap<string, number>): number {
  const number = typeof value === "string" ? known.get(value) : undefined;
  if (number === undefined) {
    const hint = typeof value === "string" ? didYouMean(value, [...known.keys()]) : "";
    throw new InvalidArgument(`${call}: there is no ${name} ${describe(value)}${hint}`);
  }
  return number;
}

/**
 * A measuring interval in seconds; null for "since last call", which 0 means too. Throws InvalidArgument if it is
 * negative or no finite number. How long it may be is for the host to say.
 */
export function intervalOf(call: string, interval: number | undefined): number | null {
  if (interval === undefined || interval === 0) {
    return null;
  }
  if (!Number.isFinite(interval) || interval < 0) {
    throw new InvalidArgument(`${call}: interval must be a number of seconds, 0 or more, not ${describe(interval)}`);
  }
  return interval;
}

/** A value as it should appear in an error text: short, and with its type visible. */
export function describe(value: unknown): string {
  if (typeof value === "string") {
    return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  }
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

function checkTimeout(call: string, timeoutMs: unknown): void {
  if (timeoutMs === undefined) {
    return;
  }
  if (typeof timeoutMs !== "number" || !Number.isFinite(timeoutMs) || timeoutMs > MAX_TIMEOUT_MS) {
    throw new InvalidArgument(
      `${call}: timeoutMs must be a number of milliseconds, at most ${MAX_TIMEOUT_MS}, not ${describe(timeoutMs)}`,
    );
  }
}

function checkSignal(call: string, signal: unknown): void {
  if (signal === undefined) {
    return;
  }
  const candidate = signal as Partial<AbortSignal> | null;
  if (typeof candidate?.aborted !== "boolean" || typeof candidate.addEventListener !== "function") {
    throw new InvalidArgument(`${call}: signal must be an AbortSignal, not ${describe(signal)}`);
  }
}
