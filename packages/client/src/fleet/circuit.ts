// SPDX-License-Identifier: Apache-2.0

const FIRST_MS = 1_000;
const MOST_MS = 30_000;

/** When it is, milliseconds, and a number from 0 to 1 of chance; others in tests. */
export interface Chance {
  readonly now: () => number;
  readonly random: () => number;
}

const REAL: Chance = { now: () => performance.now(), random: () => Math.random() };

/**
 * Whether to try a host that could not be reached. After each failure it is left alone for twice as long as before, up
 * to half a minute, less a share of chance so that a whole fleet is not tried in one beat. Then one call tries it.
 */
export class Circuit {
  readonly #chance: Chance;
  #failures = 0;
  #retryAt = 0;
  #trying = false;

  constructor(chance: Chance = REAL) {
    this.#chance = chance;
  }

  /** Whether the host could not be reached when it was last tried. */
  get isOpen(): boolean {
    return this.#failures > 0;
  }

  /** Milliseconds until it is time to try the host again; 0 if it is. */
  get waitMs(): number {
    return this.#failures === 0 ? 0 : Math.max(this.#retryAt - this.#chance.now(), 0);
  }

  /** Asks to try the host: null if so, and then one of the functions below must follow; else milliseconds to wait. */
  enter(): number | null {
    if (this.#failures === 0) {
      return null;
    }
    const wait = this.#retryAt - this.#chance.now();
    if (wait > 0 || this.#trying) {
      return Math.max(wait, 0);
    }
    this.#trying = true;
    return null;
  }

  /** It was reached, whatever it said. */
  reached(): void {
    this.#failures = 0;
    this.#trying = false;
  }

  /** It was not reached. */
  failed(): void {
    this.#trying = false;
    const now = this.#chance.now();
    // Calls that ran side by side and met the same failure count once.
    if (this.#failures > 0 && now < this.#retryAt) {
      return;
    }
    this.#failures++;
    const most = Math.min(FIRST_MS * 2 ** (this.#failures - 1), MOST_MS);
    this.#retryAt = now + most * (0.5 + this.#chance.random() / 2);
  }

  /** It was not found out. */
  gaveUp(): void {
    this.#trying = false;
  }
}
