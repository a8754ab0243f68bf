// SPDX-License-Identifier: Apache-2.0

import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { Aborted, FailedPrecondition, InvalidArgument, NoSuchProcess, type Process } from "@hostscope/client";
import { expect } from "chai";
import { eventually } from "../support/eventually.ts";
import { describeOnEveryTransport } from "../support/every-transport.ts";
import { failureOf } from "../support/failure-of.ts";
import { pythonProcess, type TestProcess, zombieProcess } from "../support/hostile-process.ts";
import { kernelThread } from "../support/kernel-thread.ts";
import { machine, type Target } from "../support/machine/machine.ts";
import { itProves } from "../support/proofs.ts";
import { runs } from "../support/runs.ts";
import { underWay } from "../support/under-way.ts";

/** The kernel's own letter for what the process does. */
const stateOf = (pid: number) => readFileSync(`/proc/${pid}/stat`, "latin1").replace(/.*\) /s, "").charAt(0);

describeOnEveryTransport("Control of a process", (host) => {
  let target: Target;
  afterEach(() => target?.stop());
  const start = async (): Promise<Process> => {
    target = await machine.target();
    return host().process(target.pid);
  };

  const STOPPING = ["process.suspend", "process.resume", "process.status"];
  itProves("stops it and lets it go on, and tells whether that changed anything", STOPPING, async () => {
    const process = await start();
    await runs(target);
    expect(await process.suspend()).to.deep.equal({ guarantee: "atomic", changed: true });
    await eventually(async () => expect(await process.status()).to.equal("stopped"));
    expect(await target.answers()).to.equal(false);
    expect(await process.suspend()).to.deep.equal({ guarantee: "atomic", changed: false });
    expect(await process.resume({ reason: "done" })).to.deep.equal({ guarantee: "atomic", changed: true });
    await runs(target);
    await eventually(async () => expect(await process.status()).to.equal(machine.idleStatus));
    expect(await process.resume()).to.deep.equal({ guarantee: "atomic", changed: false });
  });

  for (const method of ["terminate", "kill"] as const) {
    itProves(`${method}() ends it`, [`process.${method}`], async () => {
      const process = await start();
      const ended = once(target.child, "exit");
      const code = process.wait({ timeout: 60 });
      await underWay(process);
      expect(await process[method]()).to.deep.equal({ guarantee: "atomic" });
      await ended;
      expect(await code).to.be.oneOf(machine.knowsCodes ? [machine.codes[method]] : [machine.codes[method], null]);
      expect(await failureOf(process[method]())).to.be.instanceOf(NoSuchProcess);
    });
  }

  itProves("takes signals by name and number, if there are such", ["process.sendSignal"], async () => {
    const process = await start();
    for (const wrong of [-1, 1000, "SIGNOPE", "", 1.5, Number.NaN, null, {}]) {
      const error = await failureOf(process.sendSignal(wrong as number));
      expect(error, String(wrong)).to.be.instanceOf(InvalidArgument);
    }
    await runs(target);
    expect(await process.sendSignal("SIGSTOP")).to.deep.equal({ guarantee: "atomic" });
    await eventually(async () => expect(await target.answers()).to.equal(false));
    await process.sendSignal("SIGCONT");
    await runs(target);
    const ended = once(target.child, "exit");
    await process.sendSignal(9);
    await ended;
  });

  it("never meets another process than the ref names", async () => {
    const real = (await start()).ref;
    const process = await host().process(target.pid);
    // As a client has it that got the ref from an earlier owner of the pid.
    Object.assign(process.ref, { start: String(BigInt(real.start as string) + 1n) });
    for (const act of [
      () => process.sendSignal("SIGKILL"),
      () => process.suspend(),
      () => process.resume(),
      () => process.terminate(),
      () => process.kill(),
      () => process.nice(machine.nices[0]),
      () => process.cpuAffinity([0]),
      () => process.killTree(),
      () => process.reap(),
    ]) {
      const error = await failureOf(act());
      expect(error, `${act}`).to.be.instanceOf(NoSuchProcess);
      expect((error as Error).message).to.match(/reused|another process/);
    }
    await runs(target);
  });
});

