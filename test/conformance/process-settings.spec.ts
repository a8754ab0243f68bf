// SPDX-License-Identifier: Apache-2.0

import { readdirSync, readFileSync } from "node:fs";
import {
  FailedPrecondition,
  InvalidArgument,
  IOPRIO_CLASS_BE,
  IOPRIO_CLASS_IDLE,
  NoSuchProcess,
  type Process,
  RLIM_INFINITY,
  RLIMIT_CORE,
  RLIMIT_NOFILE,
} from "@hostscope/client";
import { expect } from "chai";
import { describeOnEveryTransport } from "../support/every-transport.ts";
import { failureOf } from "../support/failure-of.ts";
import { pythonProcess, type TestProcess } from "../support/hostile-process.ts";
import { machine, type Oracle, type Target } from "../support/machine/machine.ts";
import { requireRoot } from "../support/oracle.ts";
import { itProves } from "../support/proofs.ts";
import { PsutilOracle } from "../support/psutil-oracle.ts";
import { requirePsutil } from "../support/python.ts";

const THREADS = `
import threading
for _ in range(5): threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
`;

describeOnEveryTransport("Settings of a process", (host) => {
  let oracle: Oracle;
  let target: Target;
  before(async function () {
    oracle = await machine.oracle(this);
  });
  after(() => oracle?.stop());
  afterEach(() => target?.stop());
  const start = async (): Promise<Process> => {
    target = await machine.target({ threads: 2 });
    return host().process(target.pid);
  };

  itProves("nice sets what the system says then", ["Process.SetNice", "process.nice"], async () => {
    const process = await start();
    for (const value of machine.nices) {
      await process.nice(value, { allThreads: true, reason: "test" });
      expect(await process.nice()).to.equal(value);
      expect(await oracle.process(target.pid, "nice")).to.equal(value);
    }
    for (const wrong of [1.5, "5", null, Number.NaN, 2 ** 40, 1000]) {
      expect(await failureOf(process.nice(wrong as number)), String(wrong)).to.be.instanceOf(InvalidArgument);
    }
    expect(await oracle.process(target.pid, "nice")).to.equal(machine.nices[1]);
  });

  itProves("cpuAffinity sets it, and back to all", ["Process.SetCpuAffinity", "process.cpuAffinity"], async () => {
    const process = await start();
    const eligible = await process.cpuAffinity();
    const one = eligible.slice(-1);
    await process.cpuAffinity(one, { allThreads: true });
    expect(await process.cpuAffinity()).to.deep.equal(one);
    expect(await oracle.process(target.pid, "cpu_affinity")).to.deep.equal(one);
    await process.cpuAffinity([], { allThreads: true });
    expect(await oracle.process(target.pid, "cpu_affinity")).to.deep.equal(eligible);
    for (const wrong of [[-1], [0.5], ["0"], "0", 0, null]) {
      expect(await failureOf(process.cpuAffinity(wrong as number[])), String(wrong)).to.be.instanceOf(InvalidArgument);
    }
    expect(await failureOf(process.cpuAffinity([0, 65_536]))).to.be.instanceOf(InvalidArgument);
    expect(await oracle.process(target.pid, "cpu_affinity")).to.deep.equal(eligible);
  });

  it("are refused for one that has ended", async () => {
    const process = await start();
    await target.stop();
    for (const call of [() => process.nice(machine.nices[0]), () => process.cpuAffinity([0])]) {
      expect(await failureOf(call())).to.be.instanceOf(NoSuchProcess);
    }
  });
});

