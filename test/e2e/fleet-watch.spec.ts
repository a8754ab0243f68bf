// SPDX-License-Identifier: Apache-2.0

import { spawn } from "node:child_process";
import { type Fleet, type FleetUpdate, fleet, type SystemUpdate } from "@hostscope/client";
import { expect } from "chai";
import { type AgentProcess, startAgent } from "../support/agent-process.ts";

type Update = FleetUpdate<SystemUpdate<"cpuPercent" | "virtualMemory">>;

/** Long enough for an agent on a busy machine, short enough to wait for. */
const LATE_MS = 3000;

describe("Watching a fleet of real agents", function () {
  this.timeout(120_000);
  let agents: AgentProcess[] = [];
  let all: Fleet;
  beforeEach(async () => {
    agents = await Promise.all([startAgent(), startAgent(), startAgent()]);
    all = fleet(
      agents.map(({ target }, at) => ({ target, labels: { at: String(at) } })),
      { timeoutMs: LATE_MS },
    );
  });
  afterEach(async () => {
    await all?.close();
    for (const { child } of agents) child.kill("SIGCONT");
    await Promise.all(agents.splice(0).map((agent) => agent.stop()));
  });

  it("one killed, one stopped: the third goes on at its pace, and both are found again with a gap", async () => {
    const [kept, killed, stopped] = agents as [AgentProcess, AgentProcess, AgentProcess];
    const seen: { update: Update; at: number }[] = [];
    const stream = all.watch({ metrics: ["cpuPercent", "virtualMemory"], interval: 0.5 });
    const of = ({ target }: AgentProcess, since = 0) =>
      seen.filter(({ update, at }) => update.target === target && at >= since).map(({ update }) => update);
    const until = async (what: string, holds: () => boolean) => {
      const end = performance.now() + 60_000;
      while (!holds()) {
        expect(performance.now(), `time to ${what}`).to.be.below(end);
        const { value } = await stream.next();
        if (value !== undefined) seen.push({ update: value, at: performance.now() });
      }
    };
    await until("hear all", () => agents.every((agent) => of(agent).some(({ status }) => status === "ok")));
    expect(of(stopped)[0]?.labels).to.deep.equal({ at: "2" });
    expect(of(kept).find(({ value }) => value !== null)?.value?.virtualMemory?.total).to.be.above(0);

    const since = performance.now();
    killed.child.kill("SIGKILL");
    stopped.child.kill("SIGSTOP");
    await until("miss both", () => {
      const isLost = (agent: AgentProcess, status: string) =>
        of(agent, since).some((update) => update.status === status);
      return isLost(killed, "unreachable") && isLost(stopped, "deadline");
    });
    const meanwhile = of(kept, since);
    expect(meanwhile.every(({ status }) => status === "ok")).to.equal(true);
    // It took the stopped one more than LATE_MS to be given up: six collections and more.
    expect(meanwhile.length).to.be.at.least(4);
    // A collection that a busy machine is late with may have a gap before it: 2.5 intervals and half a second.
    const gaps = meanwhile.filter(({ value }) => value?.gap === true && (value.interval ?? 0) < 1.75);
    expect(gaps).to.deep.equal([]);

    const back = performance.now();
    stopped.child.kill("SIGCONT");
    agents.push(await startAgent("--listen", `127.0.0.1:${killed.port}`));
    const found = (agent: AgentProcess) => of(agent, back).find(({ status }) => status === "ok");
    await until("find both again", () => found(killed) !== undefined && found(stopped) !== undefined);
    for (const agent of [killed, stopped]) expect(found(agent)?.value?.gap, agent.target).to.equal(true);
    await stream.return();
  });

  it("has the first processes of all hosts in one table, up to date", async () => {
    const children = [71, 72, 73].map((seconds) => spawn("sleep", [String(seconds)], { stdio: "ignore" }));
    const pids = children.map(({ pid }) => pid as number).sort((a, b) => b - a);
    try {
      const where = { ppid: process.pid, name: "sleep" };
      await using table = await all.processTable({ attrs: ["cmdline"], where, orderBy: "pid", limit: 4 });
      const shown = () => table.rows().map((row) => row.process.ref.pid);
      const until = async (wanted: readonly (number | undefined)[]) => {
        const end = performance.now() + 30_000;
        while (shown().join() !== wanted.join()) {
          expect(performance.now(), `time until ${wanted}, with ${shown()}`).to.be.below(end);
          await new Promise((resolve) => table.once("update", resolve));
        }
      };
      // Three agents on one machine, and each sees the same three: the greatest pid of each, and one of the next.
      await until([pids[0], pids[0], pids[0], pids[1]]);
      expect(new Set(table.rows().map(({ target }) => target)).size).to.equal(3);
      expect(table.rows()[0]?.process.cmdline[0]).to.equal("sleep");
      children.find(({ pid }) => pid === pids[0])?.kill("SIGKILL");
      await until([pids[1], pids[1], pids[1], pids[2]]);
    } finally {
      for (const child of children) child.kill("SIGKILL");
    }
  });
});
