// SPDX-License-Identifier: Apache-2.0

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { HostUnreachable, open } from "@hostscope/client";
import { expect } from "chai";
import { type AgentProcess, startAgent } from "../support/agent-process.ts";
import { eventually } from "../support/eventually.ts";
import { pythonProcess, type TestProcess } from "../support/hostile-process.ts";
import { stateFolder } from "../support/state-folder.ts";

const ROUNDS = process.env.HOSTSCOPE_LONG === "1" ? 50 : 2;
const HOLDER = fileURLToPath(new URL("../support/lease-holder.ts", import.meta.url));

describe("No process stays stopped because", () => {
  const state = stateFolder();
  let target: TestProcess;
  let agent: AgentProcess;
  let holder: ChildProcess;
  const letter = () => readFileSync(`/proc/${target.pid}/stat`, "latin1").replace(/.*\) /s, "").charAt(0);
  const start = () => startAgent("--state-dir", state.path);
  const runs = () =>
    eventually(() => {
      expect(letter()).to.equal("S");
    });
  const stands = () =>
    eventually(() => {
      expect(letter()).to.equal("T");
    });

  beforeEach(async () => {
    target = await pythonProcess("");
    agent = await start();
  });
  afterEach(async () => {
    holder?.kill("SIGKILL");
    await agent?.stop();
    await target?.stop();
    expect(readdirSync(join(state.path, "leases"))).to.deep.equal([]);
  });
  after(() => state.remove());

  const hold = async (where: string, ...args: string[]) => {
    holder = spawn(process.execPath, ["--import", "tsx", HOLDER, where, String(target.pid), ...args], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(holder.stdout as NodeJS.ReadableStream, "data");
    await stands();
  };

  it("the client that held it was killed", async () => {
    await hold(agent.target);
    holder.kill("SIGKILL");
    await runs();
  });

  it("the agent was stopped", async () => {
    await hold(agent.target);
    expect(await agent.stop(), agent.log()).to.equal(0);
    await runs();
  });

  it(`the agent was killed: the next one resumes it (${ROUNDS} rounds)`, async function () {
    this.timeout(ROUNDS * 30_000);
    for (let round = 0; round < ROUNDS; round++) {
      const host = await open(agent.target);
      const lease = await (await host.process(target.pid)).suspend({ lease: 3600 });
      const ended = lease.ended.then(
        (how) => how,
        (error: unknown) => error,
      );
      await stands();
      agent.child.kill("SIGKILL");
      expect(await ended).to.be.instanceOf(HostUnreachable);
      await host.close();
      await agent.stop();
      expect(letter()).to.equal("T");
      agent = await start();
      await runs();
    }
  });

  it("a program that held it without an agent was killed: an agent that starts resumes it", async () => {
    await hold("local:", state.path);
    holder.kill("SIGKILL");
    await once(holder, "exit");
    expect(letter()).to.equal("T");
    const second = await start();
    await runs();
    await second.stop();
  });

  it("a lease is held by one agent while another starts: that one leaves it alone", async () => {
    await hold(agent.target);
    const second = await start();
    const host = await open(second.target);
    const lease = await (await host.process(target.pid)).suspend({ lease: 3600 });
    expect(lease.changed).to.equal(false);
    holder.kill("SIGKILL");
    await eventually(() => {
      expect(readdirSync(join(state.path, "leases"))).to.have.length(1);
    });
    expect(letter()).to.equal("T");
    await lease.release();
    await runs();
    await host.close();
    await second.stop();
  });
});
