// SPDX-License-Identifier: Apache-2.0

import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InvalidArgument, type KillTreeResponse, NoSuchProcess, type Process } from "@hostscope/client";
import { expect } from "chai";
import { eventually } from "../support/eventually.ts";
import { describeOnEveryTransport } from "../support/every-transport.ts";
import { failureOf } from "../support/failure-of.ts";
import { pythonProcess, type TestProcess } from "../support/hostile-process.ts";
import { machine, type Oracle, type Target, type TargetFacts } from "../support/machine/machine.ts";
import { plainEnvironment } from "../support/plain-environment.ts";
import { descendants, isRunning } from "../support/process-tree.ts";
import { itProves } from "../support/proofs.ts";
import { runs } from "../support/runs.ts";

/** Everything that a test starts ends by itself after a minute, and says which pids it has in the file named first. */
const PRELUDE = `
signal.alarm(90)
def note(): open(sys.argv[1], "a").write(str(os.getpid()) + "\\n")
def stay():
    signal.alarm(90)
    note()
    while True: time.sleep(60)
def child(work=stay):
    pid = os.fork()
    if pid == 0:
        try: work()
        finally: os._exit(0)
    return pid
note()
os.setsid()
`;

const pidsOf = (found: Pick<KillTreeResponse, "targets">) => found.targets.map(({ ref }) => ref?.pid as number);

const below = ({ children }: TargetFacts): number[] => children.flatMap((child) => [child.pid, ...below(child)]);

describeOnEveryTransport("A tree of processes", (host) => {
  let oracle: Oracle;
  let target: Target;
  before(async function () {
    oracle = await machine.oracle(this);
  });
  after(() => oracle?.stop());
  afterEach(() => target?.stop());
  const start = async (...children: number[]): Promise<Process> => {
    target = await machine.target({ children });
    return host().process(target.pid);
  };
  const running = async (pids: readonly number[]) => {
    const rows = await oracle.system<number[]>("pids");
    return pids.filter((pid) => rows.includes(pid) && (machine.os !== "linux" || isRunning(pid)));
  };

  itProves("ends as a whole, stopped ones included", ["process.killTree"], async () => {
    const root = await start(2, 2);
    const all = [root.pid, ...below(target.facts)];
    expect(await running(all)).to.have.length(7);
    await (await host().process(all[2] as number)).suspend();
    const found = await root.killTree({ reason: "test" });
    expect(pidsOf(found)).to.have.members(all);
    for (const each of found.targets) {
      expect(each).to.include({ outcome: "signalled", guarantee: "atomic", ended: true, osError: null });
    }
    expect(found).to.deep.include({ survivors: [], byCgroup: false });
    await eventually(async () => expect(await running(all)).to.deep.equal([]));
    await target.stop(); // until its parent has heard of its end, it may be there, as a zombie
    expect(await failureOf(root.killTree())).to.be.instanceOf(NoSuchProcess);
  });

  it("leaves its root alone if told so", async () => {
    const root = await start(2);
    const found = await root.killTree({ keepRoot: true });
    expect(pidsOf(found)).to.have.members(below(target.facts));
    await eventually(async () => expect(await running(below(target.facts))).to.deep.equal([]));
    await runs(target);
  });

  it("is waited for no longer than the caller likes, and killed all the same", async () => {
    const root = await start(4);
    const found = await root.killTree({ timeout: 0 });
    expect(found.targets).to.have.length(5);
    await eventually(async () => expect(await running(below(target.facts))).to.deep.equal([]));
  });

  it("cannot be ended with times that make no sense", async () => {
    const root = await start(1);
    for (const timeout of [-1, 61, Number.NaN, "5"]) {
      expect(await failureOf(root.killTree({ timeout: timeout as number }))).to.be.instanceOf(InvalidArgument);
      expect(await failureOf(root.reap({ grace: timeout as number }))).to.be.instanceOf(InvalidArgument);
    }
    await runs(target);
  });

  itProves("is reaped: its children end, their own only if that is asked for", ["process.reap"], async () => {
    const root = await start(2, 1);
    const children = target.facts.children.map(({ pid }) => pid);
    const found = await root.reap({ grace: 1, timeout: 10 });
    const pids = (refs: readonly { pid: number }[]) => refs.map(({ pid }) => pid);
    expect(pidsOf(found)).to.have.members(children);
    expect([...pids(found.terminated), ...pids(found.killed)]).to.have.members(children);
    expect(found.survivors).to.deep.equal([]);
    expect(await running(children)).to.deep.equal([]);
    await runs(target);
  });
});

let made = 0;

