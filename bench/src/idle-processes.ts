// SPDX-License-Identifier: Apache-2.0

import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const SECONDS = 900;

function processCount(): number {
  return readdirSync("/proc").filter((name) => Number.isInteger(Number(name))).length;
}

/** Starts `count` sleeping processes in a group of their own; they end with stop(), and by themselves in any case. */
export async function startIdleProcesses(count: number): Promise<{ stop(): Promise<void> }> {
  const before = processCount();
  const script = `i=0; while [ $i -lt ${count} ]; do sleep ${SECONDS} & i=$((i+1)); done; wait`;
  const group = spawn("sh", ["-c", script], { detached: true, stdio: "ignore" });
  const pid = group.pid;
  if (pid === undefined) throw new Error("could not start the idle processes");
  const ended = new Promise((resolve) => group.once("exit", resolve));
  for (let waited = 0; processCount() < before + count; waited += 100) {
    if (waited > 30_000) throw new Error(`only ${processCount() - before} of ${count} idle processes started`);
    await sleep(100);
  }
  return {
    async stop() {
      process.kill(-pid, "SIGKILL");
      await ended;
    },
  };
}