describeOnEveryTransport("Signals", (host) => {
  let target: TestProcess;
  afterEach(() => target?.stop());
  const start = async (body = ""): Promise<Process> => {
    target = await pythonProcess(body);
    return host().process(target.pid);
  };
  const ended = () => once(target.child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;

  it("stop a process and let it go on, and tell whether that changed anything", async () => {
    const process = await start();
    expect(await process.suspend()).to.deep.equal({ guarantee: "atomic", changed: true });
    await eventually(() => expect(stateOf(process.pid)).to.equal("T"));
    expect(await process.status()).to.equal("stopped");
    expect(await process.suspend()).to.deep.equal({ guarantee: "atomic", changed: false });
    expect(await process.resume({ reason: "done" })).to.deep.equal({ guarantee: "atomic", changed: true });
    await eventually(() => expect(stateOf(process.pid)).to.equal("S"));
    expect(await process.resume()).to.deep.equal({ guarantee: "atomic", changed: false });
  });

  it("end a process, by asking and by force", async () => {
    for (const [method, signal] of [
      ["terminate", "SIGTERM"],
      ["kill", "SIGKILL"],
    ] as const) {
      const process = await start();
      const end = ended();
      expect(await process[method]()).to.deep.equal({ guarantee: "atomic" });
      expect(await end).to.deep.equal([null, signal]);
      expect(await failureOf(process[method]())).to.be.instanceOf(NoSuchProcess);
    }
  });

  it("reach it by number and by name", async () => {
    const process = await start(`
for number in (signal.SIGUSR1, signal.SIGUSR2, signal.SIGRTMIN + 2):
    signal.signal(number, lambda got, frame: print(got, flush=True))
`);
    // A line may come in pieces.
    const lines = createInterface({ input: target.child.stdout as NodeJS.ReadableStream });
    for (const [signal, number] of [
      ["SIGUSR1", 10],
      [12, 12],
      ["SIGRTMIN+2", 36],
    ] as const) {
      const line = once(lines, "line");
      expect(await process.sendSignal(signal)).to.deep.equal({ guarantee: "atomic" });
      expect((await line)[0]).to.equal(String(number));
    }
  });

  it("are refused if there is no such signal, whatever the process", async () => {
    const process = await start();
    for (const wrong of [0, -1, 65, 1000, "SIGNOPE", "", 1.5, Number.NaN, null, {}]) {
      const error = await failureOf(process.sendSignal(wrong as number));
      expect(error, String(wrong)).to.be.instanceOf(InvalidArgument);
    }
    expect(stateOf(process.pid)).to.equal("S");
  });

  it("are taken by a zombie, which stays one", async () => {
    const parent = await zombieProcess();
    target = parent;
    const zombie = await host().process(parent.zombie);
    expect(await zombie.kill()).to.deep.equal({ guarantee: "atomic" });
    expect((await zombie.suspend()).changed).to.equal(false);
    expect(await zombie.status()).to.equal("zombie");
  });

  it("and every other action never meet another process than the ref names", async () => {
    const real = (await start()).ref;
    const stale = [
      { start: String(BigInt(real.start as string) + 1n) },
      { pidfdInode: "1" },
      { boot: ((real.boot as number) + 1) % 2 ** 32 },
    ];
    for (const marks of stale) {
      // As a client has it that got the ref from an earlier owner of the pid.
      const process = await host().process(target.pid);
      Object.assign(process.ref, marks);
      for (const act of [
        () => process.sendSignal(9),
        () => process.suspend(),
        () => process.resume(),
        () => process.terminate(),
        () => process.kill(),
        () => process.nice(5),
        () => process.ionice("idle"),
        () => process.cpuAffinity([0]),
        () => process.rlimit("core", [0, 0]),
        () => process.killTree(),
        () => process.reap(),
      ]) {
        const error = await failureOf(act());
        expect(error, `${act}`).to.be.instanceOf(NoSuchProcess);
        expect((error as Error).message).to.match(/reused|another process/);
      }
    }
    expect(stateOf(target.pid)).to.equal("S");
    const untouched = await host().process(target.pid);
    expect([await untouched.nice(), (await untouched.ionice()).ioclass]).to.deep.equal([0, "none"]);
  });

  it("cannot be sent to a thread, which has no handle of its own", async () => {
    await start(`
import threading
threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
`);
    const threads = (await (await host().process(target.pid)).threads()).map(({ id }) => id);
    const other = threads.find((id) => id !== target.pid) as number;
    const error = await failureOf((await host().process(other)).kill());
    expect(error).to.be.instanceOf(InvalidArgument).and.have.property("message").that.contains("is a thread");
    expect(stateOf(target.pid)).to.equal("S");
  });

  it("are not sent to those that nobody may signal, not even by root", async () => {
    const own = await host().process(process.pid); // of both: this process opens the one and starts the other
    const first = await host().process(1);
    const thread = kernelThread(); // none is visible in a container
    for (const each of [own, first, ...(thread === null ? [] : [await host().process(thread)])]) {
      for (const call of [
        () => each.kill(),
        () => each.terminate(),
        () => each.suspend(),
        () => each.resume(),
        () => each.sendSignal("SIGCONT"),
        () => each.killTree(),
        () => each.rlimit("core", [0, 0]),
      ]) {
        const error = await failureOf(call());
        expect(error, `${each.pid}`).to.be.instanceOf(FailedPrecondition).and.not.instanceOf(Aborted);
        expect((error as Error).message).to.contain("is protected");
      }
    }
  });
});
