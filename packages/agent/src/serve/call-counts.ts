// SPDX-License-Identifier: Apache-2.0

import type { MethodDescriptor } from "@hostscope/proto";

/** How often calls of one method ended with one code, and how long they took. */
export interface CallCount {
  readonly method: MethodDescriptor;
  /** Number of the gRPC status. */
  readonly code: number;
  calls: number;
  seconds: number;
}

/** Counts the calls that are over, by method and code: as many numbers as the schema has methods times 17 at most. */
export class CallCounts {
  readonly #counts = new Map<string, CallCount>();

  /** Counts one call. */
  add(method: MethodDescriptor, code: number, ms: number): void {
    const key = `${code} ${method.path}`;
    let count = this.#counts.get(key);
    if (count === undefined) {
      count = { method, code, calls: 0, seconds: 0 };
      this.#counts.set(key, count);
    }
    count.calls += 1;
    count.seconds += ms / 1000;
  }

  /** All counts, in the order in which they first occurred. */
  values(): Iterable<Readonly<CallCount>> {
    return this.#counts.values();
  }
}
