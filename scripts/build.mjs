// SPDX-License-Identifier: Apache-2.0
// `npm run build`: JavaScript and declarations of the packages that are published, in the dist/ of each.

import { buildPackages } from "./lib/build-packages.mjs";
import { SetupError, say } from "./lib/say.mjs";
import { setUpOrExplain } from "./lib/set-up.mjs";

if (await setUpOrExplain({ addon: false })) {
  try {
    await buildPackages();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
} else {
  process.exitCode = 1;
}
