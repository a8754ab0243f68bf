// SPDX-License-Identifier: Apache-2.0

// More than rounding and the kernel's own corrections; a CPU that was taken offline and came back starts far lower.
const RESET = 3;

/**
 * Counters that the kernel lets go back a little, as it does with idle and iowait. Prometheus takes any decrease for a
 * restart from 0 and would add the whole value as if it had just happened, so small ones are held back.
 */
export class SteadyCounters {
  readonly #last = new Map<string, number>();

  /** The value to tell for `key`: what it was told before, if `value` is a little less. */
  keep(key: string, value: number): number {
    const last = this.#last.get(key);
    if (last !== undefined && value < last && last - value < RESET) return last;
    this.#last.set(key, value);
    return value;
  }
}
