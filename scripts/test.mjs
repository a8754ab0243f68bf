// SPDX-License-Identifier: Apache-2.0
// `npm test`: sets up if need be, then runs all tests. Arguments go to Mocha: files, folders of them, --grep ...

import { statSync } from "node:fs";
import { resolve } from "node:path";
import { ROOT } from "./lib/paths.mjs";
import { setUpOrExplain } from "./lib/set-up.mjs";
import { specFiles, specsBelow } from "./lib/spec-files.mjs";
import { notRun, tellOutcome } from "./lib/test-outcome.mjs";

const isStrict = process.env.HOSTSCOPE_REQUIRE_ORACLES === "1";
/** The proofs that are shortened otherwise, whole: of one file, as a rule. */
const isLong = process.env.HOSTSCOPE_LONG === "1";
/** CI also compiles the C++ with sanitizers, once more for the addon and once for the fuzzers. */
const LIMIT_MS = (isLong ? 90 : isStrict ? 40 : 20) * 60_000;

const found = (path) => statSync(path, { throwIfNoEntry: false }) ?? null;

async function run(args) {
  if (!(await setUpOrExplain())) return notRun("the setup failed");
  const { runTests } = await import("./lib/run-tests.mjs");
  const named = args.map((arg) => [arg, arg.startsWith("-") ? null : found(resolve(ROOT, arg))]);
  const given = named.flatMap(([arg, at]) => (at?.isDirectory() ? specsBelow(resolve(ROOT, arg)) : [arg]));
  const hasFiles = named.some(([, at]) => at !== null);
  return await runTests([...(isStrict ? ["--forbid-only"] : []), ...given, ...(hasFiles ? [] : specFiles())], {
    limitMs: LIMIT_MS,
  });
}

tellOutcome(await run(process.argv.slice(2)), { isStrict });
