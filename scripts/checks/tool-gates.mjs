// SPDX-License-Identifier: Apache-2.0

import { join } from "node:path";
import { ROOT } from "../lib/paths.mjs";
import { isGenerated, repoPaths } from "../lib/repo-files.mjs";
import { BIOME, BUF, CLANG_FORMAT, runCaptured, runTool, TSC } from "../lib/run-captured.mjs";
import { bufBreaking } from "./buf-breaking.mjs";

/** Hand-written C++. */
export const cppPaths = async () => (await repoPaths()).filter((path) => /\.(cc|h)$/.test(path) && !isGenerated(path));

const BIOME_FLAGS = ["check", "--error-on-warnings", "--diagnostic-level=warn", "--colors=off"];

const verdict = ({ code, output }) => (code === 0 ? {} : { problem: output || `exit code ${code}` });

async function clangFormat() {
  const paths = await cppPaths();
  return paths.length === 0
    ? { problem: "no C++ found" }
    : verdict(await runTool(CLANG_FORMAT, ["--dry-run", "-Werror", ...paths]));
}

/** Gates that are programs: each run() gives `{problem}` if it fails, perhaps `{note}` if it does not. */
export const toolGates = [
  { name: "biome", run: async () => verdict(await runTool(BIOME, BIOME_FLAGS)) },
  { name: "types", run: async () => verdict(await runTool(TSC, ["--project", "tsconfig.json", "--noEmit"])) },
  { name: "clang-format", run: clangFormat },
  { name: "buf lint", run: async () => verdict(await runTool(BUF, ["lint"])) },
  { name: "buf format", run: async () => verdict(await runTool(BUF, ["format", "--diff", "--exit-code"])) },
  { name: "buf breaking", run: bufBreaking },
  {
    name: "generated code",
    run: async () => verdict(await runCaptured(process.execPath, [join(ROOT, "scripts", "gen.mjs"), "--check"])),
  },
];
