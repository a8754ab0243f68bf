// SPDX-License-Identifier: Apache-2.0
// `npm run test:security`: sets up if need be, then runs the proofs of trust; whole, not shortened, with HOSTSCOPE_LONG=1.

import { setUpOrExplain } from "./lib/set-up.mjs";
import { specFiles } from "./lib/spec-files.mjs";

const LIMIT_MS = (process.env.HOSTSCOPE_LONG === "1" ? 90 : 15) * 60_000;

if (await setUpOrExplain()) {
  const { runTests } = await import("./lib/run-tests.mjs");
  const files = specFiles().filter((path) => path.startsWith("test/security/"));
  const args = [...files, ...process.argv.slice(2)];
  const { passed, failed, skipped, problems } = await runTests(args, { limitMs: LIMIT_MS });
  if (passed + failed === 0) problems.push("no test ran");
  for (const problem of problems) process.stdout.write(`FAILED: ${problem}\n`);
  process.exitCode = failed > 0 || problems.length > 0 ? 1 : 0;
  process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
} else {
  process.exitCode = 1;
}
