// SPDX-License-Identifier: Apache-2.0

import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type Host, open } from "@hostscope/client";
import { expect } from "chai";
import { type AgentProcess, startAgent } from "../support/agent-process.ts";
import { eventually } from "../support/eventually.ts";
import { openDescriptors } from "../support/open-descriptors.ts";

const LONG = process.env.HOSTSCOPE_LONG === "1";
const CYCLES = LONG ? 100_000 : 600;
const AT_ONCE = 30;
/** The agent's HTTP/2 takes a thousand cancelled calls at once for an attack, and closes the connection. */
const PER_CONNECTION = 600;
const MIB = 1 << 20;

describe(`${CYCLES} watches that are begun and left`, function () {
  this.timeout(CYCLES * 30 + 120_000);
  this.slow(CYCLES * 10);

  let agent: AgentProcess;
  before(async () => {
    agent = await startAgent("--log-level", "error");
  });
  after(() => agent?.stop());

  const state = () => ({
    rss: Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${agent.child.pid}/status`, "utf8"))?.[1]) * 1024,
    ...openDescriptors(agent.child.pid as number),
    threads: readdirSync(`/proc/${agent.child.pid}/task`).length,
  });

  /** One watch: of one kind or another, left after its first message, before it, or by its signal. */
  async function cycle(host: Host, number: number): Promise<void> {
    const leave = new AbortController();
    const options = { signal: leave.signal, reconnect: false, interval: 1 + (number % 7) };
    const stream = [
      () => host.watch({ metrics: ["cpuPercent"], ...options }),
      () => host.watchProcesses({ attrs: ["name", "cpuTimes"], ...options }),
      () => host.watchProcesses({ attrs: ["name"], orderBy: "pid", limit: 5, ...options }),
      () => host.watchSensors({ metrics: ["sensorsTemperatures"], ...options }),
    ][number % 4]?.() as AsyncGenerator<unknown>;
    const first = stream.next().catch((error: unknown) => expect(String(error)).to.contain("cancel"));
    if (number % 3 === 0) leave.abort();
    else if (number % 3 === 1) await Promise.race([first, sleep(number % 20)]);
    else await first;
    leave.abort();
    await first;
    await stream.return(undefined).catch(() => {});
  }

  async function churn(cycles: number): Promise<void> {
    for (let begun = 0; begun < cycles; begun += PER_CONNECTION) {
      const host = await open(agent.target);
      let next = begun;
      const work = async () => {
        while (next < Math.min(cycles, begun + PER_CONNECTION)) await cycle(host, next++);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      await host.close();
    }
  }

  it("leave nothing behind", async () => {
    await churn(Math.min(CYCLES / 3, 3_000));
    const before = state();
    await churn(CYCLES);
    await eventually(() => expect(state().others).to.be.at.most(before.others), 30_000);
    const after = state();
    const figures = JSON.stringify({ cycles: CYCLES, before, after, grownMiB: (after.rss - before.rss) / MIB });
    console.log(`      ${figures}`);
    expect(after.threads, figures).to.be.at.most(before.threads);
    // The first ones make V8's heap what it will be.
    expect(after.rss - before.rss, figures).to.be.below(64 * MIB);
    // What is kept open for the next collection of the slowest of them is closed in its time.
    if (LONG) await eventually(() => expect(state().ofProcesses).to.equal(0), 60_000);
    // And it works as on the first day.
    await using host = await open(agent.target);
    for await (const { changed } of host.watchProcesses({ attrs: ["name"] })) {
      expect(changed.some(({ ref }) => ref.pid === process.pid)).to.equal(true);
      break;
    }
  });
});
