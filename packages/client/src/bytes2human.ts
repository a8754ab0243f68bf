// SPDX-License-Identifier: Apache-2.0

import { InvalidArgument } from "./errors.ts";

const SYMBOLS = ["K", "M", "G", "T", "P", "E", "Z", "Y"];

/**
 * A number of bytes for people: powers of 1024 with one decimal, e.g. "9.8K", "95.4M", and plain below 1024, e.g.
 * "512B". Keeps the sign. Throws InvalidArgument for what is not a finite number.
 */
export function bytes2human(bytes: number | bigint): string {
  const value = Number(bytes);
  if ((typeof bytes !== "number" && typeof bytes !== "bigint") || !Number.isFinite(value)) {
    throw new InvalidArgument(`bytes2human takes a finite number, not ${String(bytes)}`);
  }
  const size = Math.abs(value);
  for (let power = SYMBOLS.length; power > 0; power--) {
    if (size >= 1024 ** power) {
      return `${(value / 1024 ** power).toFixed(1)}${SYMBOLS[power - 1]}`;
    }
  }
  return `${value}B`;
}
