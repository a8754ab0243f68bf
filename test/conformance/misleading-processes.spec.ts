// SPDX-License-Identifier: Apache-2.0

import { readdirSync } from "node:fs";
import { AccessDenied, InvalidArgument, NoSuchProcess, ZombieProcess } from "@hostscope/client";
import { expect } from "chai";
import { describeOnEveryTransport } from "../support/every-transport.ts";
import { failureOf } from "../support/failure-of.ts";
import { pythonProcess, zombieProcess } from "../support/hostile-process.ts";
import { kernelThread } from "../support/kernel-thread.ts";
import { machine } from "../support/machine/machine.ts";
import { requireMachine } from "../support/oracle.ts";

describeOnEveryTransport("Processes made to mislead", (host) => {
  const names: [string, string, string][] = [
    ["closes the parenthesis early", `rename(b"a) R (b")`, "a) R (b"],
    ["has a newline", String.raw`rename(b"two\nlines")`, "two\nlines"],
    ["forges a status line", String.raw`rename(b"Uid:\t0\t0\t0\t0")`, "Uid:\t0\t0\t0\t0"],
    ["is not UTF-8", String.raw`rename(b"\xff\xfebad")`, "\ufffd\ufffdbad"],
  ];
  for (const [what, body, name] of names) {
    it(`a name that ${what} stays a name`, async () => {
      const target = await pythonProcess(`${body}\nos.setuid(12345) if os.getuid() == 0 else None`);
      try {
        const process = await host().process(target.pid);
        const info = await process.asDict({ attrs: ["name", "status", "uids", "ppid"] });
        expect(info.name).to.equal(name);
        expect(info.status).to.equal("sleeping");
        expect(info.ppid).to.equal(globalThis.process.pid);
        expect(info.uids?.real).to.equal(globalThis.process.getuid?.() === 0 ? 12345 : globalThis.process.getuid?.());
      } finally {
        await target.stop();
      }
    });
  }

  it("a zombie is a process with a status, and without a command line", async () => {
    const parent = await zombieProcess();
    try {
      const zombie = await host().process(parent.zombie);
      expect(await zombie.status()).to.equal("zombie");
      expect(await zombie.ppid()).to.equal(parent.pid);
      expect(await zombie.isRunning()).to.equal(true);
      for (const read of [() => zombie.cmdline(), () => zombie.exe()]) {
        const error = await failureOf(read());
        expect(error).to.be.instanceOf(ZombieProcess);
        expect(error).to.be.instanceOf(NoSuchProcess);
        expect(error).to.have.property("pid", parent.zombie);
      }
      expect(await zombie.asDict({ attrs: ["status", "cmdline"], adValue: "?" })).to.deep.equal({
        status: "zombie",
        cmdline: "?",
      });
      const seen: number[] = [];
      for await (const process of host().processIter({ attrs: ["cmdline"] })) seen.push(process.pid);
      expect(seen).to.include(parent.zombie);
    } finally {
      await parent.stop();
    }
  });

  it("a kernel thread has a name, and neither program nor arguments", async function () {
    const pid = kernelThread();
    requireMachine.call(this, "a kernel thread that is visible (in a container none is)", pid !== null);
    const thread = await host().process(pid as number);
    expect(await thread.cmdline()).to.deep.equal([]);
    // The kernel lets only root ask.
    if (process.getuid?.() === 0) expect(await thread.exe()).to.equal("");
    else expect(await failureOf(thread.exe())).to.be.instanceOf(AccessDenied);
    expect((await thread.memoryInfo()).rss).to.equal(0);
  });

  it("a thread's id is accepted as psutil does, and is not a pid", async () => {
    const target = await pythonProcess(
      "import threading\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()",
    );
    try {
      const tid = Number(readdirSync(`/proc/${target.pid}/task`).find((id) => id !== String(target.pid)));
      expect(await host().pidExists(tid)).to.equal(false);
      expect(await (await host().process(tid)).numThreads()).to.equal(2);
    } finally {
      await target.stop();
    }
  });

  it("a process that has ended is gone for every read, and a vanished pid from the start", async () => {
    const target = await machine.target();
    const process = await host().process(target.pid);
    await target.stop();
    expect(await process.isRunning()).to.equal(false);
    expect(await failureOf(process.name())).to.be.instanceOf(NoSuchProcess);
    expect(await failureOf(process.asDict())).to.be.instanceOf(NoSuchProcess);
    expect(await failureOf(host().process(target.pid))).to.be.instanceOf(NoSuchProcess);
  });

  it("a pid that was given to another process is told from it", async () => {
    const target = await machine.target();
    const real = await host().process(target.pid);
    const stale = await failureOf(host().process({ ...real.ref, start: "1" }));
    await target.stop();
    expect(stale).to.be.instanceOf(NoSuchProcess);
    expect((stale as Error).message).to.match(/reused|another process/);
  });

  for (const [pid, type] of [
    [0, NoSuchProcess],
    [4_194_305, NoSuchProcess],
    [2 ** 40, NoSuchProcess],
    [-1, InvalidArgument],
    [1.5, InvalidArgument],
    [Number.NaN, InvalidArgument],
  ] as const) {
    it(`pid ${pid} is met with ${type.name}`, async () => {
      expect(await failureOf(host().process(pid))).to.be.instanceOf(type);
    });
  }

  it("an unknown attribute is named, with the nearest one that exists", async () => {
    const target = await machine.target();
    const error = await failureOf((await host().process(target.pid)).asDict({ attrs: ["cpuTimez" as "cpuTimes"] }));
    await target.stop();
    expect(error).to.be.instanceOf(InvalidArgument);
    expect((error as Error).message)
      .to.contain("cpuTimez")
      .and.contain("cpuTimes");
  });
});
