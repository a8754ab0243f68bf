// SPDX-License-Identifier: Apache-2.0

import { constants } from "node:os";

const NUMBERS: ReadonlyMap<string, number> = new Map(
  Object.entries(constants.signals).map(([name, number]) => [name.replace(/^SIG/, ""), number]),
);

/** Names of this platform's signals, without SIG. */
export const SIGNAL_NAMES: readonly string[] = [...NUMBERS.keys()];

/** Number of a signal by its name, with or without SIG, or by its number in digits; null if there is none. */
export function signalNumber(text: string): number | null {
  if (/^[1-9][0-9]?$/.test(text)) return Number(text) <= 64 ? Number(text) : null;
  return NUMBERS.get(text.replace(/^SIG/, "")) ?? null;
}

/** Name of a signal without SIG, or its number if it has none. */
export function signalName(number: number): string {
  for (const [name, candidate] of NUMBERS) if (candidate === number) return name;
  return String(number);
}
