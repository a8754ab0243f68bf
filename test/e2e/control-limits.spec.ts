// SPDX-License-Identifier: Apache-2.0

import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AccessDenied, FailedPrecondition, type Host, open, type Process } from "@hostscope/client";
import { expect } from "chai";
import { type AgentProcess, startAgent, startAgentAs } from "../support/agent-process.ts";
import { eventually } from "../support/eventually.ts";
import { failureOf } from "../support/failure-of.ts";
import { pythonProcess, type TestProcess } from "../support/hostile-process.ts";
import { requireMachine, requireRoot } from "../support/oracle.ts";
import { isRunning } from "../support/process-tree.ts";

const NOBODY = 65534;
const IS_ROOT = process.getuid?.() === 0;
const EPERM = 1;
const EACCES = 13;
const CGROUPS = ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"].find((path) => existsSync(join(path, "cgroup.procs")));

/** A child that stays and one that is called `name`. */
const FAMILY = (name: string) => `
signal.alarm(90)
def child(work):
    ready, told = os.pipe()
    pid = os.fork()
    if pid: return os.read(ready, 1)
    signal.alarm(90)
    work()
    os.write(told, b"x")
    while True: time.sleep(60)
child(lambda: None)
child(lambda: rename(b"${name}"))
`;

describe("Control by an agent without privileges", () => {
  let agent: AgentProcess;
  let host: Host;
  before(async function () {
    requireRoot.call(this);
    agent = await startAgentAs(NOBODY);
    host = await open(agent.target);
  });
  after(async () => {
    await host?.close();
    await agent?.stop();
  });

  // But for SIGCONT, which anybody may send within a session.
  it("is denied for another user's process, each call by the system's own word", async () => {
    const target = await pythonProcess("");
    try {
      const process = await host.process(target.pid);
      for (const act of [
        () => process.sendSignal("SIGTERM"),
        () => process.suspend(),
        () => process.terminate(),
        () => process.kill(),
        () => process.nice(5),
        () => process.ionice("idle"),
        () => process.cpuAffinity([0]),
        () => process.rlimit("core", [0, 0]),
      ]) {
        const error = await failureOf(act());
        expect(error, `${act}`).to.be.instanceOf(AccessDenied).and.include({ pid: target.pid });
        expect((error as { osError: number }).osError, `${act}`).to.be.oneOf([EPERM, EACCES]);
      }
      const tree = await process.killTree({ timeout: 1 });
      expect(tree.targets.map(({ outcome, osError, ended }) => ({ outcome, osError, ended }))).to.deep.equal([
        { outcome: "denied", osError: EPERM, ended: false },
      ]);
      expect(tree.survivors.map(({ pid }) => pid)).to.deep.equal([target.pid]);
      expect(readFileSync(`/proc/${target.pid}/stat`, "latin1")).to.contain(") S ");
    } finally {
      await target.stop();
    }
  });

  it("works for the agent's own user, but for what only root may", async () => {
    const { spawn } = await import("node:child_process");
    const child = spawn("sleep", ["60"], { uid: NOBODY });
    try {
      let process = await host.process(child.pid as number);
      await eventually(async () => {
        process = await host.process(child.pid as number);
        expect(await process.uids()).to.have.property("real", NOBODY);
      });
      await process.nice(5);
      const raised = await failureOf(process.nice(-5));
      expect(raised).to.be.instanceOf(AccessDenied).and.include({ osError: EACCES });
      await process.rlimit("nofile", [10, 20]);
      expect(await failureOf(process.rlimit("nofile", [10, 30])))
        .to.be.instanceOf(AccessDenied)
        .and.include({ osError: EPERM });
      expect(await failureOf(process.ionice("rt", 0))).to.be.instanceOf(AccessDenied);
      expect(await process.kill()).to.deep.equal({ guarantee: "atomic" });
    } finally {
      child.kill("SIGKILL");
    }
  });
});

