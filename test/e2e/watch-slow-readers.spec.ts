// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { type Host, open, type ProcessUpdate } from "@hostscope/client";
import { ProcessAttribute } from "@hostscope/proto/gen/process_info";
import { ProcessWatchRequestSchema, ProcessWatchResponseSchema, WatchKind } from "@hostscope/proto/gen/process_watch";
import { expect } from "chai";
import { type AgentProcess, startAgent } from "../support/agent-process.ts";
import { eventually } from "../support/eventually.ts";
import { openDescriptors } from "../support/open-descriptors.ts";
import { type Pace, PacedConnection, type PacedWatch } from "../support/paced-watch.ts";

const LONG = process.env.HOSTSCOPE_LONG === "1";
const READERS = LONG ? 500 : 120;
/** Long enough, in the long run, that who reads nothing for 30 seconds is shown the door. */
const SECONDS = LONG ? 100 : 5;
/** So few that all of them and a healthy one find room among the connections' calls. */
const PER_CONNECTION = 50;
const MIB = 1 << 20;
const OVERLOADED = 8;
/** Share of its collections that a healthy reader may miss on a busy machine. */
const MOST_MISSED = 0.05;
/** What a row takes at most, as a rule: the environment is most of it. */
const ROW_BYTES = 6 * 1024;

const KINDS: Readonly<Record<string, Pace>> = {
  "reads nothing": { window: 1024, readMs: 0, pauseMs: 0 },
  "sips a few bytes": { window: 64, readMs: 3_600_000, pauseMs: 0, sip: 1 },
  pauses: { window: 4096, readMs: 300, pauseMs: 2700 },
};

const REQUEST = toBinary(
  ProcessWatchRequestSchema,
  create(ProcessWatchRequestSchema, {
    attributes: [ProcessAttribute.NAME, ProcessAttribute.CPU_TIMES, ProcessAttribute.CMDLINE, ProcessAttribute.ENVIRON],
  }),
);

describe(`${READERS} readers of three slow kinds`, function () {
  this.timeout(SECONDS * 2000 + 90_000);
  this.slow(SECONDS * 2000 + 20_000);

  let agent: AgentProcess;
  let host: Host;
  const connections: PacedConnection[] = [];
  const readers: { kind: string; watch: PacedWatch }[] = [];
  const rss = () =>
    Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${agent.child.pid}/status`, "utf8"))?.[1]) * 1024;
  /** But those of processes that it watches: as many as there are. */
  const descriptors = () => openDescriptors(agent.child.pid as number).others;

  before(async () => {
    agent = await startAgent("--log-level", "error", "--limit", `watches=${READERS + 1}`);
    host = await open(agent.target);
  });
  after(async () => {
    for (const connection of connections) connection.close();
    await host?.close();
    await agent?.stop();
  });

  it("cost no memory that grows, and keep nobody else waiting", async () => {
    const healthy: { update: ProcessUpdate; at: number }[] = [];
    const leave = new AbortController();
    const reading = (async () => {
      const options = { attrs: ["name", "cpuTimes", "cmdline"], signal: leave.signal, reconnect: false } as const;
      for await (const update of host.watchProcesses(options)) healthy.push({ update, at: performance.now() });
    })().catch((error: unknown) => expect(String(error)).to.contain("cancelled"));
    await eventually(() => expect(healthy).to.have.length.above(1));
    const before = { rss: rss(), descriptors: descriptors(), processes: (await host.pids()).length };

    for (const [at, [kind, pace]] of Object.entries(KINDS).entries()) {
      const count = Math.floor((READERS + at) / 3);
      for (let number = 0; number < count; number++) {
        if (number % PER_CONNECTION === 0) connections.push(new PacedConnection(agent.host, agent.port, pace.window));
        readers.push({
          kind,
          watch: (connections.at(-1) as PacedConnection).watch("/hostscope.v1.Process/Watch", REQUEST, pace),
        });
      }
    }
    expect(readers).to.have.length(READERS);
    // All of them are there and have been sent what is sent to somebody new.
    const pausing = readers.filter(({ kind }) => kind === "pauses").map(({ watch }) => watch);
    await eventually(() => expect(pausing.filter(({ bytes }) => bytes > 0)).to.have.length(pausing.length), 30_000);
    const begin = healthy.length;
    const sizes: number[] = [];
    for (let second = 0; second < SECONDS; second++) {
      await sleep(1000);
      sizes.push(rss());
    }
    const during = healthy.slice(begin);
    const figures = {
      readers: READERS,
      processes: before.processes,
      beforeMiB: Math.round(before.rss / MIB),
      withThemMiB: sizes.map((size) => Math.round(size / MIB)),
      healthy: during.length,
      longestGapMs: Math.round(Math.max(...during.slice(1).map(({ at }, index) => at - (during[index]?.at as number)))),
    };
    console.log(`      ${JSON.stringify(figures)}`);

    // Memory: flat from when they were all there.
    const early = Math.max(...sizes.slice(0, Math.ceil(SECONDS / 4)));
    expect(sizes.at(-1), JSON.stringify(figures)).to.be.below(early + 24 * MIB);
    // A snapshot each: the bigger the more processes there are.
    const processes = Math.max(before.processes, (await host.pids()).length);
    const snapshot = Math.max(0.5 * MIB, processes * ROW_BYTES);
    expect(sizes.at(-1), JSON.stringify(figures)).to.be.below(before.rss + READERS * snapshot + 60 * MIB);
    // The healthy one had what it was due. It shares a process with all the others, which may hold it up for a moment.
    let missed = 0;
    for (const [at, { update }] of during.slice(1).entries()) {
      const before = (during[at] as { update: ProcessUpdate }).update.sequence;
      expect(update.sequence).to.equal(before + 1 + update.dropped);
      missed += update.dropped + (update.gap ? 1 : 0);
    }
    expect(missed, JSON.stringify(figures)).to.be.at.most(during.length * MOST_MISSED);
    expect(during.length, JSON.stringify(figures)).to.be.above(SECONDS / 3);
    expect((await host.virtualMemory({ timeoutMs: 10_000 })).total).to.be.above(0);
    // Who pauses gets what is newest, and is told what it missed.
    const merged = () =>
      pausing
        .flatMap(({ messages }) => messages.map((bytes) => fromBinary(ProcessWatchResponseSchema, bytes)))
        .filter(({ dropped }) => dropped > 0);
    // The more processes there are, the longer they read at what they are sent first.
    await eventually(() => expect(merged().length, "nobody was ever behind").to.be.above(0), 60_000);
    for (const { kind } of merged()) expect(kind).to.equal(WatchKind.SNAPSHOT);
    // Who takes nothing at all is ended, and nobody else.
    const ended = readers.filter(({ watch }) => watch.over);
    if (LONG) {
      const silent = readers.filter(({ kind }) => kind === "reads nothing");
      expect(silent.filter(({ watch }) => watch.over)).to.have.length(silent.length);
      // The status waits behind what they do not take, so that most see but the reset.
      for (const { watch } of silent) expect(watch.status).to.be.oneOf([OVERLOADED, null]);
    }
    expect(ended.filter(({ kind }) => kind === "pauses")).to.deep.equal([]);

    for (const connection of connections) connection.close();
    await eventually(() => expect(descriptors()).to.be.at.most(before.descriptors + 10));
    leave.abort();
    await reading;
  });
});
