// SPDX-License-Identifier: Apache-2.0

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { open, type ProcessAttributeName } from "@hostscope/client";
import { startAgent } from "./agent.ts";
import { cpuMs } from "./cpu-time.ts";
import { startIdleProcesses } from "./idle-processes.ts";
import { FOURTEEN, IDLE_PROCESSES } from "./process-list.ts";
import type { Bench, Subject } from "./subject.ts";

const SETTLE_MS = 3000;
const TICKS = 10;
/** Where Debian's netdata-core has it; one that lies elsewhere is named by the environment. */
const APPS_PLUGIN = process.env.HOSTSCOPE_APPS_PLUGIN ?? "/usr/lib/netdata/plugins.d/apps.plugin";

const camel = (name: string): string => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
/** The attributes of the bench of lists. */
export const WATCHED = FOURTEEN.map(camel) as ProcessAttributeName[];

/** CPU time of the agent for each collection while one reader watches. */
function watched(agent: { address: string; pid: number }): Subject {
  return {
    name: "hostscope",
    async measure() {
      const host = await open(agent.address);
      let [ticks, before] = [0, 0];
      for await (const { changed, snapshot } of host.watchProcesses({ attrs: WATCHED })) {
        if (snapshot && changed.length < IDLE_PROCESSES) throw new Error(`only ${changed.length} processes`);
        if (ticks === SETTLE_MS / 1000) before = cpuMs(agent.pid);
        if (ticks++ === SETTLE_MS / 1000 + TICKS) break;
      }
      const used = cpuMs(agent.pid) - before;
      await host.close();
      return used / TICKS;
    },
    stop: () => Promise.resolve(),
  };
}

/** CPU time of a program that looks at all processes once a second. */
function program(name: string, command: string, args: readonly string[]): Subject {
  return {
    name,
    async measure() {
      const child = spawn(command, [...args], { stdio: ["pipe", "ignore", "ignore"] });
      const ended = once(child, "exit");
      await sleep(SETTLE_MS);
      const before = cpuMs(child.pid as number);
      await sleep(TICKS * 1000);
      const used = cpuMs(child.pid as number) - before;
      child.kill("SIGKILL");
      await ended;
      return used / TICKS;
    },
    stop: () => Promise.resolve(),
  };
}

/** What it costs a host to be watched: the whole table at 1 Hz. */
export const watchCost: Bench = {
  name: "watch-cost",
  title: `CPU time for each look at ${IDLE_PROCESSES}+ mostly idle processes, once a second, ${FOURTEEN.length} attributes`,
  unit: "ms",
  warmUpRounds: 0,
  rounds: 2,
  ratios: [
    { of: "hostscope", to: "netdata-apps-plugin", goal: { atMost: 0.5 } },
    { of: "hostscope", to: "top", goal: { atMost: 1 } },
  ],
  async start() {
    const missing: { name: string; reason: string }[] = [];
    const idle = await startIdleProcesses(IDLE_PROCESSES);
    const agent = await startAgent();
    const subjects = [watched(agent)];
    if (existsSync(APPS_PLUGIN)) subjects.push(program("netdata-apps-plugin", APPS_PLUGIN, ["1"]));
    else missing.push({ name: "netdata-apps-plugin", reason: "not installed (Debian: netdata-core)" });
    if (spawnSync("top", ["-v"], { stdio: "ignore" }).status === 0)
      subjects.push(program("top", "top", ["-b", "-d1", "-w512"]));
    else missing.push({ name: "top", reason: "not installed (Debian: procps)" });
    const stop = async () => {
      await agent.stop();
      await idle.stop();
    };
    return { subjects, missing, stop };
  },
};
