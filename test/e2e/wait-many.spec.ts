// SPDX-License-Identifier: Apache-2.0

import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Host, Overloaded, open, type Process } from "@hostscope/client";
import { expect } from "chai";
import { type AgentProcess, startAgent, startAgentThrough } from "../support/agent-process.ts";
import { cpuTicks } from "../support/cpu-ticks.ts";
import { eventually } from "../support/eventually.ts";

const SOURCE = fileURLToPath(new URL("../support/many_children.cc", import.meta.url));
const [COMPILER = "g++", ...COMPILER_FLAGS] = (process.env.CXX ?? "g++").trim().split(/\s+/);
const LONG = process.env.HOSTSCOPE_LONG === "1";
const COUNT = LONG ? 5_000 : 500;
const IDLE_SECONDS = LONG ? 10 : 3;
const BETWEEN_US = 2_000;

const median = (sorted: readonly number[]) => sorted[Math.floor(sorted.length / 2)] as number;

describe(`Waiting for ${COUNT} processes at once`, function () {
  this.timeout(180_000);
  this.slow(60_000);

  let folder: string;
  let agent: AgentProcess;
  let host: Host;
  let family: ChildProcess;
  let lines: AsyncIterator<string>;
  let processes: Process[];
  const descriptors = () => readdirSync(`/proc/${agent.child.pid}/fd`).length;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "hostscope-wait-"));
    const program = join(folder, "children");
    await promisify(execFile)(COMPILER, [...COMPILER_FLAGS, "-std=c++20", "-O1", SOURCE, "-o", program]);
    agent = await startAgent();
    host = await open(agent.target);
    family = spawn(program, [String(COUNT)], { stdio: ["pipe", "pipe", "inherit"] });
    lines = createInterface({ input: family.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
    const pids = new Set(((await lines.next()).value as string).trim().split(" ").map(Number));
    expect(pids.size).to.equal(COUNT);
    processes = [];
    for await (const each of host.processIter()) if (pids.has(each.pid)) processes.push(each);
    expect(processes.length).to.equal(COUNT);
    // What the list keeps open for the next one is closed after a while: one file of each would be more than this.
    await eventually(() => expect(descriptors()).to.be.below(COUNT), 30_000);
  });
  after(async () => {
    if (family !== undefined) {
      const exited = once(family, "exit");
      family.stdin?.end();
      if (family.exitCode === null && family.signalCode === null) {
        family.kill("SIGKILL");
        await exited;
      }
    }
    await host?.close();
    await agent?.stop();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  it("is given up without a trace", async () => {
    const before = descriptors();
    const leave = new AbortController();
    const waiting = host.waitProcs(processes, { signal: leave.signal }).catch(() => {});
    await eventually(() => expect(descriptors()).to.be.at.least(before + COUNT), 30_000);
    leave.abort();
    await waiting;
    await eventually(() => expect(descriptors()).to.be.at.most(before));
    const { gone, alive } = await host.waitProcs(processes, { timeout: 1 });
    expect([gone.length, alive.length]).to.deep.equal([0, COUNT]);
  });

  it("is refused where descriptors would run out, and harms nobody", async () => {
    const poor = await startAgentThrough(["prlimit", "--nofile=400:400"]);
    try {
      await using other = await open(poor.target);
      const theirs: Process[] = [];
      const pids = new Set(processes.map(({ pid }) => pid));
      for await (const each of other.processIter()) if (pids.has(each.pid)) theirs.push(each);
      const error = await other.waitProcs(theirs, { timeout: 20 }).catch((failure: unknown) => failure);
      expect(error).to.be.instanceOf(Overloaded);
      const few = theirs.slice(0, 50);
      expect((await other.waitProcs(few, { timeout: 0.2 })).alive.length).to.equal(50);
      expect(await other.pids()).to.include(poor.child.pid);
    } finally {
      await poor.stop();
    }
  });

  it("costs nothing while nothing happens, and tells of each end at once", async () => {
    const told = new Map<number, bigint>();
    const waiting = host.waitProcs(processes, {
      timeout: 150,
      callback: ({ pid }) => void told.set(pid, process.hrtime.bigint()),
    });
    await eventually(() => expect(descriptors()).to.be.at.least(COUNT), 30_000);
    await sleep(1000);
    expect(told.size).to.equal(0);
    const pid = agent.child.pid as number;
    const before = cpuTicks(pid);
    await sleep(IDLE_SECONDS * 1000);
    const percent = (cpuTicks(pid) - before) / IDLE_SECONDS;
    expect(percent, "percent of one CPU").to.be.below(1);

    family.stdin?.write(`${BETWEEN_US}\n`);
    const ends = ((await lines.next()).value as string).trim().split(" ").map(BigInt);
    const { gone, alive } = await waiting;
    expect([gone.length, alive.length, told.size]).to.deep.equal([COUNT, 0, COUNT]);
    const order = processes.map((each) => each.pid).sort((a, b) => a - b);
    // Pids may have begun anew in between; the order of the ends is that of the starts.
    const byEnd = [...told.entries()].sort(([, a], [, b]) => Number(a - b)).map(([each]) => each);
    const lateMs = byEnd
      .map((each, index) => Number((told.get(each) as bigint) - (ends[index] as bigint)) / 1e6)
      .sort((a, b) => a - b);
    const figures = { count: COUNT, percent, medianMs: median(lateMs), maxMs: lateMs.at(-1) };
    if (LONG) console.log(JSON.stringify(figures));
    expect(order.length).to.equal(COUNT);
    expect(lateMs[Math.floor(COUNT * 0.95)], JSON.stringify(figures)).to.be.below(1_000);
    expect(median(lateMs), JSON.stringify(figures)).to.be.below(200);
    for (const { returncode } of gone)
      expect(returncode === null || (returncode >= 0 && returncode < 100)).to.equal(true);
  });
});
