// SPDX-License-Identifier: Apache-2.0

interface Bucket {
  left: number;
  at: number;
}

// Callers come from a fixed set as a rule; names of certificates could be many.
const MOST_CALLERS = 10_000;

/** How much each caller may do: so much at once, and so much again per second. */
export class RateLimit {
  readonly #perSecond: number;
  readonly #atOnce: number;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(perSecond: number, atOnce: number, now: () => number = () => performance.now()) {
    this.#perSecond = perSecond;
    this.#atOnce = atOnce;
    this.#now = now;
  }

  /** Number of callers that are remembered. */
  get size(): number {
    return this.#buckets.size;
  }

  /** Takes `cost` of what a caller has left. 0 if that was there; else nothing is taken, and milliseconds until it will be. */
  take(caller: string, cost: number): number {
    const now = this.#now();
    const bucket = this.#bucket(caller, now);
    bucket.left = Math.min(this.#atOnce, bucket.left + ((now - bucket.at) / 1000) * this.#perSecond);
    bucket.at = now;
    if (bucket.left < cost) return Math.ceil(((cost - bucket.left) / this.#perSecond) * 1000);
    bucket.left -= cost;
    return 0;
  }

  #bucket(caller: string, now: number): Bucket {
    const known = this.#buckets.get(caller);
    if (known !== undefined) return known;
    if (this.#buckets.size >= MOST_CALLERS) this.#forget(now);
    const bucket = { left: this.#atOnce, at: now };
    this.#buckets.set(caller, bucket);
    return bucket;
  }

  /** Those who were away long enough to have all again lose nothing. If none was, the one longest known goes. */
  #forget(now: number): void {
    for (const [caller, { left, at }] of this.#buckets) {
      if (left + ((now - at) / 1000) * this.#perSecond >= this.#atOnce) this.#buckets.delete(caller);
    }
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size >= MOST_CALLERS && oldest !== undefined) this.#buckets.delete(oldest);
  }
}
