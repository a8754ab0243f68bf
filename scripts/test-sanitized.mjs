// SPDX-License-Identifier: Apache-2.0
// `npm run test:sanitized [-- FILE...]`: tests on an addon with sanitizers; those of the usual run if none is named.

import { buildSanitizedAddon, runSanitizedTests, sanitizedSpecs } from "./lib/sanitized-addon.mjs";
import { setUpOrExplain } from "./lib/set-up.mjs";

if (await setUpOrExplain()) {
  await buildSanitizedAddon();
  const named = process.argv.slice(2);
  const { code, output } = await runSanitizedTests(named.length > 0 ? named : sanitizedSpecs());
  console.log(output);
  process.exitCode = code;
} else {
  process.exitCode = 1;
}
