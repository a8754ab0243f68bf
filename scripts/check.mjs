// SPDX-License-Identifier: Apache-2.0
// `npm run check`: every gate, each with one line. With --self-test only proves that our own gates can fail.

import { customGates, selfTest } from "./checks/custom-gates.mjs";
import { toolGates } from "./checks/tool-gates.mjs";
import { inParallel } from "./lib/in-parallel.mjs";
import { repoFiles } from "./lib/repo-files.mjs";
import { setUpOrExplain } from "./lib/set-up.mjs";

const verdict = (problems) => (problems.length === 0 ? {} : { problem: problems.join("\n") });

const warnings = [];

/** Runs a gate and prints its line; true if it passed. What it could not do is said again at the end. */
async function report({ name, run }) {
  const start = performance.now();
  const { problem, note, warning } = await run().catch((error) => ({ problem: error.stack }));
  const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(5);
  const word = problem !== undefined ? "FAILED" : warning !== undefined ? "NOT   " : "ok    ";
  console.log(`${word} ${seconds} s  ${name}${note ? `  (${note})` : ""}`);
  if (warning !== undefined) warnings.push(`WARNING: ${name}: ${warning}`);
  if (problem !== undefined) console.log(problem.replace(/^/gm, "    "));
  return problem === undefined;
}

const selfTestGate = { name: "gates can fail", run: async () => verdict(selfTest()) };
let gates = [selfTestGate];
if (!process.argv.includes("--self-test")) {
  if (!(await setUpOrExplain({ addon: false }))) process.exit(1);
  const files = await repoFiles();
  const own = customGates.map(({ name, inspect }) => ({ name, run: async () => verdict(inspect(files)) }));
  gates = [selfTestGate, ...own, ...toolGates];
}
const passed = (await inParallel(gates, 2, report)).filter((isPassed) => isPassed).length;
for (const warning of warnings) console.log(warning);
console.log(`${passed} of ${gates.length} checks passed`);
process.exitCode = passed === gates.length ? 0 : 1;
