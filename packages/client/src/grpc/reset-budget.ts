// SPDX-License-Identifier: Apache-2.0

// A Node server (nghttp2) takes 1,000 calls that are given up at once, and 33 more each second, for an attack beyond
// that, and ends the connection with every other call on it. Somewhat less is what one connection is used for.
const AT_ONCE = 900;
const PER_SECOND = 30;

/** Calls that one connection may still give up before it would be ended for it. */
export class ResetBudget {
  readonly #now: () => number;
  #left = AT_ONCE;
  #at: number;

  /** `now` is a monotonic clock, milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#at = now();
  }

  /** One call was given up before the server ended it. */
  spend(): void {
    this.#refill();
    this.#left -= 1;
  }

  /** True if the next one is better given up on another connection. */
  get spent(): boolean {
    this.#refill();
    return this.#left < 1;
  }

  #refill(): void {
    const now = this.#now();
    this.#left = Math.min(AT_ONCE, this.#left + ((now - this.#at) * PER_SECOND) / 1000);
    this.#at = now;
  }
}
