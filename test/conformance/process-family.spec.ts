// SPDX-License-Identifier: Apache-2.0

import { setTimeout as sleep } from "node:timers/promises";
import { NoSuchProcess } from "@hostscope/client";
import { expect } from "chai";
import { describeOnEveryTransport } from "../support/every-transport.ts";
import { pythonProcess, type TestProcess } from "../support/hostile-process.ts";
import { machine, type Oracle, type Target, type TargetFacts } from "../support/machine/machine.ts";
import { itProves } from "../support/proofs.ts";
import { PsutilOracle } from "../support/psutil-oracle.ts";
import { requirePsutil } from "../support/python.ts";

/** Children end with their parents, so that no test leaves any behind. `child(work)` starts one that works and waits. */
const PRELUDE = `
def child(work=lambda: None):
    ready, told = os.pipe()
    pid = os.fork()
    if pid != 0:
        os.close(told)
        os.read(ready, 1)
        os.close(ready)
        return pid
    ctypes.CDLL(None).prctl(1, 9, 0, 0, 0)
    os.close(ready)
    work()
    os.write(told, b"x")
    os.close(told)
    time.sleep(60)
    os._exit(0)
`;

const pidsOf = (processes: readonly { pid: number }[]) => processes.map(({ pid }) => pid);

/** All pids below, each before its own children. */
const below = ({ children }: TargetFacts): number[] => children.flatMap((child) => [child.pid, ...below(child)]);

describeOnEveryTransport("A family of processes", (host) => {
  let oracle: Oracle;
  let target: Target;
  before(async function () {
    oracle = await machine.oracle(this);
  });
  after(() => oracle?.stop());
  afterEach(() => target?.stop());
  const family = async (children: readonly number[]) => {
    target = await machine.target({ children });
    return host().process(target.pid);
  };
  const parentsBy = async (pid: number): Promise<number[]> => {
    const rows = await oracle.system<{ pid: number; ppid: number }[]>("processes");
    const parents = new Map(rows.map((row) => [row.pid, row.ppid]));
    const line: number[] = [];
    for (let at = parents.get(pid); at !== undefined && parents.has(at); at = parents.get(at)) line.push(at);
    return line;
  };

  itProves("has children and theirs, as the processes know them", ["process.children"], async () => {
    const root = await family([3, 2, 1]);
    const direct = await root.children();
    expect(pidsOf(direct)).to.have.members(target.facts.children.map(({ pid }) => pid));
    const all = await root.children({ recursive: true });
    expect(all).to.have.length(3 + 3 * 2 + 3 * 2);
    expect(pidsOf(all)).to.have.members(below(target.facts));
    for (const each of all) {
      expect(each.ref).to.deep.equal((await host().process(each.pid)).ref);
      expect(await each.name()).to.be.a("string"); // its ref passes the verification of every read
    }
  });

  itProves("has parents up to the first of all", ["process.parent", "process.parents", "process.ppid"], async () => {
    const root = await family([1, 1, 1, 1]);
    const line = await root.children({ recursive: true });
    expect(line).to.have.length(4);
    for (const each of [root, ...line]) {
      const parents = await each.parents();
      expect(pidsOf(parents)).to.deep.equal(await parentsBy(each.pid));
      const parent = await each.parent();
      expect(parent?.ref ?? null).to.deep.equal(parents[0]?.ref ?? null);
      if (parent !== null) expect(await each.ppid()).to.equal(parent.pid);
    }
    const ancestors = pidsOf((await line.at(-1)?.parents()) ?? []);
    expect(ancestors.slice(0, 4)).to.deep.equal([root.pid, ...pidsOf(line.slice(0, -1))].reverse());
  });

  it("has nothing left to tell of once it has ended", async () => {
    const root = await family([1]);
    await target.stop();
    const calls = [
      () => root.parent(),
      () => root.parents(),
      () => root.children(),
      () => root.children({ recursive: true }),
    ];
    for (const call of calls) {
      const error = await call().catch((failure: unknown) => failure);
      expect(error).to.be.instanceOf(NoSuchProcess);
      expect(error).to.have.property("pid", root.pid);
    }
  });
});