describe("Processes that the agent's operator named", () => {
  let agent: AgentProcess;
  let host: Host;
  let target: TestProcess;
  let process: Process;
  before(async () => {
    agent = await startAgent("--protect", "hs-nobody,hs-spared", "--protect=hs-much-longer-name");
    host = await open(agent.target);
  });
  after(async () => {
    await host?.close();
    await agent?.stop();
  });
  afterEach(() => target?.stop());
  const start = async (body: string) => {
    target = await pythonProcess(body);
    process = await host.process(target.pid);
    return process;
  };

  it("are not signalled, by whatever call", async () => {
    for (const name of ["hs-spared", "hs-much-longer-"]) {
      await start(`rename(b"${name}")`);
      for (const act of [
        () => process.kill(),
        () => process.suspend(),
        () => process.killTree(),
        () => process.reap(),
      ]) {
        expect(await failureOf(act()), `${act}`).to.be.instanceOf(FailedPrecondition);
      }
      expect(isRunning(target.pid)).to.equal(true);
      await process.nice(3);
      await target.stop();
    }
    await start('rename(b"hs-sparedx")');
    await process.kill();
    await eventually(() => expect(isRunning(target.pid)).to.equal(false));
  });

  it("are left alone in a tree that ends", async () => {
    await start(FAMILY("hs-spared"));
    const [first, spared] = (await process.children()).map(({ pid }) => pid) as [number, number];
    const reaped = await process.reap({ grace: 5 });
    expect(reaped.targets.map(({ ref, outcome }) => [ref?.pid, outcome])).to.have.deep.members([
      [first, "signalled"],
      [spared, "protected"],
    ]);
    expect(reaped.survivors.map(({ pid }) => pid)).to.deep.equal([spared]);
    const killed = await process.killTree();
    const outcomes = new Map(killed.targets.map(({ ref, outcome }) => [ref?.pid, outcome]));
    expect(outcomes.get(target.pid)).to.equal("signalled");
    expect(outcomes.get(spared)).to.equal("protected");
    expect(killed.survivors.map(({ pid }) => pid)).to.deep.equal([spared]);
    expect(killed.byCgroup).to.equal(false);
    expect(readFileSync(`/proc/${spared}/stat`, "latin1")).to.contain(") S ");
    globalThis.process.kill(spared, "SIGKILL");
  });
});

describe("A tree with a control group of its own", () => {
  let host: Host;
  let target: TestProcess;
  const folder = join(CGROUPS ?? "", `hostscope-kill-${process.pid}`);
  before(async function () {
    requireMachine.call(this, "control groups of version 2 that one may make", IS_ROOT && CGROUPS !== undefined);
    mkdirSync(folder);
    requireMachine.call(this, "cgroup.kill (Linux 5.14)", existsSync(join(folder, "cgroup.kill")));
    host = await open("local:");
  });
  after(async () => {
    await host?.close();
    if (existsSync(folder)) await eventually(() => rmdirSync(folder));
  });
  afterEach(() => target?.stop());
  const grouped = async (body: string) => {
    target = await pythonProcess(`open("${folder}/cgroup.procs", "w").write(str(os.getpid()))\n${body}`);
    return host.process(target.pid);
  };

  it("ends as one", async () => {
    const root = await grouped(FAMILY("any"));
    const found = await root.killTree();
    expect(found).to.deep.include({ byCgroup: true, survivors: [] });
    expect(found.targets).to.have.length(3);
    for (const { outcome, guarantee, ended } of found.targets) {
      expect({ outcome, guarantee, ended }).to.deep.equal({ outcome: "signalled", guarantee: "atomic", ended: true });
    }
    expect(readFileSync(join(folder, "cgroup.procs"), "utf8")).to.equal("");
  });

  it("does not if anybody else is in it, who lives on", async () => {
    const stranger = await pythonProcess("");
    try {
      writeFileSync(join(folder, "cgroup.procs"), String(stranger.pid));
      const root = await grouped(FAMILY("any"));
      expect(await root.killTree()).to.deep.include({ byCgroup: false, survivors: [] });
      expect(isRunning(stranger.pid)).to.equal(true);
    } finally {
      await stranger.stop();
    }
  });
});
