// SPDX-License-Identifier: Apache-2.0
// Compiles the addon for an OS that we have no collectors for, which any OS can be made to look like, and loads it.
// CI runs this: the seam is complete only if something without a single collector still links.

import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gypEnvironment } from "./lib/build-addon.mjs";
import { CACHE, NATIVE } from "./lib/paths.mjs";
import { runLogged } from "./lib/run-logged.mjs";
import { say } from "./lib/say.mjs";
import { explain, setUpOrExplain } from "./lib/set-up.mjs";

async function build() {
  mkdirSync(CACHE, { recursive: true });
  // node-gyp always builds into ./build, where the real addon is built too: so it gets a folder that looks the same.
  const folder = mkdtempSync(join(CACHE, "unsupported-"));
  try {
    for (const name of ["binding.gyp", "sources.cjs", "package.json", "src", "node_modules"]) {
      symlinkSync(join(NATIVE, name), join(folder, name));
    }
    const gyp = join(NATIVE, "node_modules", "node-gyp", "bin", "node-gyp.js");
    const args = [gyp, "rebuild", "--", "-Dhostscope_backend=unsupported"];
    await runLogged("unsupported", process.execPath, args, { cwd: folder, env: gypEnvironment() });
    const { version } = createRequire(import.meta.url)(join(folder, "build", "Release", "hostscope.node"));
    say(`the unsupported backend compiles, links and loads (${version})`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (!(await setUpOrExplain({ addon: false })) || !(await explain(build))) process.exitCode = 1;
