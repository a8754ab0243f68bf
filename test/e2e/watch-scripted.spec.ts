// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { create, toBinary } from "@bufbuild/protobuf";
import { Cancelled, type Host, open } from "@hostscope/client";
import { ProcessAttribute } from "@hostscope/proto/gen/process_info";
import { ProcessWatchRequestSchema } from "@hostscope/proto/gen/process_watch";
import { expect } from "chai";
import { type AgentProcess, startAgentThrough } from "../support/agent-process.ts";
import { CutLine } from "../support/cut-line.ts";
import { eventually } from "../support/eventually.ts";
import { inNewNamespace, requireNamespace } from "../support/own-namespace.ts";
import { PacedConnection } from "../support/paced-watch.ts";
import { type Choice, ScriptedHistory } from "../support/scripted-history.ts";
import { expectNumbered, type Seen, seenOf, seenOfRaw } from "../support/seen-processes.ts";

const SCRIPT = fileURLToPath(new URL("../support/scripted_host.py", import.meta.url));
const SECONDS = process.env.HOSTSCOPE_LONG === "1" ? 120 : 6;
/** How often the line of one of them is cut. */
const CUTS = SECONDS / 3;
const SEED = process.env.HOSTSCOPE_SEED ?? "5";

interface Watcher {
  readonly choice: Choice;
  readonly isSlow: boolean;
  seen(): readonly Seen[];
}

describe("What watchers saw of a host whose history is known to the last detail", function () {
  this.timeout(SECONDS * 4000 + 120_000);
  this.slow(SECONDS * 4000);

  let folder: string;
  let agent: AgentProcess;
  let host: Host;
  let line: CutLine;
  let cutHost: Host;
  const watchers = new Map<string, Watcher>();
  const leave = new AbortController();
  const reading: Promise<unknown>[] = [];
  before(async function () {
    folder = mkdtempSync(join(tmpdir(), "hostscope-scripted-"));
    const mountpoint = mkdtempSync(join(folder, "proc-"));
    const files = ["server.pid", "log"].map((name) => join(folder, name));
    const scripted = ["python3", "-B", SCRIPT, mountpoint, ...files, String(SECONDS), SEED];
    requireNamespace.call(this, "mount", [...scripted, "true"]);
    const through = [...inNewNamespace("mount"), ...scripted];
    agent = await startAgentThrough(through, "--log-level", "error", "--procfs", mountpoint);
    host = await open(agent.target);
    line = await CutLine.to(agent.port);
    cutHost = await open(`grpc://127.0.0.1:${line.port}`);
  });
  afterEach(function () {
    // The script's own complaints come by the agent's.
    if (this.currentTest?.state === "failed") console.log(agent.log());
  });
  after(async () => {
    leave.abort();
    await Promise.all(reading);
    await cutHost?.close();
    line?.close();
    await host?.close();
    await agent?.stop();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  function follow(name: string, options: Parameters<Host["watchProcesses"]>[0], choice: Choice = {}, of = host): void {
    const seen: Seen[] = [];
    watchers.set(name, { choice, isSlow: false, seen: () => seen });
    const read = async () => {
      for await (const update of of.watchProcesses({ ...options, signal: leave.signal })) seen.push(seenOf(update));
    };
    reading.push(
      read().catch((error: unknown) => {
        if (!(error instanceof Cancelled)) throw error;
      }),
    );
  }

  it("is what happened, for six that are quick, one of them cut off at times, and two that are slow", async () => {
    follow("refs alone", {});
    follow("values", { attrs: ["name", "memoryInfo", "cpuTimes"] });
    const busiest = { attrs: ["name", "memoryInfo"], orderBy: "rss", limit: 5 } as const;
    follow(
      "a filter and the first five",
      { ...busiest, where: { name: { prefix: "w-" } } },
      { limit: 5, matches: isOurs },
    );
    follow("half a second more", { attrs: ["name"], interval: 1.5 });
    follow("other attributes, two seconds", { attrs: ["cmdline", "exe", "cpuTimes"], interval: 2 });
    follow("one that is cut off", { attrs: ["name", "cpuTimes"] }, { reconnects: true }, cutHost);
    const connection = new PacedConnection(agent.host, agent.port, 2048);
    const request = toBinary(
      ProcessWatchRequestSchema,
      create(ProcessWatchRequestSchema, {
        attributes: [ProcessAttribute.NAME, ProcessAttribute.CPU_TIMES, ProcessAttribute.ENVIRON],
      }),
    );
    for (const pace of [
      { window: 2048, readMs: 500, pauseMs: 3000 },
      { window: 2048, readMs: 3_600_000, pauseMs: 0, sip: 500 },
    ]) {
      const watch = connection.watch("/hostscope.v1.Process/Watch", request, pace);
      watchers.set(`a slow one, ${JSON.stringify(pace)}`, { choice: {}, isSlow: true, seen: seenOfRaw(watch) });
    }
    try {
      await eventually(() => {
        for (const [name, { seen }] of watchers) expect(seen(), name).to.have.length.above(0);
      }, 20_000);
      process.kill(Number(readFileSync(join(folder, "server.pid"), "utf8")), "SIGUSR1");
      for (let cut = 0; cut < CUTS; cut++) {
        await sleep((SECONDS * 1000) / CUTS);
        expect(line.cut()).to.be.at.most(1);
      }
      const log = () => readFileSync(join(folder, "log"), "utf8");
      await eventually(() => expect(log()).to.contain("over"), 20_000);
      const history = new ScriptedHistory(log());
      await eventually(() => {
        for (const [name, { seen }] of watchers) expect(seen().at(-2)?.time, name).to.be.above(history.over);
      }, 30_000);

      const figures: Record<string, ReturnType<ScriptedHistory["compare"]>> = {};
      for (const [name, { choice, seen }] of watchers) {
        expectNumbered(name, seen(), choice.reconnects);
        figures[name] = history.compare(name, seen(), choice);
      }
      console.log(`      ${history.size} processes, seed ${SEED}: ${JSON.stringify(figures)}`);
      // Or this proves little.
      expect(history.size).to.be.above(SECONDS * 5);
      expect(figures["refs alone"]?.both).to.be.above(SECONDS * 2);
      expect(figures["one that is cut off"]?.flags).to.be.above(0);
      const ofSlow = [...watchers].filter(([, { isSlow }]) => isSlow).map(([name]) => figures[name]?.flags ?? 0);
      expect(Math.max(...ofSlow)).to.be.above(0);
    } finally {
      connection.close();
    }
  });
});

const isOurs = ({ name }: { readonly name: string }): boolean => name.startsWith("w-");
