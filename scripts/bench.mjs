// SPDX-License-Identifier: Apache-2.0
// `npm run bench`: sets up if need be, then measures.

import { join } from "node:path";
import { ROOT } from "./lib/paths.mjs";
import { runInPlace } from "./lib/run-in-place.mjs";
import { setUpOrExplain } from "./lib/set-up.mjs";
import { tsxFlags } from "./lib/tsx-flags.mjs";

if (await setUpOrExplain()) {
  await runInPlace([...tsxFlags(), join(ROOT, "bench", "src", "main.ts"), ...process.argv.slice(2)]);
} else {
  process.exitCode = 1;
}
