// SPDX-License-Identifier: Apache-2.0

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { startAgent } from "./agent.ts";
import { driverSubject } from "./driver-subject.ts";
import { startIdleProcesses } from "./idle-processes.ts";
import type { Bench, Subject } from "./subject.ts";

const EIGHT = ["pid", "name", "status", "cpu_times", "memory_info", "create_time", "ppid", "num_threads"];
/** What is cheap to know. */
export const FOURTEEN = [...EIGHT, "username", "cmdline", "exe", "num_ctx_switches", "io_counters", "nice"];
/** How many processes that do nothing each list has. */
export const IDLE_PROCESSES = 1000;
const PS_COLUMNS = "pid,ppid,user,stat,rss,vsz,etimes,args";

/** Path of a driver. */
export const driver = (name: string): string => fileURLToPath(new URL(`./drivers/${name}`, import.meta.url));
const camel = (name: string): string => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

/** The list through the SDK. */
export function hostscopeList(name: string, target: string, attrs: readonly string[]): Promise<Subject> {
  const args = ["--import", "tsx", driver("hostscope.ts"), target, "list", attrs.map(camel).join(",")];
  return driverSubject(name, process.execPath, args);
}

/** A Python that has psutil, or null. */
export function pythonWithPsutil(): string | null {
  const usable = (python: string) => spawnSync(python, ["-c", "import psutil"], { stdio: "ignore" }).status === 0;
  return ["python3", "/usr/bin/python3"].find(usable) ?? null;
}

/** `ps` is measured as a user meets it: the whole program, its output read to the end. */
function ps(): Subject {
  return {
    name: "ps",
    async measure() {
      const start = process.hrtime.bigint();
      const { status } = spawnSync("ps", ["-eo", PS_COLUMNS], { maxBuffer: 1 << 26 });
      if (status !== 0) throw new Error("ps failed");
      return Number(process.hrtime.bigint() - start) / 1e6;
    },
    stop: () => Promise.resolve(),
  };
}

function processListBench(name: string, attrs: readonly string[], goals: { psutil: number; si: number } | null): Bench {
  const goal = (atLeast: number | undefined) => (atLeast === undefined ? null : { atLeast });
  return {
    name,
    title: `the whole table of ${IDLE_PROCESSES}+ processes, ${attrs.length} attributes, decoded`,
    unit: "ms",
    rounds: 9,
    ratios: [
      { of: "psutil", to: "hostscope-grpc", goal: goal(goals?.psutil) },
      { of: "systeminformation", to: "hostscope-grpc", goal: goal(goals?.si) },
      { of: "psutil", to: "hostscope-local", goal: null },
      { of: "ps", to: "hostscope-grpc", goal: null },
    ],
    async start() {
      const missing: { name: string; reason: string }[] = [];
      const idle = await startIdleProcesses(IDLE_PROCESSES);
      const agent = await startAgent();
      const subjects = [
        await hostscopeList("hostscope-local", "local:", attrs),
        await hostscopeList("hostscope-grpc", agent.address, attrs),
        await driverSubject("systeminformation", process.execPath, ["--import", "tsx", driver("systeminformation.ts")]),
      ];
      const python = pythonWithPsutil();
      if (python === null) missing.push({ name: "psutil", reason: "no python3 with psutil (Debian: python3-psutil)" });
      else subjects.push(await driverSubject("psutil", python, [driver("psutil_list.py"), attrs.join(",")]));
      if (spawnSync("ps", ["--version"], { stdio: "ignore" }).status === 0) subjects.push(ps());
      else missing.push({ name: "ps", reason: "not installed (Debian: procps)" });
      const stop = async () => {
        await agent.stop();
        await idle.stop();
      };
      return { subjects, missing, stop };
    },
  };
}

/** Process list with the attributes a top-like view needs. */
export const processList8 = processListBench("process-list-8", EIGHT, null);
/** Process list with nearly everything that is cheap to know. */
export const processList14 = processListBench("process-list-14", FOURTEEN, { psutil: 3, si: 15 });
