// SPDX-License-Identifier: Apache-2.0

import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Cancelled, type Host, HostUnreachable, open } from "@hostscope/client";
import { expect } from "chai";
import { eventually } from "../support/eventually.ts";
import { metricOf } from "../support/metric-values.ts";
import { type MetricsAgent, startMetricsAgent } from "../support/metrics-agent.ts";
import { openDescriptors } from "../support/open-descriptors.ts";

const LONG = process.env.HOSTSCOPE_LONG === "1";
const CYCLES = LONG ? 100_000 : 600;
const CONNECTIONS = 4;
/** On each; all of them together are fewer than the watches that an agent allows. */
const AT_ONCE = 25;
/** The agent's HTTP/2 takes a thousand cancelled calls at once for an attack, and closes the connection. */
const PER_CONNECTION = 600;
/** Before it is measured, so that V8's heap is what it will be. */
const WARM_UP = LONG ? 10_000 : 200;
const MIB = 1 << 20;
/** Resident memory after all of them, above that after the first ones: garbage comes and goes by so much. */
const MOST_GROWN = 64 * MIB;
/** The same of each tenth of the long run above its second: what leaks a KiB each is 80 MiB at the end. */
const MOST_GROWN_LONG = 32 * MIB;
/** The longest interval, and time to spare: who still collected for nobody would wake up meanwhile. */
const LONGEST_INTERVAL = 3;
const IDLE_MS = (LONGEST_INTERVAL + 1) * 1000;
/** Share of them that may be refused or lose their connection: leaks are what is looked for. */
const MOST_REFUSED = 0.02;
/** Times that all threads of an agent that does nothing are switched to in that time. */
const IDLE_SWITCHES = 40;

describe(`${CYCLES} watches that are begun and left`, function () {
  this.timeout(CYCLES * 50 + 120_000);
  this.slow(CYCLES * 20);

  let agent: MetricsAgent;
  let refused = 0;
  before(async () => {
    // A machine that has much else to do may be late with the first call of a connection.
    agent = await startMetricsAgent("--limit", "first-call-ms=60000");
  });
  after(() => agent?.stop());

  const folder = () => `/proc/${agent.child.pid}`;
  const rss = () => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`${folder()}/status`, "utf8"))?.[1]) * 1024;
  const threads = () => readdirSync(`${folder()}/task`);
  const switches = () =>
    threads()
      .map((thread) => readFileSync(`${folder()}/task/${thread}/status`, "utf8"))
      .map((status) => Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(status)?.[1]))
      .reduce((sum, count) => sum + count, 0);
  const state = () => ({ rss: rss(), ...openDescriptors(agent.child.pid as number), threads: threads().length });

  /** One watch: of one kind or another, left after its first message, before it, or by its signal. */
  async function cycle(host: Host, number: number): Promise<void> {
    const leave = new AbortController();
    const options = { signal: leave.signal, reconnect: false, interval: 1 + (number % LONGEST_INTERVAL) };
    const stream = [
      () => host.watch({ metrics: ["cpuPercent"], ...options }),
      () => host.watchProcesses({ attrs: ["name", "cpuTimes"], ...options }),
      () => host.watchProcesses({ attrs: ["name"], orderBy: "pid", limit: 5, ...options }),
      () => host.watchSensors({ metrics: ["sensorsTemperatures"], ...options }),
    ][number % 4]?.() as AsyncGenerator<unknown>;
    const first = stream.next().catch((error: unknown) => {
      // What was cancelled counts at the agent until it hears of it, and a starved machine drops connections.
      if (error instanceof HostUnreachable) refused++;
      else if (!(error instanceof Cancelled)) throw error;
    });
    if (number % 3 === 0) leave.abort();
    else if (number % 3 === 1) await Promise.race([first, sleep(number % 20)]);
    else await first;
    leave.abort();
    await first;
    await stream.return(undefined).catch(() => {});
  }

  async function churn(cycles: number): Promise<void> {
    let left = cycles;
    const connection = async () => {
      while (left > 0) {
        // The machine may be busy.
        const host = await open(agent.target, { timeoutMs: 60_000 }).catch((error: unknown) => {
          if (!(error instanceof HostUnreachable)) throw error;
          refused++;
        });
        if (host === undefined) continue;
        let mine = PER_CONNECTION;
        const work = async () => {
          while (left > 0 && mine-- > 0) await cycle(host, left--);
        };
        await Promise.all(Array.from({ length: AT_ONCE }, work));
        await host.close();
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  }

  it("leave nothing behind: no call, no watch, no descriptor, no thread, no memory", async () => {
    await churn(WARM_UP);
    const before = state();
    const began = performance.now();
    const sizes: number[] = [];
    for (let tenth = 0; tenth < 10; tenth++) {
      await churn(CYCLES / 10);
      sizes.push(rss());
      if (LONG) console.log(`      ${tenth + 1} tenths, ${Math.round(rss() / MIB)} MiB`);
    }
    const seconds = Math.round((performance.now() - began) / 1000);
    await eventually(() => expect(state().others).to.be.at.most(before.others), 30_000);
    const after = state();
    const mib = (bytes: number) => Math.round(bytes / MIB);
    const grownMiB = mib(after.rss - before.rss);
    const figures = JSON.stringify({
      cycles: CYCLES,
      refused,
      seconds,
      before,
      after,
      grownMiB,
      sizesMiB: sizes.map(mib),
    });
    console.log(`      ${figures}`);
    for (const series of ["calls_in_progress", "watches", "connections"]) {
      await eventually(async () => expect(await metricOf(agent, `hostscope_agent_${series}`), series).to.equal(0));
    }
    expect(refused, figures).to.be.at.most(CYCLES * MOST_REFUSED);
    expect(after.threads, figures).to.be.at.most(before.threads);
    expect(after.rss - before.rss, figures).to.be.below(MOST_GROWN);
    if (LONG) expect(Math.max(...sizes.slice(2)) - (sizes[1] as number), figures).to.be.below(MOST_GROWN_LONG);
    // What is kept open for the next collection of the slowest of them is closed in its time.
    await eventually(() => expect(state().ofProcesses).to.equal(0), 60_000);
    // Nothing is collected for nobody: the addon's table of watches is empty.
    const switchesBefore = switches();
    await sleep(IDLE_MS);
    const idle = switches() - switchesBefore;
    console.log(`      ${idle} context switches in ${IDLE_MS / 1000} idle seconds`);
    expect(idle).to.be.below(IDLE_SWITCHES);
    // And it works as on the first day.
    await using host = await open(agent.target);
    for await (const { changed } of host.watchProcesses({ attrs: ["name"] })) {
      expect(changed.some(({ ref }) => ref.pid === process.pid)).to.equal(true);
      break;
    }
  });
});
