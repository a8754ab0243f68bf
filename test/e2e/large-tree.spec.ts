// SPDX-License-Identifier: Apache-2.0

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { open } from "@hostscope/client";
import { expect } from "chai";
import { startAgentThrough } from "../support/agent-process.ts";
import { isRunning } from "../support/process-tree.ts";

const SOURCE = fileURLToPath(new URL("../support/many_children.cc", import.meta.url));
const [COMPILER = "g++", ...COMPILER_FLAGS] = (process.env.CXX ?? "g++").trim().split(/\s+/);
const COUNT = process.env.HOSTSCOPE_LONG === "1" ? 4000 : 1000;

describe("A tree with more processes than the agent may have files open", function () {
  this.timeout(120_000);
  this.slow(30_000);

  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "hostscope-large-tree-"));
    const flags = [...COMPILER_FLAGS, "-std=c++20", "-O1", SOURCE, "-o", join(folder, "many")];
    await promisify(execFile)(COMPILER, flags);
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const limit of ["ulimit -n 512 &&", ""]) {
    it(`ends as a whole: ${COUNT} processes, ${limit === "" ? "as many files as ever" : "512 files"}`, async () => {
      const agent = await startAgentThrough(["sh", "-c", `${limit} exec "$@"`, "sh"], "--log-level", "error");
      const child = spawn(join(folder, "many"), [String(COUNT)], { stdio: ["ignore", "pipe", "inherit"] });
      const host = await open(agent.target);
      try {
        await once(child.stdout, "data");
        const root = await host.process(child.pid as number);
        const files = () => readdirSync(`/proc/${agent.child.pid}/fd`).length;
        await host.pids();
        const before = files();
        const start = performance.now();
        const found = await root.killTree({ timeout: 60, timeoutMs: 90_000 });
        console.log(`      ${found.targets.length} processes in ${(performance.now() - start).toFixed(0)} ms`);
        expect(found.targets).to.have.length(COUNT + 1);
        expect(found.survivors).to.deep.equal([]);
        expect(found.targets.filter(({ outcome }) => outcome !== "signalled" && outcome !== "gone")).to.deep.equal([]);
        expect(found.targets.filter(({ ref }) => isRunning(ref?.pid as number))).to.deep.equal([]);
        expect(files()).to.be.at.most(before + 8);
      } finally {
        child.kill("SIGKILL");
        await host.close();
        await agent.stop();
      }
    });
  }
});
