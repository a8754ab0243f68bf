// SPDX-License-Identifier: Apache-2.0
// `npm run test:security`: sets up if need be, then runs the proofs of trust; whole, not shortened, with HOSTSCOPE_LONG=1.

import { setUpOrExplain } from "./lib/set-up.mjs";
import { specFiles } from "./lib/spec-files.mjs";
import { tellOutcome } from "./lib/test-outcome.mjs";

const LIMIT_MS = (process.env.HOSTSCOPE_LONG === "1" ? 90 : 15) * 60_000;

if (await setUpOrExplain()) {
  const { runTests } = await import("./lib/run-tests.mjs");
  const files = specFiles().filter((path) => path.startsWith("test/security/"));
  const args = [...files, ...process.argv.slice(2)];
  tellOutcome(await runTests(args, { limitMs: LIMIT_MS }));
} else {
  process.exitCode = 1;
}
