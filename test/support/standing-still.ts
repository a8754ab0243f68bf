// SPDX-License-Identifier: Apache-2.0

import { isDeepStrictEqual } from "node:util";

const TRIES = 40;

/**
 * What `ours` says at a moment when `theirs` says the same before and after: two readings of something that stands
 * still, however busy the rest of the machine is. Throws if it never does. It may also change and change back, as the
 * share of a library does when another program comes and goes: while the two do not `agree`, they are read again, and the
 * last of them are given.
 */
export async function whileStandingStill<Ours, Theirs>(
  theirs: () => Promise<Theirs>,
  ours: () => Promise<Ours>,
  agree: (ours: Ours, theirs: Theirs) => boolean = () => true,
): Promise<{ ours: Ours; theirs: Theirs }> {
  let last: { ours: Ours; theirs: Theirs } | null = null;
  for (let tries = 0; tries < TRIES; tries++) {
    const before = await theirs();
    const between = await ours();
    if (!isDeepStrictEqual(await theirs(), before)) continue;
    last = { ours: between, theirs: before };
    if (agree(between, before)) return last;
  }
  if (last !== null) return last;
  throw new Error(`no two readings of ${TRIES} were the same`);
}