describeOnEveryTransport("Families of processes against psutil", (host) => {
  let psutil: PsutilOracle;
  let target: TestProcess;
  before(async function () {
    psutil = new PsutilOracle(requirePsutil.call(this));
  });
  after(() => psutil?.stop());
  afterEach(() => target?.stop());
  const family = async (body: string) => {
    target = await pythonProcess(PRELUDE + body);
    return host().process(target.pid);
  };
  const theirs = (pid: number, call: string) =>
    psutil.value<number[]>(`[p.pid for p in psutil.Process(${pid}).${call}]`);

  it("children and theirs, in psutil's order", async () => {
    const root = await family(`
def grow(depth):
    for _ in range(depth): child(lambda: grow(depth - 1))
grow(3)
`);
    const direct = await root.children();
    expect(direct).to.have.length(3);
    expect(pidsOf(direct)).to.deep.equal(await theirs(root.pid, "children()"));
    const all = await root.children({ recursive: true });
    expect(all).to.have.length(3 + 3 * 2 + 3 * 2);
    expect(pidsOf(all)).to.deep.equal(await theirs(root.pid, "children(recursive=True)"));
    for (const each of all) {
      expect(each.ref).to.deep.equal((await host().process(each.pid)).ref);
      expect(await each.name()).to.be.a("string"); // its ref passes the verification of every read
    }
  });

  it("the parents of the last of a long line, and of every one before it", async () => {
    const root = await family("def grow(depth): depth and child(lambda: grow(depth - 1))\ngrow(12)");
    const line = await root.children({ recursive: true });
    expect(line).to.have.length(12);
    for (const each of [root, ...line]) {
      const parents = await each.parents();
      expect(pidsOf(parents)).to.deep.equal(await theirs(each.pid, "parents()"));
      const parent = await each.parent();
      expect(parent?.ref ?? null).to.deep.equal(parents[0]?.ref ?? null);
    }
    const ancestors = await (line.at(-1) as NonNullable<(typeof line)[0]>).parents();
    expect(pidsOf(ancestors).slice(0, 12)).to.deep.equal([root.pid, ...pidsOf(line.slice(0, -1))].reverse());
    expect(pidsOf(ancestors)).to.include(process.pid);
  });

  it("the first of all processes has no parent", async () => {
    const first = await host().process(1);
    expect(await first.parent()).to.equal(null);
    expect(await first.parents()).to.deep.equal([]);
  });

  it("a zombie is a child, and has a parent and no children", async () => {
    const root = await family(
      "pid = os.fork()\nif pid == 0: os._exit(0)\nos.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)",
    );
    const children = await root.children();
    expect(pidsOf(children)).to.deep.equal(await theirs(root.pid, "children()"));
    const [zombie] = children;
    expect(await zombie?.status()).to.equal("zombie");
    expect((await zombie?.parent())?.pid).to.equal(root.pid);
    expect(await zombie?.children({ recursive: true })).to.deep.equal([]);
  });

  it("a child belongs to another once its parent has ended", async () => {
    const root = await family(`
def orphan():
    if os.fork() == 0:
        time.sleep(60)
        os._exit(0)
gone = child(orphan)
`);
    const [between, orphan] = await root.children({ recursive: true });
    expect((await orphan?.parent())?.pid).to.equal(between?.pid);
    process.kill(between?.pid as number, "SIGKILL");
    for (let waited = 0; (await orphan?.ppid()) === between?.pid && waited < 5000; waited += 20) await sleep(20);
    const heir = await orphan?.parent();
    expect(heir?.pid).to.equal((await theirs(orphan?.pid as number, "parents()"))[0]);
    expect(heir?.pid).not.to.equal(between?.pid);
    expect(pidsOf(await root.children({ recursive: true }))).to.deep.equal([between?.pid]);
    process.kill(orphan?.pid as number, "SIGKILL");
  });

  it("a thread's id has its process's parent, and no children, as in psutil", async () => {
    const root = await family(`
import threading
made = threading.Event()
def thread():
    child()
    made.set()
    time.sleep(60)
threading.Thread(target=thread, daemon=True).start()
made.wait()
`);
    const [, thread] = await root.threads();
    const alias = await host().process(thread?.id as number);
    expect((await alias.parent())?.pid).to.equal(process.pid);
    expect(await alias.children()).to.deep.equal([]);
    expect(await theirs(alias.pid, "children()")).to.deep.equal([]);
    expect(await root.children()).to.have.length(1);
  });
});
