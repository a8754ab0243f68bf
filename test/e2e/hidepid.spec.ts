// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Host, open } from "@hostscope/client";
import { expect } from "chai";
import { type AgentProcess, startAgentThrough } from "../support/agent-process.ts";
import { requireRoot } from "../support/oracle.ts";
import { ending } from "../support/process-outcomes.ts";

const NOBODY = "65534";

describe("A procfs that hides the processes of others (hidepid=2)", () => {
  let folder: string;
  let agent: AgentProcess;
  let host: Host;
  before(async function () {
    requireRoot.call(this);
    folder = mkdtempSync(join(tmpdir(), "hostscope-hidepid-"));
    // In a mount namespace of its own, which ends with the agent: nobody else sees the mount.
    const mount = `mount -t proc -o hidepid=2 proc ${folder} && exec setpriv --reuid ${NOBODY} --regid ${NOBODY} --clear-groups "$@"`;
    agent = await startAgentThrough(["unshare", "--mount", "sh", "-c", mount, "sh"], "--procfs", folder);
    host = await open(agent.target);
  });
  after(async () => {
    await host?.close();
    await agent?.stop();
    if (folder !== undefined) rmdirSync(folder);
  });

  it("shows the agent's own process and nobody else's", async () => {
    const pids = await host.pids();
    expect(pids).to.include(agent.child.pid);
    expect(pids).not.to.include(1).and.not.include(process.pid);
    const { processes } = await host.processList({ attrs: ["username"] });
    for (const { username } of processes) expect(username).to.equal("nobody");
  });

  it("has no such process as a hidden one, and tells nothing of it", async () => {
    for (const hidden of [1, process.pid]) {
      expect(await host.pidExists(hidden)).to.equal(false);
      expect(await ending(host.process(hidden))).to.equal("gone");
    }
  });

  it("a parent that is hidden is none", async () => {
    const own = await host.process(agent.child.pid as number);
    expect(await own.ppid()).to.equal(process.pid);
    expect(await own.parent()).to.equal(null);
    expect(await own.parents()).to.deep.equal([]);
    expect(await ending(own.children({ recursive: true }))).to.equal("value");
    expect(await own.cwd()).to.equal(process.cwd());
  });
});
