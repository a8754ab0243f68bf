// SPDX-License-Identifier: Apache-2.0

import { type HostscopeError, HostUnreachable, open, type SystemUpdate } from "@hostscope/client";
import { expect } from "chai";
import { type AgentProcess, startAgent } from "../support/agent-process.ts";
import { eventually as within } from "../support/eventually.ts";

const LONG = process.env.HOSTSCOPE_LONG === "1";
const STOPPED_MS = LONG ? 8000 : 2500;

/** For as long as a busy machine may need. */
const eventually = (check: () => unknown) => within(check, 45_000);

type Update = SystemUpdate<"cpuPercent" | "bootTime">;

/** What a watch gives, as it comes, until it is told to end. */
function follow(stream: AsyncGenerator<Update>): { updates: Update[]; end(): Promise<void> } {
  const updates: Update[] = [];
  const reading = (async () => {
    for await (const update of stream) updates.push(update);
  })();
  return {
    updates,
    async end() {
      const over = stream.return(undefined);
      await Promise.all([over, reading]);
    },
  };
}

describe("A watch whose agent stands still or starts again", function () {
  this.timeout(LONG ? 400_000 : 150_000);
  this.slow(20_000);

  const metrics = ["cpuPercent", "bootTime"] as const;

  it("says that the host stood still, and for how long", async () => {
    const agent = await startAgent("--log-level", "error");
    const host = await open(agent.target);
    const watch = follow(host.watch({ metrics, interval: 0.5 }));
    try {
      await eventually(() => expect(watch.updates).to.have.length.above(2));
      const before = watch.updates.length;
      agent.child.kill("SIGSTOP");
      await new Promise((resolve) => setTimeout(resolve, STOPPED_MS));
      agent.child.kill("SIGCONT");
      await eventually(() => expect(watch.updates).to.have.length.above(before + 4));
      const { updates } = watch;
      // One of them took as long as the agent was stopped, measured; it and no other is flagged.
      const long = updates.filter(({ interval }) => (interval ?? 0) > STOPPED_MS / 1000 - 0.2);
      expect(long).to.have.length(1);
      const at = updates.indexOf(long[0] as Update);
      expect(updates[at]?.gap).to.equal(true);
      expect(updates[at]?.interval).to.be.below(STOPPED_MS / 1000 + 10);
      expect(updates[at]?.cpuPercent?.interval).to.be.closeTo(updates[at]?.interval as number, 0.3);
      expect(updates.slice(0, at).map(({ gap }) => gap)).to.not.include(true);
      for (const [index, { sequence, dropped }] of updates.slice(1).entries()) {
        expect(sequence).to.equal((updates[index] as Update).sequence + 1 + dropped);
      }
      // Late collections are not made up for: the next three take their time, if not each to the moment.
      const next = updates.slice(at + 1, at + 4).reduce((sum, { interval }) => sum + (interval ?? 0), 0);
      expect(next).to.be.above(0.75);
    } finally {
      agent.child.kill("SIGCONT");
      await watch.end();
      await host.close();
      await agent.stop();
    }
  });

  it("goes on with the agent that comes in its place, with the gap marked", async () => {
    let agent: AgentProcess = await startAgent("--log-level", "error");
    const { target, port } = agent;
    const host = await open(target);
    const lost: HostscopeError[] = [];
    const watch = follow(host.watch({ metrics, interval: 0.5, onDisconnect: (error) => void lost.push(error) }));
    const table = await host.processTable({ attrs: ["name"] });
    const gaps: number[] = [];
    const ends: unknown[] = [];
    table.on("gap", ({ sequence }) => void gaps.push(sequence));
    table.on("end", (error) => void ends.push(error));
    try {
      for (const signal of LONG ? ["SIGKILL", "SIGTERM", "SIGKILL"] : ["SIGKILL"]) {
        const [before, losses, gapsBefore] = [watch.updates.length, lost.length, gaps.length];
        await eventually(() => expect(watch.updates).to.have.length.above(before + 1));
        const seen = watch.updates.length;
        if (signal === "SIGKILL") agent.child.kill(signal);
        await agent.stop();
        agent = await startAgent("--log-level", "error", "--listen", `127.0.0.1:${port}`);
        expect(agent.target).to.equal(target);
        await eventually(() => expect(watch.updates.slice(seen)).to.have.length.above(2));
        await eventually(() => expect(gaps).to.have.length(gapsBefore + 1));
        expect(lost.length).to.be.above(losses);
        expect(lost.at(-1)).to.be.instanceOf(HostUnreachable);
        const marked = watch.updates.slice(seen).filter(({ gap }) => gap);
        expect(marked).to.have.length(1);
        expect([marked[0]?.interval, marked[0]?.changed]).to.deep.equal([null, metrics]);
        expect(table.rows.get(process.pid)?.name).to.be.a("string");
      }
      expect(ends).to.deep.equal([]);
    } finally {
      await table.close();
      await watch.end();
      await host.close();
      await agent.stop();
    }
  });
});
