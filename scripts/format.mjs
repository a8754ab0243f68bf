// SPDX-License-Identifier: Apache-2.0
// `npm run format`: lays out all hand-written source as `npm run check` wants it.

import { cppPaths } from "./checks/tool-gates.mjs";
import { BIOME, BUF, CLANG_FORMAT, runTool } from "./lib/run-captured.mjs";
import { setUpOrExplain } from "./lib/set-up.mjs";

async function format(script, args) {
  const { code, output } = await runTool(script, args);
  if (output !== "") console.log(output);
  if (code !== 0) process.exitCode = 1;
}

if (await setUpOrExplain({ addon: false })) {
  await format(BIOME, ["check", "--write", "--colors=off"]);
  await format(CLANG_FORMAT, ["-i", ...(await cppPaths())]);
  await format(BUF, ["format", "-w"]);
} else {
  process.exitCode = 1;
}
