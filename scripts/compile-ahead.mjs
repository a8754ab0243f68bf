// SPDX-License-Identifier: Apache-2.0
// Compiles what CI needs besides the addon, ahead of what needs it: addons for the named targets, with sanitizers,
// and the fuzzers.

import { ccTests, compileTests, sanitized } from "./lib/cc-tests.mjs";
import { crossBuild } from "./lib/cross-build.mjs";
import { buildFuzzer } from "./lib/fuzzers.mjs";
import { buildSanitizedAddon } from "./lib/sanitized-addon.mjs";
import { setUpOrExplain } from "./lib/set-up.mjs";

if (!(await setUpOrExplain())) process.exit(1);
for (const target of process.argv.slice(2)) await crossBuild(target);
await buildSanitizedAddon();
await compileTests(sanitized, ccTests());
await buildFuzzer();
