// SPDX-License-Identifier: Apache-2.0

import { type Host, open } from "@hostscope/client";
import { expect } from "chai";
import { zombieProcess } from "../support/hostile-process.ts";
import { type MetricsAgent, startMetricsAgent } from "../support/metrics-agent.ts";
import { metricValue, readMetrics } from "../support/metrics-text.ts";

/** Collections that everybody sees. */
const TICKS = 5;

describe("What watchers cost the host", function () {
  this.timeout(60_000);
  this.slow(30_000);

  let agent: MetricsAgent;
  const hosts: Host[] = [];
  before(async () => {
    agent = await startMetricsAgent("--log-level", "info");
    // An agent takes 64 calls at a time from one connection.
    for (let connection = 0; connection < 2; connection++) hosts.push(await open(agent.target));
  });
  after(async () => {
    for (const host of hosts) await host.close();
    await agent?.stop();
  });

  const collections = async (method: string) =>
    metricValue(readMetrics(await agent.scrape()), "hostscope_watch_collections_total", { method }) ?? 0;

  type Start = (host: Host, number: number, signal: AbortSignal) => AsyncIterable<{ sequence: number }>;

  /** The last collection that any of so many watchers saw, and how many were made for them. */
  async function watch(method: string, watchers: number, start: Start) {
    const before = await collections(method);
    const leave = new AbortController();
    const latest: number[] = [];
    let seen = () => {};
    const enough = new Promise<void>((resolve) => {
      seen = resolve;
    });
    const reading = Array.from({ length: watchers }, async (_, number) => {
      const host = hosts[number % hosts.length] as Host;
      for await (const { sequence } of start(host, number, leave.signal)) {
        latest[number] = sequence;
        if (latest.filter((last) => last >= TICKS).length === watchers) seen();
      }
    });
    const all = Promise.all(reading).catch((error: unknown) => expect(String(error)).to.contain("cancel"));
    await enough;
    const made = (await collections(method)) - before;
    const last = Math.max(...latest);
    leave.abort();
    await all;
    return { made, last };
  }

  const KINDS: [string, string, Start][] = [
    ["metrics", "System.Watch", (host, _, signal) => host.watch({ metrics: ["cpuPercent", "virtualMemory"], signal })],
    ["processes", "Process.Watch", (host, _, signal) => host.watchProcesses({ attrs: ["name", "cpuTimes"], signal })],
    [
      "processes, each others",
      "Process.Watch",
      (host, number, signal) => host.watchProcesses({ attrs: ["name"], where: { pid: { ge: number } }, signal }),
    ],
  ];
  it("is no reason to tell one what another asked for", async () => {
    const parent = await zombieProcess();
    const leave = new AbortController();
    const [one, other] = hosts as [Host, Host];
    const where = { pid: parent.zombie };
    try {
      const asksMore = one.watchProcesses({ attrs: ["exe", "cmdline"], where, signal: leave.signal });
      expect((await asksMore.next()).value?.changed[0]?.row.failures.map(({ attribute }) => attribute)).to.deep.equal([
        "cmdline",
        "exe",
      ]);
      const asksLess = other.watchProcesses({ attrs: ["pid", "status"], where, signal: leave.signal });
      const { changed } = (await asksLess.next()).value ?? {};
      expect(changed).to.have.length(1);
      expect(changed?.[0]?.row).to.deep.include({ failures: [], status: "zombie", exe: null });
    } finally {
      leave.abort();
      await parent.stop();
    }
  });

  for (const [what, method, start] of KINDS) {
    it(`is as many collections for a hundred as for one that watches ${what}`, async () => {
      for (const watchers of [1, 100]) {
        const { made, last } = await watch(method, watchers, start);
        // The number of a collection is how many there were; one more may be on its way.
        expect(made, `${watchers} watchers`).to.be.within(last, last + 1);
      }
    });
  }
});
