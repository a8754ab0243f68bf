// SPDX-License-Identifier: Apache-2.0

import { Cancelled, DeadlineExceeded } from "../errors.ts";

/** How long work may take, and for whom it is done. */
export interface Limits {
  readonly timeoutMs: number;
  /** Milliseconds more for work that has this deadline too: its own error says more than ours. @default 0 */
  readonly graceMs?: number | undefined;
  /** Gives up when aborted. */
  readonly signal: AbortSignal | undefined;
  /** What errors call the host; null if there is none. */
  readonly target: string | null;
}

/**
 * What `work` gives, or DeadlineExceeded or Cancelled as soon as it has no more time, whether it listens to its signal
 * or not.
 */
export function within<T>(limits: Limits, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { timeoutMs, graceMs = 0, signal, target } = limits;
  return new Promise<T>((resolve, reject) => {
    const ending = new AbortController();
    const who = target ?? "the list of targets";
    const late = () => {
      done();
      reject(new DeadlineExceeded(`${who} took longer than ${timeoutMs} ms`, { host: target }));
      ending.abort();
    };
    const leave = () => {
      done();
      reject(new Cancelled(`the call on ${who} was cancelled`, { host: target, cause: signal?.reason }));
      ending.abort(signal?.reason);
    };
    const timer = setTimeout(late, Math.max(timeoutMs, 0) + graceMs);
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", leave);
    };
    if (signal?.aborted === true) {
      leave();
      return;
    }
    signal?.addEventListener("abort", leave, { once: true });
    work(ending.signal).then(resolve, reject).finally(done);
  });
}
