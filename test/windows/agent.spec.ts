// SPDX-License-Identifier: Apache-2.0
// An agent on Windows, asked, watched and made to act by the SDK on this machine.

import { cpus, hostname, totalmem } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import {
  AccessDenied,
  FailedPrecondition,
  type Host,
  InvalidArgument,
  NoSuchProcess,
  open,
  Unsupported,
} from "@hostscope/client";
import { expect } from "chai";
import { eventually } from "../support/eventually.ts";
import {
  nodePathOnWindows,
  runOnWindows,
  startOnWindows,
  startWindowsAgent,
  type WindowsAgent,
  type WindowsProgram,
} from "../support/windows-machine.ts";

const IDLE = "setInterval(() => {}, 60_000)";

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => new Error("it succeeded"),
    (error: unknown) => error,
  );
}

describe("An agent on Windows, from here", function () {
  this.timeout(120_000);
  let agent: WindowsAgent;
  let host: Host;
  const programs: WindowsProgram[] = [];
  before(async () => {
    agent = await startWindowsAgent();
    host = await open(agent.target, { timeoutMs: 60_000 });
  });
  after(async () => {
    await host?.close();
    for (const program of programs) await program.stop();
    await agent?.stop();
  });

  /** Runs a program and gives its pid as the agent sees it, which is not the one that this machine knows. */
  async function start(program: () => WindowsProgram, name: string): Promise<number> {
    const before = new Set(await host.pids());
    programs.push(program());
    let pid: number | undefined;
    await eventually(async () => {
      await sleep(300);
      for (const found of (await host.pids()).filter((each) => !before.has(each))) {
        if ((await (await host.process(found)).name()) === name) pid = found;
      }
      if (pid === undefined) throw new Error(`no new process is called ${name}: ${programs.at(-1)?.errors()}`);
    }, 30_000);
    return pid as number;
  }

  const idle = (mark: string, code = IDLE) => start(() => runOnWindows("-e", code, mark), "node.exe");

  it("says what it is", async () => {
    const info = await host.hostInfo();
    expect(info).to.include({ platform: "windows", hostname: hostname(), machine: "AMD64" });
    expect(info.os).to.match(/Windows 10/);
    expect(info.osVersion).to.match(/^10\.0\.\d+$/);
    expect(info.constants?.pageSize).to.equal(4096);
    expect(await host.cpuCount()).to.equal(cpus().length);
  });

  it("has the memory and the CPUs of this machine, which Wine shows", async () => {
    const memory = await host.virtualMemory();
    expect(memory.total).to.be.closeTo(totalmem(), 16 * 1024 ** 2);
    expect(memory.used).to.equal(memory.total - memory.available);
    expect(memory.buffers).to.equal(null);
    const times = await host.cpuTimes();
    expect(times.user).to.be.greaterThan(0);
    expect(times.idle).to.be.greaterThan(0);
    expect(times.iowait).to.equal(null);
    expect(await host.cpuTimes({ percpu: true })).to.have.length(cpus().length);
    expect((await host.cpuPercent()).percent).to.be.within(0, 100);
  });

  it("lists its processes, and gives each value of one", async () => {
    const pid = await idle("hostscope-listed");
    const process = await host.process(pid);
    const all = await process.asDict();
    expect(all).to.include({
      pid,
      name: "node.exe",
      status: "running",
      nice: 32,
    });
    expect(all.cmdline).to.deep.equal([all.cmdline?.[0], "-e", IDLE, "hostscope-listed"]);
    expect(all.exe).to.match(/^[A-Z]:\\.*\\node\.exe$/);
    expect(all.cwd).to.match(/^[A-Z]:\\.*\\windows$/);
    expect(all.username).to.match(/^.+\\.+$/);
    expect(all.environ).to.include({ OS: "Windows_NT" });
    expect(all.memoryInfo?.rss).to.be.greaterThan(10 * 1024 ** 2);
    expect(all.memoryInfo?.wset).to.equal(all.memoryInfo?.rss);
    expect(all.numThreads).to.equal(all.threads?.length);
    expect(all.cpuAffinity).to.deep.equal([...cpus().keys()]);
    expect(all.createTime).to.be.closeTo(Date.now() / 1000, 60);
    expect(all.memoryMaps?.some(({ path }) => /\\ntdll\.dll$/i.test(path))).to.equal(true);
    expect(await host.pids()).to.include(pid);
  });

  it("knows a process from its neighbours, whose pids Windows opens as well", async () => {
    const pid = await idle("hostscope-neighbour");
    for (const neighbour of [pid + 1, pid + 2, pid + 3]) {
      expect(await host.pidExists(neighbour)).to.equal(false);
      expect(await failureOf(host.process(neighbour))).to.be.instanceOf(NoSuchProcess);
    }
    expect(await host.pidExists(pid)).to.equal(true);
  });

  it("watches a process come, change and go", async () => {
    await using table = await host.processTable({ attrs: ["name"], interval: 1 });
    const mark = "hostscope-watched";
    const pid = await idle(mark);
    await eventually(() => {
      expect([...table.rows.values()].map(({ ref }) => ref.pid)).to.include(pid);
    });
    await (await host.process(pid)).kill();
    await eventually(() => {
      expect([...table.rows.values()].map(({ ref }) => ref.pid)).to.not.include(pid);
    });
    for await (const { cpuPercent } of host.watch({ metrics: ["cpuPercent"], interval: 1 })) {
      expect(cpuPercent?.percent).to.be.within(0, 100);
      break;
    }
  });

  it("suspends, resumes and ends a process, and tells how it ended", async () => {
    const process = await host.process(await idle("hostscope-suspended"));
    await process.suspend();
    expect(await process.status()).to.equal("stopped");
    await process.suspend(); // as with SIGSTOP, once is as good as twice
    await process.resume();
    expect(await process.status()).to.equal("running");
    const ended = process.wait({ timeout: 30 });
    await process.terminate();
    expect(await ended).to.equal(15);
    expect(await process.isRunning()).to.equal(false);
    expect(await failureOf(process.kill())).to.be.instanceOf(NoSuchProcess);
  });

  it("tells exit codes as they are, those that look like something else too", async () => {
    for (const code of [0, 3, 259, -1]) {
      const pid = await idle(`hostscope-exit${code}`, `setTimeout(() => process.exit(${code}), 3_000)`);
      expect(await (await host.process(pid)).wait({ timeout: 30 }), String(code)).to.equal(code);
    }
  });

  it("sets priority class and CPUs", async () => {
    const process = await host.process(await idle("hostscope-settings"));
    await process.nice(64);
    expect(await process.nice()).to.equal(64);
    expect(await failureOf(process.nice(5))).to.be.instanceOf(InvalidArgument);
    await process.cpuAffinity([0]);
    expect(await process.cpuAffinity()).to.deep.equal([0]);
    await process.cpuAffinity([]);
    expect(await process.cpuAffinity()).to.deep.equal([...cpus().keys()]);
    expect(await failureOf(process.cpuAffinity([63]))).to.have.property("code");
  });

  it("kills a tree, children first found included", async () => {
    const tree = () => startOnWindows("cmd", "/c", nodePathOnWindows(), "-e", "setInterval(Date,6e4)");
    const root = await host.process(await start(tree, "cmd.exe"));
    let children = await root.children();
    await eventually(async () => {
      children = await root.children();
      expect(children).to.have.length(1);
    }, 30_000);
    const killed = await root.killTree();
    expect(killed.targets.map(({ ref }) => ref?.pid).sort()).to.deep.equal([root.pid, children[0]?.pid].sort());
    expect(killed.survivors).to.deep.equal([]);
    expect(await children[0]?.isRunning()).to.equal(false);
  });

  it("waits for many, and lends a suspension", async () => {
    const [short, long] = [
      await host.process(await idle("hostscope-short", "setTimeout(() => process.exit(4), 3_000)")),
      await host.process(await idle("hostscope-long")),
    ];
    const { gone, alive } = await host.waitProcs([short, long], { timeout: 6 });
    expect(gone.map(({ pid, returncode }) => [pid, returncode])).to.deep.equal([[short.pid, 4]]);
    expect(alive.map(({ pid }) => pid)).to.deep.equal([long.pid]);
    {
      await using lease = await long.suspend({ lease: 30 });
      expect(lease).to.be.an("object");
      expect(await long.status()).to.equal("stopped");
    }
    await eventually(async () => expect(await long.status()).to.equal("running"));
  });

  it("signals those that were shown, and reaps children", async () => {
    const tree = () => startOnWindows("cmd", "/c", nodePathOnWindows(), "-e", "setInterval(Date,6e4)");
    const root = await host.process(await start(tree, "cmd.exe"));
    await eventually(async () => expect(await root.children()).to.have.length(1), 30_000);
    const preview = await host.previewSignal({ name: "cmd.exe" }, "SIGSTOP");
    expect(preview.matches.map(({ ref }) => ref?.pid)).to.deep.equal([root.pid]);
    await preview.commit();
    expect(await root.status()).to.equal("stopped");
    const reaped = await root.reap({ grace: 1, timeout: 10 });
    expect(reaped.targets).to.have.length(1);
    expect(reaped.survivors).to.deep.equal([]);
    await root.kill();
    expect(await root.wait({ timeout: 30 })).to.equal(15);
  });

  it("refuses to end itself, its services and what it cannot do", async () => {
    const info = await host.hostInfo();
    expect(info.methods).to.not.include("Sensors.SensorsFans");
    expect(await failureOf(host.sensorsTemperatures()))
      .to.be.instanceOf(Unsupported)
      .and.include({ platform: "windows" });
    for await (const {
      pid,
      info: { name, cmdline },
    } of host.processIter({ attrs: ["name", "cmdline"] })) {
      if (name !== "services.exe" && !cmdline?.some((argument) => argument.endsWith("main.mjs"))) continue;
      expect(await failureOf((await host.process(pid)).kill()), name ?? "").to.be.instanceOf(FailedPrecondition);
    }
    expect(await failureOf(host.process(0))).to.be.instanceOf(Error);
    const process = await host.process(await idle("hostscope-limits"));
    expect(await failureOf(process.rlimit("nofile"))).to.be.instanceOf(Unsupported);
    expect(await failureOf(process.sendSignal(1))).to.be.instanceOf(FailedPrecondition);
    expect(await failureOf(process.sendSignal(7))).to.be.instanceOf(InvalidArgument);
    expect(AccessDenied).to.be.a("function");
  });

  it("has drives, volumes and interfaces", async () => {
    const drives = await host.diskPartitions();
    expect(drives.map(({ mountpoint }) => mountpoint)).to.include("C:\\");
    expect(drives.find(({ device }) => device === "C:\\")?.opts).to.match(/^rw,/);
    const usage = await host.diskUsage("C:\\");
    expect(usage.used + usage.free).to.equal(usage.total);
    expect(await host.diskUsage("C:\\windows\\system32\\ntdll.dll")).to.include({ total: usage.total }); // a file, as psutil 8 takes it
    expect(await failureOf(host.diskUsage("C:\\no such folder"))).to.be.instanceOf(Error);
    expect(await failureOf(host.diskUsage("windows"))).to.be.instanceOf(InvalidArgument);
    const addresses = await host.netIfAddrs();
    const all = Object.values(addresses).flat();
    expect(all.some(({ address }) => address === "127.0.0.1")).to.equal(true);
    expect(Object.keys(await host.netIfStats())).to.have.members(Object.keys(addresses));
    expect((await host.netIoCounters())?.bytesRecv).to.be.greaterThan(0);
  });
});
