// SPDX-License-Identifier: Apache-2.0
// The Windows column of docs/support.md against what a Windows host says of itself; and that host without an agent.

import { copyFileSync, rmSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { type Host, type HostInfo, open, Unsupported } from "@hostscope/client";
import { expect } from "chai";
import { supportRows } from "../completeness/support-matrix.ts";
import { failureOf } from "../support/failure-of.ts";
import { itProves } from "../support/proofs.ts";
import {
  buildForWindows,
  nodePathHere,
  runOnWindows,
  startOnWindows,
  startWindowsAgent,
  type WindowsAgent,
  windowsPath,
  windowsProgram,
} from "../support/windows-machine.ts";

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
    if (rpc === null) continue;
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
    const calls = [() => host.cpuStats(), () => host.swapMemory(), () => host.getloadavg()];
    for (const call of calls) {
      expect(await failureOf(call()))
        .to.be.instanceOf(Unsupported)
        .and.include({ platform: "windows" });
    }
    expect(await host.diskIoCounters({ perdisk: true })).to.deep.equal({});
    expect(await host.users()).to.deep.equal([]);
    expect(await host.sensorsBattery()).to.equal(null);
  });

  itProves("has limits, of itself and of others", ["host.limits"], async () => {
    const { host: whole, cgroup, effectiveCpus, effectiveMemory } = await host.limits();
    expect(whole).to.include({ cpus: cpus().length, pids: null });
    expect(whole?.memory).to.be.closeTo(totalmem(), 16 * 1024 ** 2);
    expect([cgroup, effectiveCpus, effectiveMemory]).to.deep.equal([null, cpus().length, whole?.memory]);
    const others = await host.limits({ process: await host.process((await host.pids()).at(-1) ?? 0) });
    expect(others.host?.cpus).to.equal(cpus().length);
  });

  it("is found by a program of any name that brings Node", async () => {
    const copy = join(dirname(windowsProgram("main")), "Some other name.exe");
    copyFileSync(nodePathHere(), copy);
    const program = startOnWindows(copy, windowsProgram("local-host"));
    try {
      expect(await program.ended, program.errors()).to.equal(0);
      expect(JSON.parse(program.output()).myself).to.include({ name: "Some other name.exe" });
    } finally {
      await program.stop();
      rmSync(copy);
    }
  });

  it("does not load where there is no Node, and says so", async () => {
    const DLL_INIT_FAILED = 1114 & 0xff; // this machine sees the last byte of an exit code
    const library = join(dirname(windowsProgram("main")), "..", "prebuilds", "win32-x64", "@hostscope+native.node");
    const program = startOnWindows(await buildForWindows("windows_program.cc"), "load", windowsPath(library));
    try {
      expect(await program.ended).to.equal(DLL_INIT_FAILED);
    } finally {
      await program.stop();
    }
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