describeOnEveryTransport("A tree of processes on Linux", (host) => {
  let target: TestProcess;
  let file: string;
  const noted = () => readFileSync(file, "utf8").trim().split("\n").map(Number);
  const start = async (body: string, count: number): Promise<Process> => {
    file = join(tmpdir(), `hostscope-tree-${process.pid}-${++made}`);
    target = await pythonProcess(PRELUDE + body, [file]);
    await eventually(() => expect(noted()).to.have.length(count));
    return host().process(target.pid);
  };
  afterEach(async () => {
    await target?.stop();
    for (const pid of noted()) {
      if (isRunning(pid)) process.kill(pid, "SIGKILL");
    }
    rmSync(file, { force: true });
  });

  it("ends as a whole: children and theirs, stopped ones, and those that ignore all else", async () => {
    const root = await start(
      `
def grow(depth):
    for _ in range(2 if depth else 0): child(lambda: (grow(depth - 1), stay()))
grow(4)
child(lambda: (note(), os.kill(os.getpid(), signal.SIGSTOP), stay()))
child(lambda: ([signal.signal(n, signal.SIG_IGN) for n in (1, 2, 15)], stay()))
`,
      1 + 30 + 2,
    );
    const found = await root.killTree({ reason: "test" });
    expect(pidsOf(found)[0]).to.equal(root.pid);
    expect(pidsOf(found)).to.have.members(noted());
    for (const each of found.targets) {
      expect(each).to.include({ outcome: "signalled", guarantee: "atomic", ended: true, osError: null });
    }
    expect(found).to.deep.include({ survivors: [], byCgroup: false });
    for (const pid of noted()) expect(isRunning(pid), String(pid)).to.equal(false);
    await target.stop(); // until its parent has heard of its end, it is there, as a zombie
    expect(await failureOf(root.killTree())).to.be.instanceOf(NoSuchProcess);
  });

  it("holds those whose parent has ended, as long as they are of its session", async () => {
    const root = await start("child(lambda: child())", 2);
    const orphan = noted()[1] as number;
    expect(descendants(root.pid)).to.not.include(orphan);
    const found = await root.killTree();
    expect(pidsOf(found)).to.include(orphan);
    expect(isRunning(orphan)).to.equal(false);
  });

  it("leaves its root alone if told so, and what that starts afterwards", async () => {
    const root = await start(
      `
def again(*_):
    if os.waitpid(-1, os.WNOHANG)[0]: child()
child(lambda: (signal.signal(signal.SIGCHLD, signal.SIG_DFL), stay()))
signal.signal(signal.SIGCHLD, again)
`,
      2,
    );
    const first = noted()[1] as number;
    const found = await root.killTree({ keepRoot: true });
    expect(pidsOf(found)).to.deep.equal([first]);
    expect(isRunning(first)).to.equal(false);
    await eventually(() => expect(noted()).to.have.length(3));
    expect(isRunning(noted()[2] as number)).to.equal(true);
    expect(isRunning(root.pid)).to.equal(true);
  });

  it("does not lose those that start while it is killed", async () => {
    // Each lives for a moment and starts its successor: a chain that a plain walk never catches up with.
    const root = await start(
      `
def run():
    note()
    end = time.monotonic() + 60
    while time.monotonic() < end:
        time.sleep(0.004)
        if os.fork(): os._exit(0)
for _ in range(3): child(run)
`,
      1 + 3,
    );
    const found = await root.killTree();
    expect(found.survivors).to.deep.equal([]);
    expect(descendants(root.pid)).to.deep.equal([]);
    const session = String(root.pid);
    const left = execFileSync("ps", ["-e", "-o", "sid=,stat="], { encoding: "utf8", env: plainEnvironment() })
      .split("\n")
      .map((line) => line.trim().split(/\s+/))
      .filter(([sid, stat]) => sid === session && !stat?.startsWith("Z"));
    expect(left).to.deep.equal([]);
  });

  it("of a few hundred ends within the time it is given", async () => {
    const root = await start("for _ in range(400): child()", 401);
    const found = await root.killTree({ timeout: 20 });
    expect(found.targets).to.have.length(401);
    expect(found.survivors).to.deep.equal([]);
  });

  it("is reaped: children are asked first, and those that stay are killed", async () => {
    const root = await start(
      `
child()
child(lambda: (signal.signal(15, signal.SIG_IGN), stay()))
child(lambda: (child(), stay()))
`,
      5,
    );
    const children = (await root.children()).map(({ pid }) => pid);
    const all = (await root.children({ recursive: true })).map(({ pid }) => pid);
    const grandchild = all.find((pid) => !children.includes(pid)) as number;
    const found = await root.reap({ grace: 0.5, timeout: 10 });
    const pids = (refs: readonly { pid: number }[]) => refs.map(({ pid }) => pid);
    expect(found.targets.map(({ ref }) => ref?.pid)).to.have.members(children);
    expect([...pids(found.terminated), ...pids(found.killed)]).to.have.members(children);
    expect(found.killed).to.have.length(1);
    expect(found.survivors).to.deep.equal([]);
    expect(isRunning(root.pid)).to.equal(true);
    expect(isRunning(grandchild)).to.equal(true);
    expect(await root.reap({ recursive: true, grace: 0.2 })).to.deep.include({ survivors: [] });
  });
});
