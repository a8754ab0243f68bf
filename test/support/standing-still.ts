// SPDX-License-Identifier: Apache-2.0

import { isDeepStrictEqual } from "node:util";

const TRIES = 40;

/**
 * What `ours` says at a moment when `theirs` says the same before and after: two readings of something that stands
 * still, however busy the rest of the machine is. Throws if it never does.
 */
export async function whileStandingStill<Ours, Theirs>(
  theirs: () => Promise<Theirs>,
  ours: () => Promise<Ours>,
): Promise<{ ours: Ours; theirs: Theirs }> {
  for (let tries = 0; tries < TRIES; tries++) {
    const before = await theirs();
    const between = await ours();
    if (isDeepStrictEqual(await theirs(), before)) return { ours: between, theirs: before };
  }
  throw new Error(`no two readings of ${TRIES} were the same`);
}
