// SPDX-License-Identifier: Apache-2.0

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { type AgentProcess, startAgent, startAgentThrough } from "../support/agent-process.ts";
import { eventually } from "../support/eventually.ts";
import { requireMachine, requireRoot } from "../support/oracle.ts";
import { plainEnvironment } from "../support/plain-environment.ts";
import { expectNumbered, isFlagged, replay, type Seen } from "../support/seen-processes.ts";

const LINK = fileURLToPath(new URL("../support/lossy_link.py", import.meta.url));
const CLIENT = fileURLToPath(new URL("../support/partition-client.ts", import.meta.url));
const LONG = process.env.HOSTSCOPE_LONG === "1";

/** What the fleet of the client waits for each host, and how much later a busy machine may say so. */
const [FLEET_MS, FLEET_SLACK_MS] = [3000, 3000];

type SeenLine = Omit<Seen, "shown" | "gone"> & { shown: string[]; gone: [string, number | null][] };

interface Line {
  readonly processes?: SeenLine;
  readonly fleet?: readonly { readonly near: boolean; readonly status: string; readonly ms: number }[];
  readonly sequence?: number;
  readonly interval?: number | null;
  readonly dropped?: number;
  readonly gap?: boolean;
  readonly percent?: number | null;
  readonly lost?: string;
}

