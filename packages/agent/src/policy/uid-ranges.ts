// SPDX-License-Identifier: Apache-2.0

/** A range of user ids, both ends included. */
export type UidRange = readonly [first: number, last: number];

/** The highest id a user can have; the one above stands for none. */
export const MAX_UID = 2 ** 32 - 2;

/** Reads "1000" or "1000-1999"; null if it is neither. */
export function parseUidRange(text: string): UidRange | null {
  const match = /^([0-9]{1,10})(?:-([0-9]{1,10}))?$/.exec(text);
  if (match === null) return null;
  const first = Number(match[1]);
  const last = match[2] === undefined ? first : Number(match[2]);
  return first <= last && last <= MAX_UID ? [first, last] : null;
}

/** The ids of some ranges (null: of all) that are in none of the others; ascending, without overlaps. */
export function subtract(from: readonly UidRange[] | null, without: readonly UidRange[]): UidRange[] {
  let left: UidRange[] = [...(from ?? [[0, MAX_UID] as const])];
  for (const [first, last] of without) {
    left = left.flatMap(([a, b]): UidRange[] => {
      const before: UidRange[] = a < first ? [[a, Math.min(b, first - 1)]] : [];
      const after: UidRange[] = b > last ? [[Math.max(a, last + 1), b]] : [];
      return [...before, ...after];
    });
  }
  return left.sort(([a], [b]) => a - b);
}

/** Whether an id is in one of the ranges. */
export function includes(ranges: readonly UidRange[], uid: number): boolean {
  return ranges.some(([first, last]) => first <= uid && uid <= last);
}
