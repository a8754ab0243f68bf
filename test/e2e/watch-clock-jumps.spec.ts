// SPDX-License-Identifier: Apache-2.0

import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Host, open, type ProcessUpdate, type SystemUpdate } from "@hostscope/client";
import { expect } from "chai";
import { type AgentProcess, startAgentThrough } from "../support/agent-process.ts";
import { eventually } from "../support/eventually.ts";

const SOURCE = fileURLToPath(new URL("../support/moved_clock.cc", import.meta.url));
const [COMPILER = "g++", ...COMPILER_FLAGS] = (process.env.CXX ?? "g++").trim().split(/\s+/);
const DAY = 86_400;
/** Where the clock is put, one after the other: seconds from the true time. */
const LONG = process.env.HOSTSCOPE_LONG === "1";
const JUMPS = LONG ? [3600, -3600, 400 * DAY, -400 * DAY, 1, -1, 0] : [400 * DAY, -3600];

/** A collection that comes later than this may be said to leave a gap: 2.5 intervals and half a second. */
const LATE_SECONDS = 1.75;

/** Nobody may set the clock of the machine, and no namespace has one of its own: so the agent is told another time. */
describe("Watches of a host whose clock jumps", function () {
  this.timeout(90_000);
  this.slow(30_000);

  let folder: string;
  let clock: string;
  let agent: AgentProcess;
  let host: Host;
  const move = (seconds: number) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(seconds));
    // In place, as the file is mapped.
    writeFileSync(clock, bytes, { flag: "r+" });
  };
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "hostscope-clock-"));
    clock = join(folder, "clock");
    writeFileSync(clock, Buffer.alloc(8));
    const library = join(folder, "moved_clock.so");
    await promisify(execFile)(COMPILER, [
      ...COMPILER_FLAGS,
      "-std=c++20",
      "-O1",
      "-fPIC",
      "-shared",
      SOURCE,
      "-o",
      library,
    ]);
    const preloaded = [process.env.LD_PRELOAD, library].filter(Boolean).join(" ");
    agent = await startAgentThrough(["env", `LD_PRELOAD=${preloaded}`, `HOSTSCOPE_TEST_CLOCK=${clock}`]);
    host = await open(agent.target);
  });
  after(async () => {
    await host?.close();
    await agent?.stop();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  it("go on at their pace, measure as before, and lose nothing", async () => {
    const updates: SystemUpdate<"cpuPercent" | "cpuStats">[] = [];
    const tables: ProcessUpdate[] = [];
    const leave = new AbortController();
    const options = { signal: leave.signal, reconnect: false };
    const reading = Promise.allSettled([
      (async () => {
        for await (const update of host.watch({ metrics: ["cpuPercent", "cpuStats"], interval: 0.5, ...options }))
          updates.push(update);
      })(),
      (async () => {
        for await (const update of host.watchProcesses({ attrs: ["name", "cpuPercent"], ...options }))
          tables.push(update);
      })(),
    ]);
    await eventually(() => expect(tables).to.have.length.above(1));
    const times: { of: number; said: number; true: number }[] = [];
    for (const seconds of JUMPS) {
      const [before, tablesBefore] = [updates.length, tables.length];
      move(seconds);
      await eventually(() => {
        expect(updates).to.have.length.above(before + 2);
        expect(tables).to.have.length.above(tablesBefore + 1);
      });
      times.push({ of: seconds, said: updates.at(-1)?.time as number, true: Date.now() / 1000 });
      // What has a deadline has it in time that passes.
      expect((await host.virtualMemory({ timeoutMs: 5000 })).total).to.be.above(0);
      expect((await host.cpuPercent({ interval: 0.1 })).interval).to.be.within(0.05, 5);
    }
    leave.abort();
    const [system, processes] = await reading;
    for (const end of [system, processes])
      expect(String(end?.status === "rejected" && end.reason)).to.contain("cancelled");
    // The clock did jump, or this proves nothing.
    for (const { of, said, true: now } of times) expect(said - now).to.be.closeTo(of, 5);
    for (const update of [...updates.slice(1), ...tables.slice(1)]) {
      expect(update.interval, JSON.stringify(update)).to.be.within(0.001, 10);
      // A machine that is busy may be late, and then says so; otherwise nothing is missing.
      expect(update.gap && (update.interval as number) < LATE_SECONDS, JSON.stringify(update)).to.equal(false);
    }
    for (const { cpuPercent, cpuStats, interval } of updates.slice(1)) {
      expect(cpuPercent?.percent).to.be.within(0, 100);
      expect(cpuPercent?.interval).to.be.closeTo(interval as number, 0.3);
      expect(cpuStats?.ctxSwitchesRate).to.be.within(0, 1e7);
    }
    // Nobody is taken for another because of the time.
    const ours = tables.flatMap(({ gone }) => gone).filter(({ ref }) => ref?.pid === process.pid);
    expect(ours).to.deep.equal([]);
    for (const { changed } of tables) {
      for (const { row } of changed) expect(row.cpuPercent?.percent ?? 0).to.be.within(0, 6400);
    }
  });
});
