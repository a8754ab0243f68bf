// SPDX-License-Identifier: Apache-2.0
// The Windows column of docs/support.md against what a Windows host says of itself; and that host without an agent.

import { totalmem } from "node:os";
import { type Host, type HostInfo, open, Unsupported } from "@hostscope/client";
import { expect } from "chai";
import { supportRows } from "../completeness/support-matrix.ts";
import { runOnWindows, startWindowsAgent, type WindowsAgent, windowsProgram } from "../support/windows-machine.ts";

const VALUES = new Set(["asDict", "oneshot", "isRunning", "pid"]);
/** Attributes by their later names. */
const LATER: Readonly<Record<string, string>> = { netConnections: "connections", memoryFootprint: "memoryFullInfo" };

describe("A Windows host", function () {
  this.timeout(120_000);
  let agent: WindowsAgent;
  let host: Host;
  let info: HostInfo;
  before(async () => {
    agent = await startWindowsAgent("--allow-exec");
    host = await open(agent.target, { timeoutMs: 60_000 });
    info = await host.hostInfo();
  });
  after(async () => {
    await host?.close();
    await agent?.stop();
  });

  for (const { hostscope, rpc, windows } of supportRows()) {
    if (rpc === null || rpc === "Process.Popen") continue; // Node starts programs; nobody has tried
    it(`has ${hostscope ?? rpc} (${rpc}): ${windows}`, () => {
      const works = windows === "yes" || windows === "unseen";
      const member = hostscope?.split(".")[1] ?? "";
      if (rpc === "Process.Get" && hostscope?.startsWith("process.") === true && !VALUES.has(member)) {
        const attributes: readonly string[] = info.processAttributes;
        expect(attributes.includes(LATER[member] ?? member)).to.equal(works);
      } else {
        expect(info.methods.includes(rpc)).to.equal(works);
      }
    });
  }

  it("says of what Wine does not count that it is not supported, rather than 0", async () => {
    const calls = [() => host.cpuStats(), () => host.swapMemory(), () => host.getloadavg(), () => host.limits()];
    for (const call of calls) {
      const error = await call().then(
        () => new Error("it succeeded"),
        (reason: unknown) => reason,
      );
      expect(error).to.be.instanceOf(Unsupported).and.include({ platform: "windows" });
    }
    expect(await host.diskIoCounters({ perdisk: true })).to.deep.equal({});
    expect(await host.users()).to.deep.equal([]);
    expect(await host.sensorsBattery()).to.equal(null);
  });

  it("is the same without an agent, opened there as local:", async () => {
    const program = runOnWindows(windowsProgram("local-host"), "an argument", 'with "quotes" and \\');
    try {
      expect(await program.ended, program.errors()).to.equal(0);
      const said = JSON.parse(program.output()) as {
        readonly info: HostInfo;
        readonly memory: { readonly total: number };
        readonly myself: { readonly pid: number; readonly cmdline: readonly string[]; readonly exe: string };
        readonly node: { readonly pid: number; readonly argv: readonly string[] };
      };
      expect(said.info).to.deep.include({ platform: "windows", hostname: info.hostname, osVersion: info.osVersion });
      expect(said.memory.total).to.be.closeTo(totalmem(), 16 * 1024 ** 2);
      expect(said.myself.pid).to.equal(said.node.pid);
      // Node splits its command line itself.
      expect(said.myself.cmdline.slice(2)).to.deep.equal(said.node.argv.slice(2));
      expect(said.myself.exe).to.match(/\\node\.exe$/);
    } finally {
      await program.stop();
    }
  });
});
