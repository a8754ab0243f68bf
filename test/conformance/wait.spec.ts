// SPDX-License-Identifier: Apache-2.0

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { Cancelled, DeadlineExceeded, type EndedProcess, InvalidArgument, TimeoutExpired } from "@hostscope/client";
import { expect } from "chai";
import { describeOnEveryTransport } from "../support/every-transport.ts";
import { pythonProcess, type TestProcess, zombieProcess } from "../support/hostile-process.ts";

/** A process that starts others and collects them; each ends when it is told to, and all do with it. */
async function nursery() {
  const program = `
import os, signal, sys, threading, time
def child(code):
    signal.signal(signal.SIGUSR1, lambda *_: os._exit(code))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(60)
    while True: signal.pause()
for line in sys.stdin:
    code = int(line)
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)
    pid = os.fork()
    if pid == 0: child(code)
    def collect(pid):
        os.waitpid(pid, 0)
    threading.Thread(target=collect, args=(pid,), daemon=True).start()
    time.sleep(0.05)
    print(pid, flush=True)
`;
  const child = spawn("python3", ["-c", program], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const pids: number[] = [];
  return {
    async start(code: number): Promise<number> {
      child.stdin.write(`${code}\n`);
      const pid = Number((await lines.next()).value);
      pids.push(pid);
      return pid;
    },
    async stop() {
      // They are children of one that lives: their pids are their own until it is told of.
      child.stdin.end();
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    },
  };
}

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describeOnEveryTransport("Waiting for processes", (host) => {
  let target: TestProcess;
  let others: Awaited<ReturnType<typeof nursery>>;
  before(async () => {
    others = await nursery();
  });
  after(() => others?.stop());
  afterEach(() => target?.stop());

  it("wait() gives the exit code of a process that another one started and collects", async () => {
    const pid = await others.start(7);
    const process = await host().process(pid);
    const waiting = process.wait();
    await sleep(50);
    globalThis.process.kill(pid, "SIGUSR1");
    // Kernels before 6.15 tell it to the parent alone.
    expect(await waiting).to.be.oneOf([7, null]);
    expect(await process.isRunning()).to.equal(false);
  });

  it("wait() gives the negative number of the signal, and keeps it", async () => {
    const pid = await others.start(7);
    const process = await host().process(pid);
    const waiting = process.wait({ timeout: 60 });
    globalThis.process.kill(pid, "SIGKILL");
    const code = await waiting;
    expect(code).to.be.oneOf([-9, null]);
    expect(await process.wait({ timeout: 0 })).to.equal(code);
  });

  it("wait() with a timeout fails with TimeoutExpired, which says how long and for whom", async () => {
    target = await pythonProcess("");
    const process = await host().process(target.pid);
    for (const timeout of [0, 0.1]) {
      const started = performance.now();
      const error = (await failure(process.wait({ timeout }))) as TimeoutExpired;
      expect(error).to.be.instanceOf(TimeoutExpired);
      expect(error).to.include({ pid: target.pid, seconds: timeout, code: "timeout_expired", host: host().target });
      expect(performance.now() - started).to.be.at.least(timeout * 1000 - 1);
    }
  });

  it("wait() of a process that is gone returns at once", async () => {
    target = await pythonProcess("");
    const process = await host().process(target.pid);
    await target.stop();
    expect(await process.wait()).to.be.oneOf([-9, null]);
    expect(await process.wait({ timeout: 0 })).to.be.oneOf([-9, null]);
  });

  it("a zombie has ended, and stopped is not ended", async () => {
    const parent = await zombieProcess();
    try {
      const zombie = await host().process(parent.zombie);
      expect(await zombie.wait({ timeout: 30 })).to.be.oneOf([7, null]);
    } finally {
      await parent.stop();
    }
    target = await pythonProcess("");
    target.child.kill("SIGSTOP");
    const stopped = await host().process(target.pid);
    expect(await failure(stopped.wait({ timeout: 0.2 }))).to.be.instanceOf(TimeoutExpired);
  });

  it("wait() refuses what is no time, and ends with its signal and its deadline", async () => {
    target = await pythonProcess("");
    const process = await host().process(target.pid);
    for (const timeout of [-1, Number.NaN, "1" as unknown as number]) {
      expect(await failure(process.wait({ timeout })), String(timeout)).to.be.instanceOf(InvalidArgument);
    }
    const aborted = failure(process.wait({ signal: AbortSignal.timeout(100) }));
    const late = failure(process.wait({ timeoutMs: 100 }));
    expect(await aborted).to.be.instanceOf(Cancelled);
    expect(await late).to.be.instanceOf(DeadlineExceeded);
  });

  it("waitProcs() tells of each as it ends, and of those that live on", async () => {
    target = await pythonProcess("");
    const pids = [await others.start(1), await others.start(2), await others.start(3)];
    const processes = await Promise.all([...pids, target.pid].map((pid) => host().process(pid)));
    const seen: EndedProcess[] = [];
    const waiting = host().waitProcs([...processes, ...processes], { timeout: 5, callback: (p) => void seen.push(p) });
    for (const [index, pid] of [...pids].reverse().entries()) {
      globalThis.process.kill(pid, "SIGUSR1");
      for (let waited = 0; seen.length <= index && waited < 4_000; waited += 10) await sleep(10);
    }
    const { gone, alive } = await waiting;
    expect(seen).to.deep.equal(gone);
    expect(gone.map(({ pid }) => pid)).to.deep.equal([...pids].reverse());
    for (const process of gone) expect(process.returncode).to.be.oneOf([pids.indexOf(process.pid) + 1, null]);
    expect(alive.map(({ pid }) => pid)).to.deep.equal([target.pid]);
    expect(alive[0]).to.equal(processes[3]);
  });

  it("waitProcs() of none, with timeout 0, and of what is no process", async () => {
    expect(await host().waitProcs([])).to.deep.equal({ gone: [], alive: [] });
    target = await pythonProcess("");
    const process = await host().process(target.pid);
    expect(await host().waitProcs([process], { timeout: 0 })).to.deep.equal({ gone: [], alive: [process] });
    await target.stop();
    expect((await host().waitProcs([process], { timeout: 0 })).gone).to.deep.equal([process]);
    expect(await failure(host().waitProcs([target.pid] as never))).to.be.instanceOf(InvalidArgument);
    expect(await failure(host().waitProcs([process], { timeout: -1 }))).to.be.instanceOf(InvalidArgument);
    const broken = new Error("of the caller's own");
    const callback = () => {
      throw broken;
    };
    expect(await failure(host().waitProcs([process], { callback }))).to.equal(broken);
  });

  it("many waits for one process and for many take no more calls than a connection has", async () => {
    target = await pythonProcess("");
    const process = await host().process(target.pid);
    const waiting = Array.from({ length: 200 }, (_, index) => process.wait({ timeout: 30 + (index % 2) }));
    expect(await process.name()).to.be.a("string");
    target.child.kill("SIGKILL");
    for (const code of await Promise.all(waiting)) expect(code).to.be.oneOf([-9, null]);
  });
});
