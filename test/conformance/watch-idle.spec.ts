// SPDX-License-Identifier: Apache-2.0

import { setPriority } from "node:os";
import { basename } from "node:path";
import { type Host, open, type ProcessAttributeName, type ProcessTable } from "@hostscope/client";
import { expect } from "chai";
import { eventually } from "../support/eventually.ts";
import { describeOnMachine } from "../support/expected.ts";
import { pythonProcess } from "../support/hostile-process.ts";

const LONG = process.env.HOSTSCOPE_LONG === "1";
const ATTRS = [
  ...["name", "status", "ppid", "nice", "cpuTimes", "memoryInfo", "numThreads"],
  ...["cmdline", "exe", "username", "uids", "numCtxSwitches", "ioCounters", "environ"],
] as ["name", "nice", "status", "cmdline", "exe", "uids", "numCtxSwitches", "ioCounters", "environ"];

/** Waits for so many collections more. */
async function collections<A extends ProcessAttributeName>(table: ProcessTable<A>, count: number): Promise<void> {
  const until = (table.last?.sequence ?? 0) + count;
  await eventually(() => expect(table.last?.sequence).to.be.at.least(until), 30_000);
}

/** What does not run is read only in part: whatever changes must be seen all the same, at the next collection. */
describeOnMachine("Watching a process that does nothing", () => {
  let host: Host;
  before(async () => {
    host = await open("local:");
  });
  after(() => host?.close());

  it("shows what others do to it, and what it does when it wakes up", async () => {
    const target = await pythonProcess(`
def change(*_):
    rename(b"renamed")
    open("/dev/null", "w").write("x" * 1000)
    if os.getuid() == 0: os.setresuid(12345, 12345, 0)
signal.signal(signal.SIGUSR1, change)
signal.signal(signal.SIGUSR2, lambda *_: os.execve("/bin/sleep", ["sleep", "61"], {"AFTER": "1"}))
`);
    try {
      await using table = await host.processTable({ attrs: ATTRS });
      const row = () => {
        const found = table.rows.get(target.pid);
        if (found === undefined) throw new Error("the process is not there");
        return found;
      };
      await collections(table, 2);
      const before = { ...row() };
      expect(before.name).to.match(/^python3/);
      expect(before.failures).to.deep.equal([]);
      // It has not run, and all that is known of it is what it was.
      await collections(table, 1);
      const still = { ...row() };
      expect(still).to.deep.include({ name: before.name, cmdline: before.cmdline, environ: before.environ });
      expect([still.ioCounters, still.numCtxSwitches]).to.deep.equal([before.ioCounters, before.numCtxSwitches]);

      setPriority(target.pid, 7);
      await collections(table, 2);
      expect(row().nice).to.equal(7);

      target.child.kill("SIGUSR1");
      await collections(table, 2);
      expect(row().name).to.equal("renamed");
      expect(row().ioCounters?.writeCount).to.be.above(before.ioCounters?.writeCount as number);
      expect(row().numCtxSwitches?.voluntary).to.be.above(before.numCtxSwitches?.voluntary as number);
      if (process.getuid?.() === 0) expect(row().uids?.real).to.equal(12345);
      expect(row().cmdline).to.deep.equal(before.cmdline);

      target.child.kill("SIGUSR2");
      await collections(table, 2);
      expect(row().cmdline).to.deep.equal(["sleep", "61"]);
      expect([row().name, basename(row().exe as string)]).to.deep.equal(["sleep", "sleep"]);
      expect(row().ref).to.deep.equal(before.ref);

      target.child.kill("SIGSTOP");
      await collections(table, 2);
      expect(row().status).to.equal("stopped");
      // In the long run, all is read again.
      await collections(table, LONG ? 11 : 1);
      expect(row().cmdline).to.deep.equal(["sleep", "61"]);
      expect(row().failures).to.deep.equal([]);
    } finally {
      await target.stop();
    }
  }).timeout(120_000);
});
