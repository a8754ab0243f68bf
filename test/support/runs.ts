// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { eventually } from "./eventually.ts";
import type { Target } from "./machine/machine.ts";

/** Waits until a program runs: on a busy machine one that does may need longer to answer than it is given. */
export const runs = (target: Target): Promise<void> =>
  eventually(async () => expect(await target.answers()).to.equal(true));
