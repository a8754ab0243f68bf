// SPDX-License-Identifier: Apache-2.0

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { InvalidArgument, NoSuchProcess, ZombieProcess } from "@hostscope/client";
import { expect } from "chai";
import { describeOnEveryTransport } from "../support/every-transport.ts";
import { pythonProcess, type TestProcess, zombieProcess } from "../support/hostile-process.ts";
import { requireOracle } from "../support/oracle.ts";
import { PsutilOracle } from "../support/psutil-oracle.ts";
import { findPython } from "../support/python.ts";
import { expectClose, TOLERANCE } from "../support/tolerance.ts";

type Fields = Record<string, number>;

/** The error that `work` ends with. */
async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    (value) => expect.fail(`no error but ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
}

function kernelThread(): number | null {
  const isKernelThread = (pid: string) =>
    readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ")[1] === "2";
  const pid = readdirSync("/proc").find(
    (name) => /^\d+$/.test(name) && name !== String(process.pid) && safely(isKernelThread, name),
  );
  return pid === undefined ? null : Number(pid);
}

function safely(test: (pid: string) => boolean, pid: string): boolean {
  try {
    return test(pid);
  } catch {
    return false;
  }
}

describeOnEveryTransport("Process against psutil", (host) => {
  let psutil: PsutilOracle;
  let target: TestProcess;
  before(async function () {
    const python = findPython(["psutil"]);
    requireOracle.call(this, "python3-psutil", python !== null);
    psutil = new PsutilOracle(python as string);
    target = await pythonProcess("x = bytearray(20_000_000)\nopen('/dev/null').read()", ["one", "", "two words"]);
  });
  after(async () => {
    psutil?.stop();
    await target?.stop();
  });
  const theirs = <T>(method: string) => psutil.value<T>(`psutil.Process(${target.pid}).${method}`);

  it("what does not change is the same to the letter", async () => {
    const process = await host().process(target.pid);
    expect(await process.name()).to.equal(await theirs("name()"));
    expect(await process.exe()).to.equal(await theirs("exe()"));
    expect(await process.cmdline()).to.deep.equal(await theirs("cmdline()"));
    expect(await process.ppid()).to.equal(await theirs("ppid()"));
    expect(await process.createTime()).to.be.closeTo(await theirs<number>("create_time()"), TOLERANCE.tick);
    expect(await process.status()).to.equal(await theirs("status()"));
    expect(await process.username()).to.equal(await theirs("username()"));
    expect(await process.uids()).to.deep.include(await theirs<Fields>("uids()"));
    expect(await process.gids()).to.deep.include(await theirs<Fields>("gids()"));
    expect(await process.terminal()).to.equal(await theirs("terminal()"));
    expect(await process.numThreads()).to.equal(await theirs("num_threads()"));
    expect(await process.nice()).to.equal(await theirs("nice()"));
  });

  it("numbers agree within a moment", async () => {
    const process = await host().process(target.pid);
    const memory = await process.memoryInfo();
    const expected = await theirs<Fields>("memory_info()");
    for (const name of ["rss", "vms", "shared", "text", "data"] as const) {
      expectClose(memory[name], expected[name] as number, TOLERANCE.rssBytes, name);
    }
    expectClose(await process.memoryPercent(), await theirs<number>("memory_percent()"), 0.5, "memoryPercent");
    const times = await process.cpuTimes();
    const expectedTimes = await theirs<Fields>("cpu_times()");
    expectClose(times.user, expectedTimes.user as number, TOLERANCE.processCpuSeconds, "user");
    expectClose(times.system, expectedTimes.system as number, TOLERANCE.processCpuSeconds, "system");
    const switches = await process.numCtxSwitches();
    const expectedSwitches = await theirs<Fields>("num_ctx_switches()");
    expectClose(switches.voluntary, expectedSwitches.voluntary as number, 50, "voluntary");
    const io = await process.ioCounters();
    const expectedIo = await theirs<Fields>("io_counters()");
    for (const [ours, name] of [
      [io.readCount, "read_count"],
      [io.writeBytes, "write_bytes"],
      [io.readChars, "read_chars"],
    ] as const) {
      expectClose(ours, expectedIo[name] as number, 0, name);
    }
    expect(await process.cpuNum()).to.be.within(0, (await host().cpuCount()) as number);
  });

  it("oneshot holds one moment, in which psutil's values agree", async () => {
    const process = await host().process(target.pid);
    await process.oneshot(async (snapshot) => {
      expect(await snapshot.name()).to.equal(await theirs("name()"));
      expect(await snapshot.ppid()).to.equal(await theirs("ppid()"));
      expect(await snapshot.status()).to.equal(await theirs("status()"));
      expect(await snapshot.uids()).to.deep.include(await theirs<Fields>("uids()"));
      const times = await snapshot.cpuTimes();
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(await snapshot.cpuTimes()).to.deep.equal(times);
    });
  });

  it("cpuPercent sees a process that spins", async () => {
    const spinner = spawn("python3", ["-c", "import time\nend = time.time() + 20\nwhile time.time() < end: pass"]);
    try {
      const process = await host().process(spinner.pid as number);
      await new Promise((resolve) => setTimeout(resolve, 300));
      const first = await process.cpuPercent();
      expect(first.percent).to.be.greaterThan(20);
      await new Promise((resolve) => setTimeout(resolve, 500));
      const second = await process.cpuPercent();
      expect(second.interval).to.be.greaterThan(0.45);
      expect(second.percent).to.be.within(20, 130);
    } finally {
      spinner.kill("SIGKILL");
    }
  });

  it("the list has psutil's processes with psutil's values", async () => {
    type Row = { pid: number; name: string; ppid: number; username: string };
    const expression = "[p.info for p in psutil.process_iter(['pid', 'name', 'ppid', 'username'])]";
    // A worker of the kernel changes the second half of its name to and fro.
    const text = ({ name, ppid, username }: Omit<Row, "pid">) =>
      `${name.replace(/^(kworker\/\S+?)[-+].*/, "$1")} ${ppid} ${username}`;
    const rowsOf = (rows: Row[]) => new Map(rows.map((row) => [row.pid, text(row)]));
    const before = rowsOf(await psutil.value<Row[]>(expression));
    const rows = new Map<number, string>();
    for await (const process of host().processIter({ attrs: ["name", "ppid", "username"] })) {
      rows.set(process.pid, text(process.info as Row));
    }
    // A process may rename itself or lose its parent at any moment: those that did not count.
    const after = rowsOf(await psutil.value<Row[]>(expression));
    const steady = [...before].filter(([pid, row]) => after.get(pid) === row);
    expect(steady.length).to.be.greaterThan(before.size / 2);
    for (const [pid, row] of steady) expect(rows.get(pid), `pid ${pid}`).to.equal(row);
  });
});

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
      for (const read of [zombie.cmdline(), zombie.exe()]) {
        const error = await failure(read);
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
    if (pid === null) {
      console.error("SKIPPED: no kernel thread is visible here (a container?)");
      this.skip();
    }
    const thread = await host().process(pid);
    expect(await thread.cmdline()).to.deep.equal([]);
    expect(await thread.exe()).to.equal("");
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
    const child = spawn("sleep", ["60"]);
    const process = await host().process(child.pid as number);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(await process.isRunning()).to.equal(false);
    expect(await failure(process.name())).to.be.instanceOf(NoSuchProcess);
    expect(await failure(process.asDict())).to.be.instanceOf(NoSuchProcess);
    expect(await failure(host().process(child.pid as number))).to.be.instanceOf(NoSuchProcess);
  });

  it("a pid that was given to another process is told from it", async () => {
    const real = await host().process(process.pid);
    const stale = await failure(host().process({ ...real.ref, start: "1" }));
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
      expect(await failure(host().process(pid))).to.be.instanceOf(type);
    });
  }

  it("an unknown attribute is named, with the nearest one that exists", async () => {
    const error = await failure((await host().process(process.pid)).asDict({ attrs: ["cpuTimez" as "cpuTimes"] }));
    expect(error).to.be.instanceOf(InvalidArgument);
    expect((error as Error).message)
      .to.contain("cpuTimez")
      .and.contain("cpuTimes");
  });
});
