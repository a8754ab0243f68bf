// SPDX-License-Identifier: Apache-2.0
// Compiles what CI needs besides the addon, ahead of what needs it: everything with sanitizers, the fuzzers, and the
// addons of the named targets.

import { ccTests, compileTests, sanitized } from "./lib/cc-tests.mjs";
import { crossBuild } from "./lib/cross-build.mjs";
import { buildFuzzer } from "./lib/fuzzers.mjs";
import { compileSanitizedAddon } from "./lib/sanitized-addon.mjs";
import { setUpOrExplain } from "./lib/set-up.mjs";

if (!(await setUpOrExplain())) process.exit(1);
await compileSanitizedAddon();
await compileTests(sanitized, ccTests());
await buildFuzzer();
for (const target of process.argv.slice(2)) await crossBuild(target);
