// SPDX-License-Identifier: Apache-2.0

import { setTimeout as sleep } from "node:timers/promises";
import {
  Cancelled,
  DeadlineExceeded,
  type EndedProcess,
  InvalidArgument,
  type Process,
  TimeoutExpired,
} from "@hostscope/client";
import { expect } from "chai";
import { eventually } from "../support/eventually.ts";
import { describeOnEveryTransport } from "../support/every-transport.ts";
import { zombieProcess } from "../support/hostile-process.ts";
import { machine, type Target } from "../support/machine/machine.ts";
import { nursery } from "../support/nursery.ts";
import { itProves } from "../support/proofs.ts";
import { underWay } from "../support/under-way.ts";

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

/** What may be told of a code: where the kernel tells it to the parent alone, nothing. */
const told = (code: number) => (machine.knowsCodes ? [code] : [code, null]);

describeOnEveryTransport("Waiting for processes", (host) => {
  let target: Target;
  let started: Target[] = [];
  beforeEach(async () => {
    target = await machine.target();
    started = [target];
  });
  afterEach(() => Promise.all(started.map((each) => each.stop())));
  const more = async () => {
    const each = await machine.target();
    started.push(each);
    return each;
  };

  itProves(
    "wait() gives the exit code of a process that another one started, and keeps it",
    ["process.wait"],
    async () => {
      for (const code of [0, 7, 255]) {
        const ending = await more();
        const process = await host().process(ending.pid);
        const waiting = process.wait({ timeout: 60 });
        await underWay(process);
        await ending.exit(code);
        const found = await waiting;
        expect(found).to.be.oneOf(told(code));
        expect(await process.isRunning()).to.equal(false);
        expect(await process.wait({ timeout: 0 })).to.equal(found);
      }
    },
  );

  it("wait() with a timeout fails with TimeoutExpired, which says how long and for whom", async () => {
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
    const process = await host().process(target.pid);
    await target.stop();
    expect(await process.wait()).to.be.oneOf([machine.codes.stop, null]);
    expect(await process.wait({ timeout: 0 })).to.be.oneOf([machine.codes.stop, null]);
  });

  it("stopped is not ended", async () => {
    const stopped = await host().process(target.pid);
    await stopped.suspend();
    expect(await failure(stopped.wait({ timeout: 0.2 }))).to.be.instanceOf(TimeoutExpired);
  });

  it("wait() refuses what is no time, and ends with its signal and its deadline", async () => {
    const process = await host().process(target.pid);
    for (const timeout of [-1, Number.NaN, "1" as unknown as number]) {
      expect(await failure(process.wait({ timeout })), String(timeout)).to.be.instanceOf(InvalidArgument);
    }
    const aborted = failure(process.wait({ signal: AbortSignal.timeout(100) }));
    const late = failure(process.wait({ timeoutMs: 100 }));
    expect(await aborted).to.be.instanceOf(Cancelled);
    expect(await late).to.be.instanceOf(DeadlineExceeded);
  });

  itProves("waitProcs() tells of each as it ends, and of those that live on", ["host.waitProcs"], async () => {
    const ending = [await more(), await more(), await more()];
    const processes = await Promise.all([...ending, target].map(({ pid }) => host().process(pid)));
    const seen: EndedProcess[] = [];
    const waiting = host().waitProcs([...processes, ...processes], { timeout: 8, callback: (p) => void seen.push(p) });
    await underWay(processes[0] as Process);
    for (const [index, each] of [...ending].reverse().entries()) {
      await each.exit(index + 1);
      for (let waited = 0; seen.length <= index && waited < 2_000; waited += 10) await sleep(10);
    }
    const { gone, alive } = await waiting;
    expect(seen).to.deep.equal(gone);
    expect(gone.map(({ pid }) => pid)).to.deep.equal(ending.map(({ pid }) => pid).reverse());
    for (const [index, process] of gone.entries()) expect(process.returncode).to.be.oneOf(told(index + 1));
    expect(alive.map(({ pid }) => pid)).to.deep.equal([target.pid]);
    expect(alive[0]).to.equal(processes[3]);
  });

  it("waitProcs() of none, with timeout 0, and of what is no process", async () => {
    expect(await host().waitProcs([])).to.deep.equal({ gone: [], alive: [] });
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
    const process = await host().process(target.pid);
    const waiting = Array.from({ length: 200 }, (_, index) => process.wait({ timeout: 30 + (index % 2) }));
    expect(await process.name()).to.be.a("string");
    await target.stop();
    for (const code of await Promise.all(waiting)) expect(code).to.be.oneOf([machine.codes.stop, null]);
  });
});

describeOnEveryTransport("Waiting for processes that a parent collects, or does not", (host) => {
  let others: Awaited<ReturnType<typeof nursery>>;
  before(async () => {
    others = await nursery();
  });
  after(() => others?.stop());

  it("wait() gives the exit code of a grandchild that its parent collects", async () => {
    const pid = await others.start(7);
    const process = await host().process(pid);
    const waiting = process.wait();
    await underWay(process);
    globalThis.process.kill(pid, "SIGUSR1");
    expect(await waiting).to.be.oneOf(told(7));
    // It has ended before its parent collects it.
    await eventually(async () => expect(await process.isRunning()).to.equal(false));
  });

  it("wait() gives the negative number of the signal, and keeps it", async () => {
    const pid = await others.start(7);
    const process = await host().process(pid);
    const waiting = process.wait({ timeout: 60 });
    await underWay(process);
    globalThis.process.kill(pid, "SIGKILL");
    const code = await waiting;
    expect(code).to.be.oneOf(told(-9));
    expect(await process.wait({ timeout: 0 })).to.equal(code);
  });

  it("a zombie has ended", async () => {
    const parent = await zombieProcess();
    try {
      const zombie = await host().process(parent.zombie);
      expect(await zombie.wait({ timeout: 30 })).to.be.oneOf([7, null]);
    } finally {
      await parent.stop();
    }
  });
});
