// SPDX-License-Identifier: Apache-2.0
// `npm run fuzz [-- --seconds 600] [TARGET...]`: fuzzes the parsers, one after the other; all if none is named.

import { parseArgs } from "node:util";
import { buildFuzzer, fuzz, fuzzCompiler, fuzzTargets } from "./lib/fuzzers.mjs";
import { say } from "./lib/say.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: "string", default: "60" } },
});

/** What is wrong with how this was called, or null. */
function complaint() {
  const unknown = positionals.filter((name) => !fuzzTargets().includes(name));
  if (unknown.length > 0) return `no target ${unknown.join(", ")}; there are ${fuzzTargets().join(", ")}`;
  if (!/^[1-9]\d*$/.test(values.seconds)) return "--seconds takes a whole number from 1";
  if (fuzzCompiler() === null) return "fuzzing needs clang with libFuzzer: apt install clang libclang-rt-14-dev";
  return null;
}

const problem = complaint();
if (problem === null) {
  const program = await buildFuzzer();
  for (const target of positionals.length > 0 ? positionals : fuzzTargets()) {
    const { code, output } = await fuzz(program, target, values.seconds);
    const runs = /number_of_executed_units: (\d+)/.exec(output)?.[1] ?? "?";
    console.log(code === 0 ? `ok     ${target} (${runs} runs)` : `FAILED ${target}\n${output}`);
    if (code !== 0) process.exitCode = 1;
  }
} else {
  say(problem);
  process.exitCode = 2;
}
