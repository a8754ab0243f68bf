// SPDX-License-Identifier: Apache-2.0

import { constants } from "node:os";

/** What stands in requests, and so in policies, for what is done on systems without such signals, as on Windows. */
const STAND_INS = { SIGKILL: 9, SIGTERM: 15, SIGCONT: 18, SIGSTOP: 19 };

/** Numbers of signals by their names, with SIG; `signals` are those that the system has. */
export function signalNumbers(
  signals: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> & typeof STAND_INS {
  return { ...STAND_INS, ...signals };
}

export const SIGNALS = signalNumbers(constants.signals);

const NUMBERS: ReadonlyMap<string, number> = new Map(
  Object.entries(SIGNALS).map(([name, number]) => [name.replace(/^SIG/, ""), number]),
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
