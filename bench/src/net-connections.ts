// SPDX-License-Identifier: Apache-2.0

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { startAgent } from "./agent.ts";
import { driverSubject } from "./driver-subject.ts";
import { driver, pythonWithPsutil } from "./process-list.ts";
import type { Bench, Subject } from "./subject.ts";

const PROCESSES = 1000;
const SOCKETS = 2 * PROCESSES;

/** Processes with two sockets each; they end with stop(), with this process, and by themselves in any case. */
async function startSocketHolders(): Promise<{ stop(): Promise<void> }> {
  const child = spawn("python3", [driver("sockets.py"), String(PROCESSES)], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const first = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  if (first.value !== "ready") throw new Error("the processes with sockets did not start");
  return {
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}

function hostscopeConnections(name: string, target: string): Promise<Subject> {
  const args = ["--import", "tsx", driver("hostscope.ts"), target, "connections", String(SOCKETS)];
  return driverSubject(name, process.execPath, args);
}

/** All sockets of the host with their owners. */
export const netConnections: Bench = {
  name: "net-connections",
  title: `all ${SOCKETS}+ internet sockets of ${PROCESSES}+ processes with their owners, decoded`,
  unit: "ms",
  rounds: 9,
  ratios: [
    { of: "psutil", to: "hostscope-local", goal: { atLeast: 5 } },
    { of: "psutil", to: "hostscope-grpc", goal: { atLeast: 5 } },
  ],
  async start() {
    const holders = await startSocketHolders();
    const agent = await startAgent();
    const subjects = [
      await hostscopeConnections("hostscope-local", "local:"),
      await hostscopeConnections("hostscope-grpc", agent.address),
    ];
    const missing: { name: string; reason: string }[] = [];
    const python = pythonWithPsutil();
    if (python === null) missing.push({ name: "psutil", reason: "no python3 with psutil (Debian: python3-psutil)" });
    else subjects.push(await driverSubject("psutil", python, [driver("psutil_connections.py"), String(SOCKETS)]));
    const stop = async () => {
      await agent.stop();
      await holders.stop();
    };
    return { subjects, missing, stop };
  },
};
