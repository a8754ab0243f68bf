// SPDX-License-Identifier: Apache-2.0

/** How one resource is kept to its limit. */
export interface GovernorOptions {
  /** Largest factor. */
  readonly most: number;
  /** Share of the limit below which there is room again. Far enough from 1 that a step back does not overshoot. */
  readonly calmBelow: number;
}

// One reading may be a garbage collection or a single heavy call: only what lasts counts.
const OVER_MS = 10_000;
const CALM_MS = 15_000;

// Steps of the factor. Up by what is over, as cost falls with the rate; down in smaller ones.
const LEAST_STEP = 1.25;
const MOST_UP = 4;
const MOST_DOWN = 2;
// After a step down the use should be at this share of the limit.
const AIM = 0.85;

/** Turns how much of its limit a resource takes into a factor by which work is made rarer. */
export class BudgetGovernor {
  readonly #options: GovernorOptions;
  #factor = 1;
  #overMs = 0;
  #calmMs = 0;

  constructor(options: GovernorOptions) {
    this.#options = options;
  }

  /** Work is to be done this many times less often; 1 or more. */
  get factor(): number {
    return this.#factor;
  }

  /** Takes the share of the limit that was used over the last `ms` milliseconds; above 1 is too much. */
  update(share: number, ms: number): void {
    this.#overMs = share > 1 ? this.#overMs + ms : 0;
    this.#calmMs = share < this.#options.calmBelow ? this.#calmMs + ms : 0;
    if (this.#overMs >= OVER_MS) this.#step(clamp(share, LEAST_STEP, MOST_UP));
    else if (this.#calmMs >= CALM_MS) this.#step(1 / clamp(AIM / share, LEAST_STEP, MOST_DOWN));
  }

  #step(by: number): void {
    this.#factor = clamp(this.#factor * by, 1, this.#options.most);
    // What comes now shows what the step did.
    this.#overMs = 0;
    this.#calmMs = 0;
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
