// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";

/** How far two readings of a live host may lie apart, and why. */
export const TOLERANCE = {
  /** Memory that other programs take or free between two readings. */
  memoryBytes: 64 * 1024 * 1024,
  /** What a system leaves out of the memory's total, of which there are two ways to count. */
  wholePages: 16 * 1024 * 1024,
  /** Resident set of one process: the kernel counts it in batches per thread. */
  rssBytes: 4 * 1024 * 1024,
  /** CPU seconds that pass between two readings, on all CPUs together. */
  cpuSeconds: 3,
  /** CPU seconds of one process between two readings. */
  processCpuSeconds: 0.5,
  /** Counters of the whole host between two readings, as a share. */
  counterShare: 0.05,
  /** Space that other programs take or free on a disk between two readings. */
  diskBytes: 256 * 1024 * 1024,
  /** The same in percent points of a small disk. */
  diskPercent: 1,
  /** The time of boot: the kernel works it out anew from two clocks, and rounds it. */
  bootSeconds: 1,
  /** A tick of the kernel's clock, for values that should be the same. */
  tick: 0.011,
  /** Percent points between two measurements over different intervals of a busy process. */
  busyPercent: 25,
} as const;

/** Two readings of one value, apart by at most `tolerance`. */
export function expectClose(actual: number | null, expected: number, tolerance: number, what: string): void {
  expect(actual, what).to.be.a("number");
  expect(actual as number, what).to.be.closeTo(expected, tolerance);
}

/** A counter read before, by us, and after: ours must lie between. */
export function expectBetween(actual: number | null, before: number, after: number, what: string): void {
  expect(actual, what).to.be.a("number");
  expect(actual as number, what).to.be.within(Math.min(before, after), Math.max(before, after));
}
