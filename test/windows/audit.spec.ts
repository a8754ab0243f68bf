// SPDX-License-Identifier: Apache-2.0

import { appendFileSync, chmodSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { verifyAudit } from "@hostscope/agent";
import { open } from "@hostscope/client";
import { expect } from "chai";
import { eventually } from "../support/eventually.ts";
import { machine, type Target } from "../support/machine/machine.ts";
import { stateFolder } from "../support/state-folder.ts";
import { runOnWindows, startWindowsAgent, windowsPath, windowsProgram } from "../support/windows-machine.ts";

interface Record {
  readonly phase: string;
  readonly method?: string;
}

describe("The audit log of an agent on Windows", function () {
  this.timeout(120_000);
  const state = stateFolder();
  let target: Target;
  before(async () => {
    target = await machine.target();
  });
  after(async () => {
    await target?.stop();
    state.remove();
  });
  const log = join(state.path, "audit.jsonl");
  const records = (): Record[] =>
    readFileSync(log, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record);

  /** Has the target stopped and go on, `between` the two, by an agent that writes it down. */
  async function change(between = () => {}): Promise<void> {
    const agent = await startWindowsAgent("--audit", windowsPath(log));
    const host = await open(agent.target, { timeoutMs: 60_000 });
    try {
      const process = await host.process(target.pid);
      await process.suspend();
      between();
      await process.resume();
      await eventually(() => expect(records().at(-1)?.phase).to.equal("result"));
    } finally {
      await host.close();
      await agent.stop();
    }
  }

  it("has what was changed, in a chain that nothing is missing from", async () => {
    await change();
    const changes = records().filter(({ phase }) => phase === "intent" || phase === "result");
    expect(changes.map(({ phase, method = "" }) => `${phase} ${method}`.trim())).to.deep.equal([
      "intent Process.Suspend",
      "result",
      "intent Process.Resume",
      "result",
    ]);
    expect((await verifyAudit([log])).problems).to.deep.equal([]);
  });

  it("goes on after a record that was torn, and says so", async () => {
    appendFileSync(log, '{"torn":');
    await change();
    expect((await verifyAudit([log])).problems).to.deep.equal([]);
    expect(records().map(({ phase }) => phase)).to.include("gap");
  });

  it("goes on in a new file once it has been moved away", async () => {
    await change(() => renameSync(log, `${log}.1`));
    expect((await verifyAudit([`${log}.1`, log])).problems).to.deep.equal([]);
    expect(records().map(({ phase }) => phase)).to.deep.equal(["intent", "result"]);
  });

  it("is not written to where others may write it, or it is none", async () => {
    const isRefused = async (why: string) => {
      const program = runOnWindows(windowsProgram("main"), "--listen", "127.0.0.1:0", "--audit", windowsPath(log));
      expect(await program.ended).not.to.equal(0);
      expect(program.errors()).to.contain(why);
      await program.stop();
    };
    chmodSync(log, 0o666);
    await isRefused("can be written by others");
    chmodSync(log, 0o600);
    writeFileSync(log, "no record\n");
    await isRefused("its last line is no audit record");
    expect(readFileSync(log, "utf8")).to.equal("no record\n");
  });
});
