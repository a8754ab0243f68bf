// SPDX-License-Identifier: Apache-2.0

import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 50;

function readOrEmpty(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return ""; // ended, or not ours
  }
}

/**
 * Living processes, however deep, that got this environment variable: `{pid, command}`. So those that one run has
 * started are found without trusting process ids, which are used again. Empty where there is no /proc.
 */
export function processesWith(variable, value) {
  let names = [];
  try {
    names = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  } catch {} // another OS
  return names
    .filter((pid) => readOrEmpty(`/proc/${pid}/environ`).split("\0").includes(`${variable}=${value}`))
    .map((pid) => ({ pid: Number(pid), command: readOrEmpty(`/proc/${pid}/cmdline`).split("\0").join(" ").trim() }))
    .filter(({ command }) => command !== "");
}

async function waitForNone(variable, value, limitMs) {
  const deadline = performance.now() + limitMs;
  while (processesWith(variable, value).length > 0 && performance.now() < deadline) await sleep(POLL_MS);
}

/** Waits for such processes to end, for as long as given; then kills those that remain, and returns what it killed. */
export async function endProcessesWith(variable, value, patienceMs) {
  await waitForNone(variable, value, patienceMs);
  const left = processesWith(variable, value);
  for (const { pid } of left) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {} // ended meanwhile
  }
  if (left.length > 0) await waitForNone(variable, value, 1_000);
  return left;
}
