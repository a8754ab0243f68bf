// SPDX-License-Identifier: Apache-2.0

import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Carries the id of a test run to every process that it starts, however deep. */
export const RUN_VARIABLE = "HOSTSCOPE_TEST_RUN";

function readOrEmpty(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return ""; // ended, or not ours
  }
}

/** Living processes that were started in a test run: `{pid, command}`. Empty where there is no /proc. */
export function processesOf(run) {
  let names = [];
  try {
    names = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  } catch {}
  return names
    .filter((pid) => readOrEmpty(`/proc/${pid}/environ`).split("\0").includes(`${RUN_VARIABLE}=${run}`))
    .map((pid) => ({ pid: Number(pid), command: readOrEmpty(`/proc/${pid}/cmdline`).split("\0").join(" ").trim() }))
    .filter(({ command }) => command !== "");
}

/** Waits until a run has no processes left, for as long as given; then kills and returns those that remain. */
export async function endProcessesOf(run, patienceMs) {
  const deadline = performance.now() + patienceMs;
  while (processesOf(run).length > 0 && performance.now() < deadline) await sleep(100);
  const left = processesOf(run);
  for (const { pid } of left) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {} // ended meanwhile
  }
  return left;
}
