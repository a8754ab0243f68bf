// SPDX-License-Identifier: Apache-2.0

import { safeText } from "../safe-text.ts";

const UNITS: Readonly<Record<string, number>> = { K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 };

// An agent that has just started takes more: every watch would be stretched from the start, for nothing.
const LEAST_BYTES = 32 * 2 ** 20;
const MOST_BYTES = 2 ** 40;
const LEAST_PERCENT = 0.1;
const MOST_PERCENT = 100_000;

/** Reads a share of one CPU such as "2%" or "0.5%"; 200% is two CPUs. */
export function parsePercent(text: string): number {
  const digits = /^(\d{1,6}(?:\.\d{1,3})?)%$/.exec(text)?.[1];
  const percent = Number(digits ?? Number.NaN);
  if (!(percent >= LEAST_PERCENT && percent <= MOST_PERCENT)) {
    throw new Error(`"${safeText(text, 80)}" is not a share of one CPU from ${LEAST_PERCENT}% up, such as 2%`);
  }
  return percent;
}

/** Reads an amount of memory such as "200M", "200MiB" or "1G", in powers of 1024. */
export function parseBytes(text: string): number {
  const [, digits, unit] = /^(\d{1,6}(?:\.\d{1,3})?)([KMG])(?:iB|B)?$/i.exec(text) ?? [];
  const bytes = Number(digits ?? Number.NaN) * (UNITS[unit?.toUpperCase() ?? ""] ?? Number.NaN);
  if (!(bytes >= LEAST_BYTES && bytes <= MOST_BYTES)) {
    throw new Error(`"${safeText(text, 80)}" is not an amount of memory from 32M up, such as 200M or 1G`);
  }
  return Math.round(bytes);
}
