// SPDX-License-Identifier: Apache-2.0

import { type Host, open } from "@hostscope/client";
import { expect } from "chai";
import { type AgentProcess, startAgent } from "../support/agent-process.ts";

/** More than Node's HTTP/2 takes from one connection before it calls them an attack: a thousand at once. */
const GIVEN_UP = 2_500;
const AT_ONCE = 40;

describe("A host that is asked more often than it is waited for", function () {
  this.timeout(120_000);
  this.slow(30_000);

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

  it("goes on to answer, and breaks no watch that goes on meanwhile", async () => {
    const losses: string[] = [];
    const missing: number[] = [];
    let latest: number | null = null;
    const leave = new AbortController();
    const onDisconnect = (error: Error) => losses.push(error.message);
    const watching = (async () => {
      const options = { metrics: ["cpuPercent"], interval: 0.25, onDisconnect, signal: leave.signal } as const;
      for await (const { sequence, dropped } of host.watch(options)) {
        // Whoever is busy is told of what was passed over.
        missing.push(latest === null ? 0 : sequence - latest - 1 - dropped);
        latest = sequence;
      }
    })().catch((error: unknown) => expect(String(error)).to.contain("cancel"));

    let next = 0;
    const failures: unknown[] = [];
    const giveUp = async () => {
      while (next++ < GIVEN_UP) {
        try {
          for await (const _ of host.watch({ metrics: ["getloadavg"], reconnect: false })) break;
        } catch (error) {
          failures.push(error);
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, giveUp));
    expect(failures).to.deep.equal([]);
    expect((await host.virtualMemory()).total).to.be.above(0);
    leave.abort();
    await watching;
    expect(losses).to.deep.equal([]);
    expect(missing.filter((collections) => collections !== 0)).to.deep.equal([]);
    expect(missing).to.have.length.above(2);
  });
});