describeOnEveryTransport("Settings of a process on Linux", (host) => {
  let psutil: PsutilOracle;
  let target: TestProcess;
  before(async function () {
    psutil = new PsutilOracle(requirePsutil.call(this));
  });
  after(() => psutil?.stop());
  afterEach(() => target?.stop());
  const start = async (body = ""): Promise<Process> => {
    target = await pythonProcess(body);
    return host().process(target.pid);
  };
  const theirs = <T>(call: string, pid = target.pid) => psutil.value<T>(`psutil.Process(${pid}).${call}`);
  const ofThreads = <T>(call: string) =>
    Promise.all(readdirSync(`/proc/${target.pid}/task`).map((thread) => theirs<T>(call, Number(thread))));

  it("niceness, of the first thread or of all", async () => {
    const process = await start(THREADS);
    expect(await process.nice(7)).to.deep.equal({ guarantee: "checked" });
    expect(await process.nice()).to.equal(7);
    expect((await ofThreads<number>("nice()")).sort()).to.deep.equal([0, 0, 0, 0, 0, 7]);
    expect(await process.nice(9, { allThreads: true, reason: "test" })).to.deep.equal({ guarantee: "checked" });
    expect(await ofThreads<number>("nice()")).to.deep.equal([9, 9, 9, 9, 9, 9]);
    for (const beyond of [-21, 20, 1000]) {
      expect(await failureOf(process.nice(beyond)))
        .to.be.instanceOf(InvalidArgument)
        .and.have.property("code", "out_of_range");
    }
    for (const wrong of [1.5, "5", null, Number.NaN, 2 ** 40]) {
      expect(await failureOf(process.nice(wrong as number)), String(wrong)).to.be.instanceOf(InvalidArgument);
    }
  });

  itProves("input/output priority", ["Process.SetIonice", "process.ionice"], async () => {
    const process = await start(THREADS);
    expect(await process.ionice(IOPRIO_CLASS_BE, 6)).to.deep.equal({ guarantee: "checked" });
    expect(await theirs("ionice()")).to.deep.equal({ ioclass: 2, value: 6 });
    expect(await process.ionice(IOPRIO_CLASS_IDLE, undefined, { allThreads: true })).to.have.property("guarantee");
    for (const each of await ofThreads("ionice()")) expect(each).to.deep.equal({ ioclass: 3, value: 0 });
    await process.ionice("none", 0);
    expect((await process.ionice()).ioclass).to.equal("none");
    for (const [ioclass, value] of [
      ["idle", 1],
      ["none", 7],
      ["be", -1],
      ["be", 1.5],
      ["best", 1],
      ["", 0],
      ["low", 1],
    ] as const) {
      const error = await failureOf(process.ionice(ioclass as "be", value));
      expect(error, `${ioclass} ${value}`)
        .to.be.instanceOf(InvalidArgument)
        .and.have.property("code", "invalid_argument");
    }
    expect(await failureOf(process.ionice("rt", 8))).to.have.property("code", "out_of_range");
    expect(await failureOf(process.ionice("low"))).to.be.instanceOf(InvalidArgument);
  });

  it("CPUs, and back to all that it may have", async () => {
    const process = await start(THREADS);
    const eligible = await process.cpuAffinity();
    const one = eligible.slice(-1);
    expect(await process.cpuAffinity(one)).to.deep.equal({ guarantee: "checked", cpus: one });
    expect(await theirs("cpu_affinity()")).to.deep.equal(one);
    expect(await process.cpuAffinity([])).to.deep.equal({ guarantee: "checked", cpus: eligible });
    await process.cpuAffinity(one, { allThreads: true });
    for (const each of await ofThreads("cpu_affinity()")) expect(each).to.deep.equal(one);
    const possible = Number(readFileSync("/sys/devices/system/cpu/possible", "utf8").trim().split(/[-,]/).at(-1));
    for (const beyond of [possible + 1, 1024, 65_535, 65_536, 2 ** 32 - 1]) {
      expect(await failureOf(process.cpuAffinity([0, beyond])), String(beyond)).to.have.property(
        "code",
        "out_of_range",
      );
    }
    for (const wrong of [[-1], [0.5], ["0"], "0", 0, null]) {
      expect(await failureOf(process.cpuAffinity(wrong as number[]))).to.be.instanceOf(InvalidArgument);
    }
    expect(await process.cpuAffinity()).to.deep.equal(one);
    if (possible >= eligible.length) {
      const setting = process.cpuAffinity([possible]);
      if (eligible.includes(possible)) await setting.catch(() => {});
      else expect(await failureOf(setting)).to.be.instanceOf(FailedPrecondition);
    }
  });

  itProves("limits", ["Process.SetRlimit", "process.rlimit"], async () => {
    const process = await start();
    expect(await process.rlimit(RLIMIT_NOFILE, [100, 200n])).to.deep.equal({ guarantee: "checked" });
    expect(await theirs("rlimit(psutil.RLIMIT_NOFILE)")).to.deep.equal([100, 200]);
    expect(await process.rlimit(RLIMIT_NOFILE)).to.deep.equal([100n, 200n]);
    await process.rlimit(RLIMIT_CORE, [0, RLIM_INFINITY]);
    expect(await theirs("rlimit(psutil.RLIMIT_CORE)")).to.deep.equal([0, -1]);
    const open = BigInt(readFileSync("/proc/sys/fs/nr_open", "utf8"));
    for (const beyond of [open + 1n, RLIM_INFINITY]) {
      expect(await failureOf(process.rlimit(RLIMIT_NOFILE, [1, beyond]))).to.have.property("code", "out_of_range");
    }
    for (const wrong of [
      [2, 1],
      [RLIM_INFINITY, 5],
      [1],
      [1, 2, 3],
      [-2, 5],
      [0.5, 1],
      ["1", 2],
      5,
      2n ** 64n,
      [0, 2n ** 64n],
    ]) {
      const error = await failureOf(process.rlimit(RLIMIT_CORE, wrong as unknown as [1, 2]));
      expect(error, String(wrong)).to.be.instanceOf(InvalidArgument);
    }
    expect(await failureOf(process.rlimit("nope" as "core", [0, 0]))).to.be.instanceOf(InvalidArgument);
    expect(await theirs("rlimit(psutil.RLIMIT_CORE)")).to.deep.equal([0, -1]);
  });

  it("are refused for one that has ended, with a reason that is too long, and with what no option is", async () => {
    const process = await start();
    const long = await failureOf(process.nice(5, { reason: "ä".repeat(129) }));
    expect(long).to.be.instanceOf(InvalidArgument);
    await process.nice(5, { reason: "ä".repeat(128) });
    expect(await failureOf(process.nice(5, { allthreads: true } as object))).to.be.instanceOf(InvalidArgument);
    expect(await failureOf(process.nice(5, { operationId: "" }))).to.be.instanceOf(InvalidArgument);
    await target.stop();
    for (const call of [
      () => process.nice(1),
      () => process.ionice("idle"),
      () => process.cpuAffinity([0]),
      () => process.rlimit("core", [0, 0]),
    ]) {
      expect(await failureOf(call())).to.be.instanceOf(NoSuchProcess);
    }
  });

  it("may be changed of a process that may not be signalled, except for its limits", async function () {
    requireRoot.call(this);
    const first = await host().process(1);
    const before = await first.nice();
    try {
      expect(await first.nice(before)).to.deep.equal({ guarantee: "checked" });
    } finally {
      await first.nice(before);
    }
    expect(await failureOf(first.rlimit("core", [0, 0]))).to.be.instanceOf(FailedPrecondition);
  });
});
