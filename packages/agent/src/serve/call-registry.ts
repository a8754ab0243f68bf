// SPDX-License-Identifier: Apache-2.0

import type { StatusError } from "@hostscope/proto";
import { CallCounts } from "./call-counts.ts";

/** A call as a drain sees it. */
export interface ActiveCall {
  /** True if only its caller ends it. */
  readonly endless: boolean;
  /** Ends it with an error, unless it has ended. */
  stop(error: StatusError): void;
}

/** The calls in progress, so that an agent can wait for them and end them. */
export class CallRegistry {
  /** The calls that are over. */
  readonly counts = new CallCounts();
  readonly #calls = new Set<ActiveCall>();
  #draining = false;
  #idle: (() => void)[] = [];
  #endless = 0;
  /** Told when the first endless call begins, and when the last one is over. */
  onWatched: (watched: boolean) => void = () => {};

  /** True once the agent takes no more calls. */
  get draining(): boolean {
    return this.#draining;
  }

  /** Number of calls in progress. */
  get size(): number {
    return this.#calls.size;
  }

  /** From now on new calls are refused by their handlers. */
  startDraining(): void {
    this.#draining = true;
  }

  add(call: ActiveCall): void {
    this.#calls.add(call);
    if (call.endless && ++this.#endless === 1) this.onWatched(true);
  }

  remove(call: ActiveCall): void {
    if (this.#calls.delete(call) && call.endless && --this.#endless === 0) this.onWatched(false);
    if (this.#calls.size > 0) return;
    const waiting = this.#idle;
    this.#idle = [];
    for (const resolve of waiting) resolve();
  }

  /** Ends the calls that `which` picks. */
  stop(error: StatusError, which: (call: ActiveCall) => boolean): void {
    for (const call of [...this.#calls]) if (which(call)) call.stop(error);
  }

  /** Resolves when no call is in progress. */
  idle(): Promise<void> {
    if (this.#calls.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }
}
