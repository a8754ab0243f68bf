// SPDX-License-Identifier: Apache-2.0

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { open } from "@hostscope/client";
import { bundleAgent } from "./bundle.ts";
import type { Bench, Subject } from "./subject.ts";

// V8 tidies up for a minute after a start: it collects, finds that nothing moves, and stops.
const SETTLE_MS = 75_000;
const MEASURE_MS = 10_000;

const LISTEN = ["--listen", "127.0.0.1:0", "--exit-with-parent", "--log-level", "error"];

/** A program that is left alone: what it is started with, and what is done with it before. */
interface Idle {
  readonly name: string;
  readonly args: (bundle: string) => string[];
  readonly use?: (address: string) => Promise<void>;
}

const FRESH: readonly Idle[] = [
  { name: "agent", args: (bundle) => [bundle, ...LISTEN] },
  { name: "agent-metrics", args: (bundle) => [bundle, ...LISTEN, "--metrics", "127.0.0.1:0"] },
  { name: "bare-node", args: () => ["--eval", "net.createServer().listen(0, () => console.log('ready'))"] },
];
const USED: Idle = { name: "agent-used", args: (bundle) => [bundle, ...LISTEN], use: useAgent };
const IDLE = [...FRESH, USED];

/** How often an agent that nobody asks anything is woken: context switches of all its threads. */
export const agentIdle: Bench = {
  name: "agent-idle",
  title: `wake-ups of an idle agent, ${SETTLE_MS / 1000} s after its start, bundled`,
  unit: "wake-ups/s",
  warmUpRounds: 0,
  rounds: 3,
  ratios: [],
  start: () => idleSubjects(wakeUpsPerSecond),
};

/** Its memory then. */
export const agentIdleRss: Bench = {
  name: "agent-idle-rss",
  title: `resident memory of an idle agent, ${SETTLE_MS / 1000} s after its start, bundled`,
  unit: "MiB",
  warmUpRounds: 0,
  rounds: 1,
  ratios: [],
  start: () => idleSubjects(async (pid) => statusField(`/proc/${pid}/status`, "VmRSS") / 1024),
};

/** From starting the process to the line that tells the address. */
export const agentStart: Bench = {
  name: "agent-start",
  title: "start of an agent to its listening, bundled",
  unit: "ms",
  rounds: 10,
  ratios: [],
  async start() {
    const bundle = await bundleAgent();
    const subjects = FRESH.map(
      ({ name, args }): Subject => ({
        name,
        async measure() {
          const started = performance.now();
          const { child } = await startChild(args(bundle));
          const ms = performance.now() - started;
          await stop(child);
          return ms;
        },
        stop: () => Promise.resolve(),
      }),
    );
    return { subjects, missing: [], stop: () => Promise.resolve() };
  },
};

async function idleSubjects(measure: (pid: number) => Promise<number>) {
  const bundle = await bundleAgent();
  const subjects = await Promise.all(
    IDLE.map(async ({ name, args, use }): Promise<Subject> => {
      const { child, address } = await startChild(args(bundle));
      await use?.(address);
      return { name, measure: () => measure(child.pid as number), stop: () => stop(child) };
    }),
  );
  await sleep(SETTLE_MS);
  return { subjects, missing: [], stop: () => Promise.resolve() };
}

/** What a client does that looks at everything and goes. */
async function useAgent(address: string): Promise<void> {
  const host = await open(address);
  for (let round = 0; round < 20; round++) {
    await host.processList({ attrs: ["name", "cpuTimes", "memoryInfo", "cmdline"] });
    await Promise.all([host.cpuTimes(), host.virtualMemory(), host.diskUsage("/"), host.sensorsTemperatures()]);
  }
  await host.close();
}

/** Runs a program until it has told its address. */
async function startChild(args: readonly string[]): Promise<{ child: ChildProcess; address: string }> {
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  const line = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  if (line.done === true) throw new Error(`${args[0]} ended before it told its address`);
  return { child, address: line.value };
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

async function wakeUpsPerSecond(pid: number): Promise<number> {
  const [before, started] = [switches(pid), performance.now()];
  await sleep(MEASURE_MS);
  return (switches(pid) - before) / ((performance.now() - started) / 1000);
}

function switches(pid: number): number {
  const tasks = readdirSync(`/proc/${pid}/task`).map((task) => `/proc/${pid}/task/${task}/status`);
  const of = (path: string) =>
    statusField(path, "voluntary_ctxt_switches") + statusField(path, "nonvoluntary_ctxt_switches");
  return tasks.reduce((sum, path) => sum + of(path), 0);
}

function statusField(path: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(readFileSync(path, "utf8"))?.[1]);
}
