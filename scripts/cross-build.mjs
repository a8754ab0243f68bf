// SPDX-License-Identifier: Apache-2.0
// `node scripts/cross-build.mjs [TARGET...]`: the addon for other platforms; for all that there are if none is named.

import { crossBuild } from "./lib/cross-build.mjs";
import { CROSS_TARGETS } from "./lib/cross-targets.mjs";
import { SetupError, say } from "./lib/say.mjs";
import { setUpOrExplain } from "./lib/set-up.mjs";

if (await setUpOrExplain({ addon: false })) {
  const named = process.argv.slice(2);
  try {
    for (const target of named.length > 0 ? named : Object.keys(CROSS_TARGETS)) await crossBuild(target);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
} else {
  process.exitCode = 1;
}
