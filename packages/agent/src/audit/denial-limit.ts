// SPDX-License-Identifier: Apache-2.0

const BURST = 20;
const PER_SECOND = 2;
const MOST_CALLERS = 1_000;

interface Bucket {
  tokens: number;
  since: number;
  suppressed: number;
}

/**
 * Bounds how many refusals of one caller are written down: whoever is refused a thousand times a second must not be able
 * to fill the disk, and so stop what others are allowed.
 */
export class DenialLimit {
  readonly #buckets = new Map<string, Bucket>();

  /** How many refusals of this caller were left out since the last that was told; null if this one is left out, too. */
  take(caller: string, now: number): number | null {
    const bucket = this.#bucket(caller, now);
    bucket.tokens = Math.min(BURST, bucket.tokens + ((now - bucket.since) / 1000) * PER_SECOND);
    bucket.since = now;
    if (bucket.tokens < 1) {
      bucket.suppressed += 1;
      return null;
    }
    bucket.tokens -= 1;
    const { suppressed } = bucket;
    bucket.suppressed = 0;
    return suppressed;
  }

  #bucket(caller: string, now: number): Bucket {
    const known = this.#buckets.get(caller);
    if (known !== undefined) {
      // Last in the order of the map: the first is then the one to be forgotten.
      this.#buckets.delete(caller);
      this.#buckets.set(caller, known);
      return known;
    }
    // The one that has been quiet the longest; all of them together are bounded by the callers there are.
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size >= MOST_CALLERS && oldest !== undefined) this.#buckets.delete(oldest);
    const bucket = { tokens: BURST, since: now, suppressed: 0 };
    this.#buckets.set(caller, bucket);
    return bucket;
  }
}
