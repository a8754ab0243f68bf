// SPDX-License-Identifier: Apache-2.0
// `npm run test:windows [-- FILE...]`: builds for Windows, and runs test/conformance and test/windows against
// it under Wine.

import { join } from "node:path";
import { ROOT } from "./lib/paths.mjs";
import { SetupError, say } from "./lib/say.mjs";
import { setUpOrExplain } from "./lib/set-up.mjs";
import { windowsSpecFiles, withSpecFiles } from "./lib/spec-files.mjs";
import { notRun, tellOutcome } from "./lib/test-outcome.mjs";

const LIMIT_MS = (process.env.HOSTSCOPE_LONG === "1" ? 90 : 20) * 60_000;
/** What tests run there besides the agent. */
const NAMES = ["local-host", "over-pipe", "control-over-pipe", "write-event", "granted-calls", "repeated-reads"];
const PROGRAMS = Object.fromEntries(
  NAMES.map((name) => [name, join(ROOT, "test", "windows", "programs", `${name}.ts`)]),
);

async function run(args) {
  const { compilerOf, crossBuild } = await import("./lib/cross-build.mjs");
  const { endWine, prepareWine, wineEnvironment, wineProgram, windowsNode } = await import("./lib/wine.mjs");
  const { layOutForWindows } = await import("./lib/windows-installation.mjs");
  const { layOutPackagesForWindows } = await import("./lib/windows-packages.mjs");
  const { runTests } = await import("./lib/run-tests.mjs");
  try {
    await crossBuild("win32-x64");
    await prepareWine();
    const folder = await layOutForWindows(PROGRAMS);
    const packages = await layOutPackagesForWindows();
    // For test/support/windows-machine.ts.
    const compiler = compilerOf("win32-x64");
    const machine = { wine: wineProgram(), node: windowsNode(), folder, packages, compiler, env: wineEnvironment() };
    process.env.HOSTSCOPE_WINDOWS = JSON.stringify(machine);
    return await runTests(withSpecFiles(args, windowsSpecFiles()), { limitMs: LIMIT_MS, finish: endWine });
  } finally {
    endWine();
  }
}

async function runOrExplain(args) {
  if (!(await setUpOrExplain())) return notRun("the setup failed");
  try {
    return await run(args);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    return notRun("the setup failed");
  }
}

tellOutcome(await runOrExplain(process.argv.slice(2)));
