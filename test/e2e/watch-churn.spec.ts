// SPDX-License-Identifier: Apache-2.0

import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type Host, open } from "@hostscope/client";
import { expect } from "chai";
import { type AgentProcess, startAgent } from "../support/agent-process.ts";
import { eventually } from "../support/eventually.ts";

const CYCLES = process.env.HOSTSCOPE_LONG === "1" ? 100_000 : 3_000;
const AT_ONCE = 30;
const MIB = 1 << 20;

describe(`${CYCLES} watches that are begun and left`, function () {
  this.timeout(CYCLES * 10 + 90_000);
  this.slow(CYCLES * 10);

  let agent: AgentProcess;
  let host: Host;
  before(async () => {
    agent = await startAgent("--log-level", "error");
    host = await open(agent.target);
  });
  after(async () => {
    await host?.close();
    await agent?.stop();
  });

  const state = () => ({
    rss: Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${agent.child.pid}/status`, "utf8"))?.[1]) * 1024,
    descriptors: readdirSync(`/proc/${agent.child.pid}/fd`).length,
    threads: readdirSync(`/proc/${agent.child.pid}/task`).length,
  });

  /** One watch: of one kind or another, left after its first message, before it, or by its signal. */
  async function cycle(number: number): Promise<void> {
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
    let next = 0;
    const work = async () => {
      while (next < cycles) await cycle(next++);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }

  it("leave nothing behind", async () => {
    await churn(Math.min(CYCLES / 3, 3_000));
    await sleep(4000); // what is kept open for the next one is closed
    const before = state();
    await churn(CYCLES);
    await eventually(() => expect(state().descriptors).to.be.at.most(before.descriptors), 30_000);
    const after = state();
    const figures = JSON.stringify({ cycles: CYCLES, before, after, grownMiB: (after.rss - before.rss) / MIB });
    console.log(`      ${figures}`);
    expect(after.threads, figures).to.be.at.most(before.threads);
    expect(after.rss - before.rss, figures).to.be.below(32 * MIB);
    // And it works as on the first day.
    for await (const { changed } of host.watchProcesses({ attrs: ["name"] })) {
      expect(changed.some(({ ref }) => ref.pid === process.pid)).to.equal(true);
      break;
    }
  });
});
