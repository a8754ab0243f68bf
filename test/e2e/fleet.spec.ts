// SPDX-License-Identifier: Apache-2.0

import { renameSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Fleet, type FleetOutcome, fileTargets, fleet } from "@hostscope/client";
import { expect } from "chai";
import { type AgentProcess, startAgent } from "../support/agent-process.ts";

/** Long enough for an agent on a busy machine. */
const TIMEOUT_MS = 8000;

describe("A fleet of real agents", function () {
  this.timeout(60_000);
  let kept: AgentProcess[];
  const mortal: AgentProcess[] = [];
  const cleanup: (() => unknown)[] = [];
  before(async () => {
    kept = await Promise.all([startAgent(), startAgent()]);
  });
  after(() => Promise.all((kept ?? []).map((agent) => agent.stop())));
  afterEach(async () => {
    for (const undo of cleanup.splice(0)) await undo();
    for (const { child } of mortal) child.kill("SIGCONT");
    await Promise.all(mortal.splice(0).map((agent) => agent.stop()));
  });

  /** Agents that the test may do anything to. */
  async function start(count: number): Promise<AgentProcess[]> {
    const agents = await Promise.all(Array.from({ length: count }, () => startAgent()));
    mortal.push(...agents);
    return agents;
  }
  /** Target of a port that takes connections and never says a word. */
  async function hole(): Promise<string> {
    const sockets: Socket[] = [];
    const server = createServer((socket) => sockets.push(socket.on("error", () => {})));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    cleanup.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    return `grpc://127.0.0.1:${(server.address() as { port: number }).port}`;
  }
  function fleetOf(targets: Parameters<typeof fleet>[0]): Fleet {
    const all = fleet(targets, { timeoutMs: TIMEOUT_MS });
    cleanup.push(() => all.close());
    return all;
  }
  const targetsOf = (agents: readonly AgentProcess[]) => agents.map(({ target }) => target);
  const statuses = (outcomes: readonly FleetOutcome<unknown>[]) => outcomes.map(({ status }) => status);

  it("one killed, one stopped, one that was never there: the others answer before those are given up", async () => {
    const [killed, stopped] = (await start(2)) as [AgentProcess, AgentProcess];
    const silent = await hole();
    const all = fleetOf([...targetsOf(kept), killed.target, stopped.target, silent]);
    const there = all.select((_, target) => target !== silent);
    expect(statuses(await there.bootTime())).to.deep.equal(["ok", "ok", "ok", "ok"]);
    killed.child.kill("SIGKILL");
    stopped.child.kill("SIGSTOP");
    const outcomes: FleetOutcome<{ total: number }>[] = [];
    for await (const outcome of all.virtualMemory()) outcomes.push(outcome);
    const last = outcomes.slice(-2).map(({ target }) => target);
    expect(last).to.have.members([stopped.target, silent]);
    const of = (target: string | undefined) => outcomes.find((one) => one.target === target);
    expect(of(kept[0]?.target)).to.have.property("status", "ok");
    expect(of(kept[1]?.target)?.value?.total).to.equal(of(kept[0]?.target)?.value?.total);
    expect(of(killed.target)).to.have.property("status", "unreachable");
    expect(of(stopped.target)).to.have.property("status", "deadline");
    expect(of(silent)).to.have.property("status", "unreachable");
    for (const target of last) expect(of(target)?.elapsedMs).to.be.within(TIMEOUT_MS - 100, 3 * TIMEOUT_MS);
  });

  it("a stopped agent that goes on, and a killed one that is started again, are found again", async () => {
    const [killed, stopped] = (await start(2)) as [AgentProcess, AgentProcess];
    const three = fleetOf([...targetsOf(kept.slice(1)), killed.target, stopped.target]);
    await three.bootTime();
    killed.child.kill("SIGKILL");
    stopped.child.kill("SIGSTOP");
    expect(statuses(await three.with({ timeoutMs: 1000 }).bootTime()).slice(1)).to.deep.equal([
      "unreachable",
      "deadline",
    ]);
    stopped.child.kill("SIGCONT");
    mortal.push(await startAgent("--listen", `127.0.0.1:${killed.port}`));
    const end = Date.now() + 30_000;
    while (!statuses(await three.bootTime()).every((status) => status === "ok")) {
      expect(Date.now(), "time until both are back").to.be.below(end);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  });

  it("gives what each host gives by itself", async () => {
    const labelled = targetsOf(kept).map((target) => ({ target, labels: { env: "prod" } }));
    const prod = fleetOf([...labelled, "local:"]).select({ env: "prod" });
    const [a, b] = await prod.hostInfo();
    expect(a?.value?.platform).to.equal("linux");
    expect(b?.value?.hostname).to.equal(a?.value?.hostname);
    const rows = prod.processes({ attrs: ["name"] });
    const seen = new Set<string>();
    for await (const { target, labels, process } of rows) {
      expect(labels).to.deep.equal({ env: "prod" });
      if (process.ref.pid === globalThis.process.pid) seen.add(`${target} ${process.name}`);
    }
    expect(seen.size).to.equal(2);
    expect(statuses(rows.outcomes)).to.deep.equal(["ok", "ok"]);
    for (const { value } of await prod.cpuPercent({ interval: 0.2 })) expect(value?.interval).to.be.at.least(0.19);
    const missing = await prod.diskUsage("/nowhere/at/all");
    expect(statuses(missing)).to.deep.equal(["not_found", "not_found"]);
    const none = await prod.winServiceGet("x");
    expect(statuses(none)).to.deep.equal(["unsupported", "unsupported"]);
    const names = await prod.each(async (host) => (await host.process(globalThis.process.pid)).name());
    expect(names[0]?.value).to.be.a("string").and.to.equal(names[1]?.value);
  });

  it("takes its hosts from a file, and follows it", async () => {
    const folder = await mkdtemp(join(tmpdir(), "hostscope-fleet-"));
    cleanup.push(() => rmSync(folder, { recursive: true }));
    const path = join(folder, "hosts.json");
    const write = (...some: AgentProcess[]) => {
      const targets = some.map(({ port }) => `127.0.0.1:${port}`);
      writeFileSync(`${path}.new`, JSON.stringify([{ targets, labels: { rack: "b7" } }]));
      renameSync(`${path}.new`, path);
    };
    const [first, second] = kept as [AgentProcess, AgentProcess];
    write(first);
    const hosts = fleetOf(fileTargets(path, { refreshMs: 1000 }));
    const rack = hosts.select({ rack: "b7" });
    expect((await rack.bootTime()).map(({ target, status }) => [target, status])).to.deep.equal([[first.target, "ok"]]);
    write(second, first);
    const end = Date.now() + 10_000;
    while ((await hosts.targets()).length !== 2) {
      expect(Date.now(), "time until the new list").to.be.below(end);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect((await rack.bootTime()).map(({ target, status }) => [target, status])).to.deep.equal([
      [second.target, "ok"],
      [first.target, "ok"],
    ]);
  });
});
