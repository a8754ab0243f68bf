// SPDX-License-Identifier: Apache-2.0

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const SECONDS = 900;

/** Of this process alone: others come and go meanwhile. */
function childCount(pid: number): number {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).length;
}

/** Starts `count` sleeping processes in a group of their own; they end with stop(), and by themselves in any case. */
export async function startIdleProcesses(count: number): Promise<{ stop(): Promise<void> }> {
  const script = `i=0; while [ $i -lt ${count} ]; do sleep ${SECONDS} & i=$((i+1)); done; wait`;
  const group = spawn("sh", ["-c", script], { detached: true, stdio: "ignore" });
  const pid = group.pid;
  if (pid === undefined) throw new Error("could not start the idle processes");
  const ended = new Promise((resolve) => group.once("exit", resolve));
  for (let waited = 0; childCount(pid) < count; waited += 100) {
    if (waited > 30_000) throw new Error(`only ${childCount(pid)} of ${count} idle processes started`);
    await sleep(100);
  }
  return {
    async stop() {
      process.kill(-pid, "SIGKILL");
      await ended;
    },
  };
}
