// SPDX-License-Identifier: Apache-2.0

import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { open } from "@hostscope/client";
import { expect } from "chai";
import { startAgent } from "../support/agent-process.ts";
import { Attacker } from "../support/attacker.ts";
import { eventually } from "../support/eventually.ts";
import { requireOracle } from "../support/oracle.ts";

describe("An agent that runs out of file descriptors", function () {
  this.timeout(60_000);
  before(function () {
    requireOracle.call(this, "prlimit", spawnSync("prlimit", ["--version"]).status === 0);
  });

  it("goes on for those who are there, hangs up on others, and lets them in again when it can", async () => {
    const agent = await startAgent();
    try {
      await using host = await open(agent.target);
      const watch = host.watch({ metrics: ["virtualMemory"], interval: 0.5 })[Symbol.asyncIterator]();
      await watch.next();
      const { pid = 0 } = agent.child;
      const taken = new Set(readdirSync(`/proc/${pid}/fd`).map(Number));
      const free = Array.from({ length: taken.size + 1 }, (_, fd) => fd).find((fd) => !taken.has(fd)) ?? 0;
      const limit = (soft: number) => spawnSync("prlimit", ["--pid", String(pid), `--nofile=${soft}:`]).status;
      expect(limit(free + 5)).to.equal(0);

      const crowd = await Promise.all(Array.from({ length: 60 }, () => Attacker.connect(agent.port)));
      await eventually(() => expect(crowd.filter(({ closed }) => closed).length).to.be.greaterThan(30));
      for (let tick = 0; tick < 3; tick++) expect((await watch.next()).done).to.equal(false);
      // What needs a descriptor says so; what needs none is answered.
      await host.cpuTimes().catch((error: Error) => expect(error.message).to.match(/EMFILE|os error|operating system/));
      expect(agent.child.exitCode, agent.log()).to.equal(null);

      for (const one of crowd) one[Symbol.dispose]();
      expect(limit(1_024)).to.equal(0);
      await eventually(async () => {
        await using late = await open(agent.target, { timeoutMs: 2_000 });
        expect((await late.cpuTimes()).user).to.be.greaterThan(0);
      });
      expect((await watch.next()).done).to.equal(false);
      await watch.return?.();
    } finally {
      expect(await agent.stop(), agent.log()).to.equal(0);
    }
  });
});
