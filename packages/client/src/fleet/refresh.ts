// SPDX-License-Identifier: Apache-2.0

import { describe, MAX_TIMEOUT_MS } from "../call-options.ts";
import { InvalidArgument } from "../errors.ts";

const LEAST_MS = 100;

/** Something that is done again and again. */
export interface Repeated {
  /** Does it within so many milliseconds, and once for all who ask meanwhile. */
  readonly soon: (calmMs: number) => void;
  readonly stop: () => void;
}

/**
 * Does `work` now, and again `everyMs` after it ended, never twice at a time. What it fails with goes to `failed`.
 * Its timers do not keep a program running.
 */
export function repeat(work: () => Promise<void>, everyMs: number, failed: (error: unknown) => void): Repeated {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let isRunning = false;
  let isAsked = false;
  const after = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(run, ms);
    timer.unref();
  };
  const run = async () => {
    isRunning = true;
    isAsked = false;
    try {
      await work();
    } catch (error) {
      if (!isStopped) {
        failed(error);
      }
    }
    isRunning = false;
    if (!isStopped) {
      after(isAsked ? LEAST_MS : everyMs);
    }
  };
  void run();
  return {
    soon(calmMs) {
      if (isRunning) {
        isAsked = true;
      } else if (!isStopped && !isAsked) {
        isAsked = true;
        after(calmMs);
      }
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

/** A refresh interval among options. Throws InvalidArgument. */
export function checkRefresh(call: string, refreshMs: unknown, otherwise: number): number {
  if (refreshMs === undefined) {
    return otherwise;
  }
  if (typeof refreshMs !== "number" || !(refreshMs >= LEAST_MS && refreshMs <= MAX_TIMEOUT_MS)) {
    throw new InvalidArgument(
      `${call}: refreshMs must be a number of milliseconds, ${LEAST_MS} to ${MAX_TIMEOUT_MS}, not ${describe(refreshMs)}`,
    );
  }
  return refreshMs;
}

/** A port among options, or none. Throws InvalidArgument. */
export function checkPort(call: string, port: unknown): void {
  if (port !== undefined && !(Number.isInteger(port) && (port as number) > 0 && (port as number) < 65_536)) {
    throw new InvalidArgument(`${call}: port must be a whole number, 1 to 65535, not ${describe(port)}`);
  }
}
