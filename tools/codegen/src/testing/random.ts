// SPDX-License-Identifier: Apache-2.0

/** Pseudo-random numbers that are the same in every run (mulberry32). */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed;
  }

  /** A whole number from 0 up to, and not including, `limit`. */
  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * limit);
  }

  /** True once in `times` times, on average. */
  oneIn(times: number): boolean {
    return this.below(times) === 0;
  }

  /** One of some values. */
  pick<T>(values: readonly [T, ...T[]]): T {
    return values[this.below(values.length)] ?? values[0];
  }

  /** Bytes of any value. */
  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.below(256));
  }

  /** 64 bits, with all lengths alike in number. */
  bits64(): bigint {
    const all = (BigInt(this.below(2 ** 32)) << 32n) | BigInt(this.below(2 ** 32));
    return all >> BigInt(this.below(64));
  }
}
