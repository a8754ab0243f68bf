// SPDX-License-Identifier: Apache-2.0

import type { CallOptions, StatusError } from "@hostscope/proto";
import { ErrorReason } from "@hostscope/proto/gen/error";
import { failure } from "./failure.ts";

const MAX_TIMER_MS = 2 ** 31 - 1;

/** Why a call must not even begin, or null. */
export function refusal(op: string, { timeoutMs, signal }: CallOptions): StatusError | null {
  if (signal?.aborted) return cancelled(op, signal);
  return timeoutMs !== undefined && !(timeoutMs > 0) ? late(op) : null;
}

/** Calls `end` once when the caller gives up or its time is over. Gives the function that stops watching. */
export function watchLimits(
  op: string,
  { timeoutMs, signal }: CallOptions,
  end: (error: StatusError) => void,
): () => void {
  const stop = () => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  };
  const finish = (error: StatusError) => {
    stop();
    end(error);
  };
  const abort = () => finish(cancelled(op, signal));
  // A longer time than a timer can hold is none.
  const timed = timeoutMs !== undefined && timeoutMs <= MAX_TIMER_MS;
  const timer = timed ? setTimeout(() => finish(late(op)), timeoutMs) : undefined;
  signal?.addEventListener("abort", abort, { once: true });
  return stop;
}

/** Waits for shared work as long as one caller may; the work itself goes on. */
export function within<T>(op: string, options: CallOptions, work: Promise<T>): Promise<T> {
  const refused = refusal(op, options);
  if (refused !== null) return Promise.reject(refused);
  return new Promise((resolve, reject) => {
    const stop = watchLimits(op, options, reject);
    work.finally(stop).then(resolve, reject);
  });
}

function cancelled(op: string, signal: AbortSignal | undefined): StatusError {
  return failure(ErrorReason.CANCELLED, `${op}: the call was cancelled`, { op }, signal?.reason);
}

function late(op: string): StatusError {
  return failure(ErrorReason.DEADLINE, `${op}: not done before the deadline`, { op, retryable: true });
}
