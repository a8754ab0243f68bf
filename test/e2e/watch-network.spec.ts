// SPDX-License-Identifier: Apache-2.0

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { type AgentProcess, startAgentThrough } from "../support/agent-process.ts";
import { eventually } from "../support/eventually.ts";
import { requireOracle } from "../support/oracle.ts";
import { plainEnvironment } from "../support/plain-environment.ts";

const LINK = fileURLToPath(new URL("../support/lossy_link.py", import.meta.url));
const PRINTER = fileURLToPath(new URL("../support/watch-printer.ts", import.meta.url));
const LONG = process.env.HOSTSCOPE_LONG === "1";

interface Line {
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
  let client: ChildProcess;
  const lines: Line[] = [];
  const updates = () => lines.filter(({ sequence }) => sequence !== undefined);
  /** What is on the way is delayed so long, give or take, and so much of it is lost. */
  const be = (delayMs: number, jitterMs: number, loss: number) => link.stdin?.write(`${delayMs} ${jitterMs} ${loss}\n`);

  before(async function () {
    requireOracle.call(this, "the right to make network namespaces (root)", process.getuid?.() === 0);
    requireOracle.call(this, "/dev/net/tun", existsSync("/dev/net/tun"));
    link = spawn("python3", [LINK], { stdio: ["pipe", "pipe", "inherit"], env: plainEnvironment() });
    const first = (await createInterface({ input: link.stdout as NodeJS.ReadableStream })
      [Symbol.asyncIterator]()
      .next()) as IteratorResult<string>;
    if (first.done === true) throw new Error("there is no link");
    const [here, there] = first.value.split(" ").map((fd) => `--net=/proc/${link.pid}/fd/${fd}`) as [string, string];
    agent = await startAgentThrough(["nsenter", here], "--log-level", "error");
    client = spawn("nsenter", [there, process.execPath, "--import", "tsx", PRINTER, agent.target], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    createInterface({ input: client.stdout as NodeJS.ReadableStream }).on("line", (line) =>
      lines.push(JSON.parse(line) as Line),
    );
    await eventually(() => expect(updates()).to.have.length.above(1), 30_000);
  });
  after(async () => {
    for (const child of [client, link]) {
      if (child === undefined || child.exitCode !== null) continue;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    }
    await agent?.stop();
  });

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
    const from = updates().length;
    be(0, 0, 1);
    await sleep(LONG ? 10_000 : 2500);
    // Nothing came but what was on its way.
    expect(updates().length).to.be.at.most(from + 2);
    be(0, 0, 0);
    const healed = updates().length;
    await eventually(() => expect(updates()).to.have.length.above(healed + 4), 30_000);
    expectWhole(from);
  });

  // A connection without a word is given up after 40 s.
  const itLong = LONG ? it : () => {};
  itLong("comes back after a long partition, with the gap marked", async () => {
    const from = updates().length;
    be(0, 0, 1);
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
  });
});
