// SPDX-License-Identifier: Apache-2.0
// `npm test`: sets up if need be, then runs all tests. Arguments go to Mocha: files, folders of them, --grep ...

import { setUpOrExplain } from "./lib/set-up.mjs";
import { specFiles, withSpecFiles } from "./lib/spec-files.mjs";
import { notRun, tellOutcome } from "./lib/test-outcome.mjs";

const isStrict = process.env.HOSTSCOPE_REQUIRE_ORACLES === "1";
/** The proofs that are shortened otherwise, whole: of one file, as a rule. */
const isLong = process.env.HOSTSCOPE_LONG === "1";
/** CI also compiles the C++ with sanitizers, once more for the addon and once for the fuzzers. */
const LIMIT_MS = (isLong ? 90 : isStrict ? 40 : 20) * 60_000;

async function run(args) {
  if (!(await setUpOrExplain())) return notRun("the setup failed");
  const { runTests } = await import("./lib/run-tests.mjs");
  const flags = isStrict ? ["--forbid-only"] : [];
  return await runTests([...flags, ...withSpecFiles(args, specFiles())], { limitMs: LIMIT_MS });
}

tellOutcome(await run(process.argv.slice(2)), { isStrict });