describe("A watch over a bad network", function () {
  this.timeout(LONG ? 240_000 : 90_000);
  this.slow(60_000);

  let link: ChildProcess;
  let agent: AgentProcess;
  let near: AgentProcess;
  let client: ChildProcess;
  let folder: string;
  const children = new Set<ChildProcess>();
  const lines: Line[] = [];
  const seen = (): Seen[] =>
    lines.flatMap(({ processes: one }) =>
      one === undefined ? [] : [{ ...one, shown: new Map(one.shown.map((key) => [key, {}])), gone: new Map(one.gone) }],
    );
  const asked = () => lines.flatMap(({ fleet }) => (fleet === undefined ? [] : [fleet]));
  const updates = () => lines.filter(({ sequence }) => sequence !== undefined);
  /** What is on the way is delayed so long, give or take, and so much of it is lost. */
  const be = (delayMs: number, jitterMs: number, loss: number) => link.stdin?.write(`${delayMs} ${jitterMs} ${loss}\n`);

  before(async function () {
    requireRoot.call(this);
    requireMachine.call(this, "/dev/net/tun", existsSync("/dev/net/tun"));
    link = spawn("python3", [LINK], { stdio: ["pipe", "pipe", "inherit"], env: plainEnvironment() });
    const first = (await createInterface({ input: link.stdout as NodeJS.ReadableStream })
      [Symbol.asyncIterator]()
      .next()) as IteratorResult<string>;
    if (first.done === true) throw new Error("there is no link");
    const [here, there] = first.value.split(" ").map((fd) => `--net=/proc/${link.pid}/fd/${fd}`) as [string, string];
    agent = await startAgentThrough(["nsenter", here], "--log-level", "error");
    // It needs no network.
    folder = mkdtempSync(join(tmpdir(), "hostscope-near-"));
    near = await startAgent("--log-level", "error", "--listen", `unix:${join(folder, "socket")}`);
    const targets = [agent.target, near.target, String(process.pid)];
    client = spawn("nsenter", [there, process.execPath, "--import", "tsx", CLIENT, ...targets], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    createInterface({ input: client.stdout as NodeJS.ReadableStream }).on("line", (line) =>
      lines.push(JSON.parse(line) as Line),
    );
    await eventually(() => {
      expect(updates()).to.have.length.above(1);
      expect(seen()).to.have.length.above(0);
      expect(asked()).to.have.length.above(0);
    }, 30_000);
  });
  after(async () => {
    for (const child of children) child.kill("SIGKILL");
    for (const child of [client, link]) {
      if (child === undefined || child.exitCode !== null) continue;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    }
    await agent?.stop();
    await near?.stop();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  /** Begins processes that are seen, ends them and others meanwhile; gives the pids of the ones that were seen. */
  async function birthsAndDeaths(during: () => Promise<void>): Promise<number[]> {
    const begin = () => {
      const child = spawn("sleep", ["600"], { stdio: "ignore" });
      children.add(child);
      return child;
    };
    const end = async (child: ChildProcess) => {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
      children.delete(child);
    };
    const mortal = Array.from({ length: 5 }, begin);
    const pids = mortal.map(({ pid }) => pid as number);
    const isShown = (pid: number) =>
      seen().some(({ shown }) => [...shown.keys()].some((key) => key.startsWith(`${pid} `)));
    await eventually(() => expect(pids.every(isShown)).to.equal(true), 30_000);
    await during();
    const short = begin();
    await Promise.all([...mortal, short].map(end));
    return pids;
  }

  /** That each of them was seen to end, in order and with the exit known or the gap told. */
  async function expectEnds(pids: readonly number[], reconnects = false): Promise<void> {
    const endsOf = (pid: number) => [...replay(seen()).ends].filter(([key]) => key.startsWith(`${pid} `));
    await eventually(() => {
      for (const pid of pids) expect(endsOf(pid), String(pid)).to.have.length(1);
    }, 60_000);
    for (const pid of pids) {
      const message = seen()[endsOf(pid)[0]?.[1].at as number] as Seen;
      // Not told by name, then only with a flag.
      if (![...message.gone.keys()].some((key) => key.startsWith(`${pid} `))) expect(isFlagged(message)).to.equal(true);
    }
    expectNumbered("processes", seen(), reconnects);
  }

  /** That the fleet gave up on the host in time, again and again, while the near one answered first. */
  function expectFleet(from: number): void {
    const rounds = asked().slice(from);
    const without = rounds.filter((round) => round.some(({ near: isNear, status }) => !isNear && status !== "ok"));
    expect(without.length, JSON.stringify(rounds)).to.be.above(0);
    for (const round of rounds) {
      expect(round).to.have.length(2);
      expect(round.find(({ near: isNear }) => isNear)?.status).to.equal("ok");
      for (const { ms } of round) expect(ms, JSON.stringify(round)).to.be.below(FLEET_MS + FLEET_SLACK_MS);
    }
    for (const round of without) {
      const far = round.find(({ near: isNear }) => !isNear);
      expect(far?.status, JSON.stringify(round)).to.be.oneOf(["deadline", "unreachable"]);
      // Who is given up by the deadline is told of last.
      if (far?.status === "deadline") expect(round.at(-1), JSON.stringify(round)).to.equal(far);
    }
  }

  function expectWhole(from: number): void {
    const seen = updates();
    for (let at = Math.max(from, 1); at < seen.length; at++) {
      const [before, now] = [seen[at - 1] as Line, seen[at] as Line];
      expect(now.percent).to.be.within(0, 100);
      if (now.gap) continue;
      expect(now.sequence, JSON.stringify([before, now])).to.equal((before.sequence ?? 0) + 1 + (now.dropped ?? 0));
    }
  }

  it("goes on with delay and loss, in order and whole", async () => {
    const from = updates().length;
    be(80, 30, 0.03);
    await eventually(() => expect(updates()).to.have.length.above(from + (LONG ? 60 : 5)), 60_000);
    be(0, 0, 0);
    expectWhole(from);
    expect(lines.filter(({ lost }) => lost !== undefined)).to.deep.equal([]);
  });

  it("goes on by itself after a short partition, and says what was left out", async () => {
    const [from, asksBefore] = [updates().length, asked().length];
    const pids = await birthsAndDeaths(async () => void be(0, 0, 1));
    const cut = updates().length;
    await sleep(LONG ? 10_000 : FLEET_MS + 1500);
    // Nothing came but what was on its way.
    expect(updates().length).to.be.at.most(cut + 2);
    be(0, 0, 0);
    const healed = updates().length;
    await eventually(() => expect(updates()).to.have.length.above(healed + 4), 30_000);
    expectWhole(from);
    await expectEnds(pids);
    await eventually(
      () =>
        expect(
          asked()
            .at(-1)
            ?.map(({ status }) => status),
        ).to.deep.equal(["ok", "ok"]),
      60_000,
    );
    expectFleet(asksBefore);
  });

  // A connection without a word is given up after 40 s.
  const itLong = LONG ? it : () => {};
  itLong("comes back after a long partition, with the gap marked", async () => {
    const [from, asksBefore] = [updates().length, asked().length];
    const pids = await birthsAndDeaths(async () => void be(0, 0, 1));
    await eventually(() => expect(lines.some(({ lost }) => lost !== undefined)).to.equal(true), 60_000);
    be(0, 0, 0);
    await eventually(
      () =>
        expect(
          updates()
            .slice(from)
            .some(({ gap }) => gap),
        ).to.equal(true),
      60_000,
    );
    const back = updates().length;
    await eventually(() => expect(updates()).to.have.length.above(back + 3), 30_000);
    expectWhole(from);
    expect(
      updates()
        .slice(from)
        .filter(({ gap }) => gap),
    ).to.have.length(1);
    await expectEnds(pids, true);
    expectFleet(asksBefore);
  });
});
