// SPDX-License-Identifier: Apache-2.0
// What is otherwise on Windows than anywhere else, from here. All the rest is test/conformance, which runs there, too.

import {
  FailedPrecondition,
  type Host,
  InvalidArgument,
  NoSuchProcess,
  open,
  type Process,
  Unsupported,
} from "@hostscope/client";
import { expect } from "chai";
import { failureOf } from "../support/failure-of.ts";
import { machine, type Target } from "../support/machine/machine.ts";
import { startWindowsAgent, type WindowsAgent } from "../support/windows-machine.ts";

describe("An agent on Windows, from here", function () {
  this.timeout(120_000);
  let agent: WindowsAgent;
  let host: Host;
  const targets: Target[] = [];
  before(async () => {
    agent = await startWindowsAgent();
    host = await open(agent.target, { timeoutMs: 60_000 });
  });
  after(async () => {
    await host?.close();
    await agent?.stop();
  });
  afterEach(async () => {
    await Promise.all(targets.splice(0).map((each) => each.stop()));
  });
  const start = async (...args: string[]): Promise<[Target, Process]> => {
    const target = await machine.target({ args });
    targets.push(target);
    return [target, await host.process(target.pid)];
  };

  it("says which Windows it is", async () => {
    const { os, osVersion } = await host.hostInfo();
    expect(os).to.match(/Windows 10/);
    expect(osVersion).to.match(/^10\.0\.\d+$/);
  });

  it("has nothing where Windows has nothing", async () => {
    const memory = await host.virtualMemory();
    expect(memory.used).to.equal(memory.total - memory.available);
    expect(memory.buffers).to.equal(null);
    expect((await host.cpuTimes()).iowait).to.equal(null);
  });

  it("gives values of a process as Windows has them", async () => {
    const [{ pid }, process] = await start('with "quotes" and \\', "");
    const all = await process.asDict();
    expect(all).to.include({ pid, name: "windows_target.exe", nice: 32 });
    expect(all.cmdline?.slice(1)).to.deep.equal(['with "quotes" and \\', ""]);
    expect(all.exe).to.match(/^[A-Z]:\\.*\\windows_target\.exe$/);
    expect(all.username).to.match(/^.+\\.+$/);
    expect(all.environ).to.include({ OS: "Windows_NT" });
    expect(all.memoryInfo?.wset).to.equal(all.memoryInfo?.rss);
    expect(all.memoryMaps?.some(({ path }) => /\\ntdll\.dll$/i.test(path))).to.equal(true);
  });

  it("knows a process from its neighbours, whose pids Windows opens as well", async () => {
    const [{ pid }] = await start();
    for (const neighbour of [pid + 1, pid + 2, pid + 3]) {
      expect(await failureOf(host.process(neighbour))).to.be.instanceOf(NoSuchProcess);
    }
    expect(await failureOf(host.process(0))).to.be.instanceOf(Error);
  });

  it("tells exit codes of 32 bits, the one that Windows gives to those that run, too", async () => {
    for (const code of [259, -1, -1073741819]) {
      const [target, process] = await start();
      const waiting = process.wait({ timeout: 60 });
      await process.name();
      await target.exit(code);
      expect(await waiting, String(code)).to.equal(code);
    }
  });

  it("takes priority classes, and no other numbers", async () => {
    const [, process] = await start();
    expect(await failureOf(process.nice(5))).to.be.instanceOf(InvalidArgument);
    expect(await failureOf(process.cpuAffinity([63]))).to.have.property("code");
  });

  it("refuses to end itself, its services and what it cannot do", async () => {
    for await (const {
      pid,
      info: { name, cmdline },
    } of host.processIter({ attrs: ["name", "cmdline"] })) {
      if (name !== "services.exe" && !cmdline?.some((argument) => argument.endsWith("main.mjs"))) continue;
      expect(await failureOf((await host.process(pid)).kill()), name ?? "").to.be.instanceOf(FailedPrecondition);
    }
    const [, process] = await start();
    expect(await failureOf(process.rlimit("nofile"))).to.be.instanceOf(Unsupported);
    expect(await failureOf(process.sendSignal(1))).to.be.instanceOf(FailedPrecondition);
    expect(await failureOf(process.sendSignal(7))).to.be.instanceOf(InvalidArgument);
  });

  it("has drives, and interfaces of one list", async () => {
    const drives = await host.diskPartitions();
    expect(drives.map(({ mountpoint }) => mountpoint)).to.include("C:\\");
    expect(drives.find(({ device }) => device === "C:\\")?.opts).to.match(/^rw,/);
    const usage = await host.diskUsage("C:\\");
    expect(usage.used + usage.free).to.equal(usage.total);
    expect(await host.diskUsage("C:\\windows\\system32\\ntdll.dll")).to.include({ total: usage.total }); // psutil 8 takes files
    const addresses = await host.netIfAddrs();
    expect(
      Object.values(addresses)
        .flat()
        .map(({ address }) => address),
    ).to.include("127.0.0.1");
    expect(Object.keys(await host.netIfStats())).to.have.members(Object.keys(addresses));
  });
});
