// SPDX-License-Identifier: Apache-2.0

/** The longest pause between two tries. */
export const LONGEST_PAUSE_MS = 30_000;
const FIRST_PAUSE_MS = 250;

/**
 * Pauses between tries of what failed: each twice as long as the one before, up to half a minute. Half of each is by
 * chance, so that a thousand clients of a host do not come back all at once.
 */
export class Backoff {
  readonly #random: () => number;
  #mostMs = FIRST_PAUSE_MS;

  /** `random` gives numbers from 0 to 1; another in tests. */
  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /** Milliseconds until the next try. */
  next(): number {
    const most = this.#mostMs;
    this.#mostMs = Math.min(most * 2, LONGEST_PAUSE_MS);
    return this.#share(most);
  }

  /** The longest pause, for what is not likely to end soon. */
  longest(): number {
    return this.#share(LONGEST_PAUSE_MS);
  }

  /** A try has succeeded. */
  reset(): void {
    this.#mostMs = FIRST_PAUSE_MS;
  }

  #share(ms: number): number {
    return ms * (0.5 + this.#random() / 2);
  }
}
