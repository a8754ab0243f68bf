// SPDX-License-Identifier: Apache-2.0

import { execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { create, toBinary } from "@bufbuild/protobuf";
import { Cancelled, type Host, open } from "@hostscope/client";
import { ProcessAttribute } from "@hostscope/proto/gen/process_info";
import { Comparison, ProcessKey, ProcessWatchRequestSchema } from "@hostscope/proto/gen/process_watch";
import { expect } from "chai";
import { type AgentProcess, startAgent } from "../support/agent-process.ts";
import { eventually } from "../support/eventually.ts";
import { KNOWS_EXIT_CODES } from "../support/exit-codes.ts";
import { PacedConnection } from "../support/paced-watch.ts";
import { expectNumbered, isFlagged, replay, type Seen, seenOf, seenOfRaw } from "../support/seen-processes.ts";

const SOURCE = fileURLToPath(new URL("../support/history.cc", import.meta.url));
const [COMPILER = "g++", ...COMPILER_FLAGS] = (process.env.CXX ?? "g++").trim().split(/\s+/);
const SECONDS = process.env.HOSTSCOPE_LONG === "1" ? 120 : 6;
/** What each process has in its environment: so much that slow readers cannot follow. */
const FILLER = "x".repeat(4000);
/** Clocks are read a moment before or after what they tell the time of. */
const MOMENT = 0.05;

/** What truly was, as the program logged it. */
interface Life {
  readonly key: string;
  readonly born: number;
  readonly ends: number;
  readonly collected: number;
  readonly code: number;
}

describe("What watchers saw of processes that came and went", function () {
  this.timeout(SECONDS * 4000 + 120_000);
  this.slow(SECONDS * 3000);

  let folder: string;
  let program: string;
  let agent: AgentProcess;
  let host: Host;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "hostscope-history-"));
    program = join(folder, "history");
    await promisify(execFile)(COMPILER, [...COMPILER_FLAGS, "-std=c++20", "-O1", "-pthread", SOURCE, "-o", program]);
    agent = await startAgent("--log-level", "error");
    host = await open(agent.target);
  });
  after(async () => {
    await host?.close();
    await agent?.stop();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  it("is what happened, for six that are quick and two that are slow", async () => {
    const leave = new AbortController();
    const watchers = new Map<string, () => readonly Seen[]>();
    const reading: Promise<unknown>[] = [];
    const follow = (name: string, options: Parameters<Host["watchProcesses"]>[0], pauseMs = 0) => {
      const seen: Seen[] = [];
      watchers.set(name, () => seen);
      const read = async () => {
        for await (const update of host.watchProcesses({ ...options, signal: leave.signal })) {
          seen.push(seenOf(update));
          await sleep(pauseMs);
        }
      };
      reading.push(
        read().catch((error: unknown) => {
          if (!(error instanceof Cancelled)) throw error;
        }),
      );
    };
    follow("refs alone", {});
    follow("two attributes", { attrs: ["name", "status"] });
    follow("many attributes", { attrs: ["name", "cpuPercent", "memoryInfo", "cmdline", "username", "numCtxSwitches"] });
    follow("a filter", { attrs: ["name"], where: { name: "history" } });
    follow("an order", { attrs: ["name"], orderBy: "pid", descending: true, limit: 100_000 });
    follow("its own interval", { attrs: ["name"], interval: 1.5 });
    const connection = new PacedConnection(agent.host, agent.port, 512);
    const request = toBinary(
      ProcessWatchRequestSchema,
      create(ProcessWatchRequestSchema, {
        attributes: [ProcessAttribute.STATUS, ProcessAttribute.ENVIRON],
        anyOf: [{ allOf: [{ key: ProcessKey.NAME, comparison: Comparison.EQ, text: "history" }] }],
      }),
    );
    for (const pace of [
      { window: 512, readMs: 500, pauseMs: 5000 },
      { window: 512, readMs: 60_000, pauseMs: 0, sip: 700 },
    ]) {
      const watch = connection.watch("/hostscope.v1.Process/Watch", request, pace);
      watchers.set(`a slow one, ${JSON.stringify(pace)}`, seenOfRaw(watch));
    }
    try {
      await eventually(() => {
        for (const [name, seen] of watchers) if (!name.includes("slow")) expect(seen(), name).to.have.length.above(0);
      });
      const lives = await history(program);
      const over = Math.max(...lives.map(({ collected }) => collected));
      await eventually(() => {
        for (const [name, seen] of watchers) expect(seen().at(-2)?.time, name).to.be.above(over);
      }, 30_000);
      const clock = (watchers.get("refs alone") as () => readonly Seen[])().map(({ time }) => time);
      const figures: Record<string, unknown> = {};
      for (const [name, seen] of watchers) figures[name] = compare(name, seen(), lives, clock);
      // Or nobody was slow.
      expect([...watchers.values()].some((seen) => seen().some(isFlagged))).to.equal(true);
      console.log(`      ${lives.length} processes: ${JSON.stringify(figures)}`);
    } finally {
      leave.abort();
      connection.close();
      await Promise.all(reading);
    }
  });

  function compare(name: string, seen: readonly Seen[], lives: readonly Life[], clock: readonly number[]) {
    const { starts, ends } = replay(seen);
    // The last collection that began when the one before it was done.
    const [first, last] = [seen[0] as Seen, seen.at(-2) as Seen];
    const isSlow = name.includes("slow");
    const flags = seen.filter(isFlagged);
    let [both, flagged, coded] = [0, 0, 0];
    for (const life of lives) {
      const [start, end] = [starts.get(life.key), ends.get(life.key)];
      const of = `${name}: ${JSON.stringify({ ...life, start, end })}`;
      // Nothing is told before it is so.
      if (start !== undefined && !seen[start]?.snapshot) expect(seen[start]?.time, of).to.be.above(life.born - 1);
      if (end !== undefined) {
        expect(seen[end.at]?.time, of).to.be.above(life.ends - MOMENT);
        expect(end.at, of).to.be.above(start as number);
        expect(end.code, of).to.be.oneOf([life.code, null]);
      }
      if (life.born < first.time || last.time < life.collected) continue;
      // It was there throughout a collection: from the end of the one before to its own.
      const ticks = name.includes("interval") ? seen.map(({ time }) => time) : clock;
      const lived = ticks.some((time, at) => time > life.born && (ticks[at + 1] ?? Infinity) < life.ends);
      if (!lived) continue;
      if (start !== undefined && end !== undefined) {
        both++;
        if (end.code !== null) coded++;
        else if (KNOWS_EXIT_CODES) expect(isFlagged(seen[end.at] as Seen), of).to.equal(true);
      } else {
        const isTold = flags.some(({ time }) => time > life.born);
        expect(isTold, of).to.equal(true);
        flagged++;
      }
    }
    expectNumbered(name, seen);
    // Or it proves little; how many there are is up to the machine.
    expect(both + flagged, name).to.be.above(isSlow ? 0 : SECONDS / 6);
    return { messages: seen.length, flags: flags.length, both, flagged, coded };
  }
});

/** Runs the program and gives the lives that it logged. */
async function history(program: string): Promise<Life[]> {
  const child = spawn(program, [String(SECONDS), "5"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { FILLER },
  });
  let text = "";
  for await (const chunk of child.stdout) text += String(chunk);
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const [pid, start, born, ends, collected, code] = line.split(" ").map(Number);
      return { key: `${pid} ${start}`, born, ends, collected, code } as Life;
    });
}
