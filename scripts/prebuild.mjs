// SPDX-License-Identifier: Apache-2.0
// `npm run prebuild [-- TARGET...]`: addons for publishing, built, looked into, and run where something here runs them;
// for all targets if none is named.

import { checkPrebuild } from "./lib/check-prebuild.mjs";
import { crossAddon, crossBuild } from "./lib/cross-build.mjs";
import { CROSS_TARGETS } from "./lib/cross-targets.mjs";
import { SetupError, say } from "./lib/say.mjs";
import { setUpOrExplain } from "./lib/set-up.mjs";
import { smokePrebuilds } from "./lib/smoke-prebuild.mjs";

async function prebuild(targets) {
  for (const target of targets) {
    await crossBuild(target);
    console.log(`${target}: ${await checkPrebuild(target, crossAddon(target))}`);
  }
  for (const [target, found] of await smokePrebuilds(targets)) {
    console.log(`${target}: ${found ?? "not run: nothing here runs it"}`);
  }
}

if (await setUpOrExplain({ addon: false })) {
  const named = process.argv.slice(2);
  try {
    await prebuild(named.length > 0 ? named : Object.keys(CROSS_TARGETS));
  } catch (error) {
    say(error instanceof SetupError ? error.message : error.stack);
    process.exitCode = 1;
  }
} else {
  process.exitCode = 1;
}
