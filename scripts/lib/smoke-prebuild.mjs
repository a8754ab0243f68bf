// SPDX-License-Identifier: Apache-2.0

import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { layOutConsumer } from "./consumer.mjs";
import { nodeOf } from "./foreign-node.mjs";
import { ROOT } from "./paths.mjs";
import { runCaptured } from "./run-captured.mjs";

const PROGRAM = join(ROOT, "scripts", "smoke", "consumer.mjs");

/** What is wrong with what the program tells of itself and its machine, in words. */
export function answerProblems(target, answer) {
  const [platform, arch] = target.split("-");
  const checks = {
    [`ran on ${answer.platform}-${answer.arch}`]: answer.platform === platform && answer.arch === arch,
    "no time of a CPU": answer.user + answer.system > 0 && answer.idle > 0,
    "no processes": answer.processes > 1,
    "not itself among the processes": answer.name !== undefined && answer.cpuSeconds > 0,
  };
  return Object.keys(checks).filter((problem) => !checks[problem]);
}

/**
 * Runs a user's first program on the packages as they are published, with each target's own Node. Gives for each what
 * it found in words, null where nothing here runs it; throws if an addon does not load or answers nonsense.
 */
export async function smokePrebuilds(targets) {
  const folder = mkdtempSync(join(tmpdir(), "hostscope-consumer-"));
  try {
    await layOutConsumer(folder);
    copyFileSync(PROGRAM, join(folder, "program.mjs"));
    const found = new Map();
    for (const target of targets) {
      const node = await nodeOf(target);
      found.set(target, node === null ? null : await smoke(target, node, join(folder, "program.mjs")));
    }
    return found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function smoke(target, [command, ...first], program) {
  const { code, output } = await runCaptured(command, [...first, program]);
  const line = output.split("\n").at(-1);
  const problems = code === 0 ? answerProblems(target, JSON.parse(line)) : [`exit code ${code}`];
  if (problems.length > 0)
    throw new Error(`the addon for ${target} does not answer: ${problems.join(", ")}\n${output}`);
  const { version, processes } = JSON.parse(line);
  return `Node ${version} read ${processes} processes`;
}
