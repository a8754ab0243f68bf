// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from "node:fs";
import { totalmem } from "node:os";
import { expect } from "chai";
import { eventually } from "../support/eventually.ts";
import { describeOnEveryTransport } from "../support/every-transport.ts";
import { machine, type Oracle } from "../support/machine/machine.ts";
import { itProves } from "../support/proofs.ts";
import type { PsutilOracle } from "../support/psutil-oracle.ts";
import { whileStandingStill } from "../support/standing-still.ts";
import { expectBetween, expectClose, TOLERANCE } from "../support/tolerance.ts";

type Fields = Record<string, number>;
const camel = (name: string): string => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

function busy(milliseconds: number): void {
  const end = Date.now() + milliseconds;
  while (Date.now() < end);
}

describeOnEveryTransport("System", (host) => {
  let oracle: Oracle;
  let psutil: PsutilOracle;
  before(async function () {
    oracle = await machine.oracle(this);
    psutil = oracle.psutil;
  });
  after(() => oracle?.stop());

  itProves("cpuTimes are psutil's, field by field, in seconds", ["host.cpuTimes"], async () => {
    const before = await oracle.system<Fields>("cpu_times");
    const times = (await host().cpuTimes()) as unknown as Record<string, number | null>;
    const after = await oracle.system<Fields>("cpu_times");
    for (const [name, value] of Object.entries(before)) {
      // Idle and iowait are estimates that the kernel may take back a little.
      const slack = name === "idle" || name === "iowait" ? TOLERANCE.cpuSeconds : TOLERANCE.tick;
      expectBetween(times[camel(name)] ?? null, value - slack, (after[name] as number) + slack, name);
    }
  });

  it("cpuTimes per CPU has one entry for each, with its number", async () => {
    const expected = await psutil.value<Fields[]>("psutil.cpu_times(percpu=True)");
    const cpus = await host().cpuTimes({ percpu: true });
    expect(cpus).to.have.length(expected.length);
    expect(cpus.map(({ cpu }) => cpu)).to.deep.equal([...expected.keys()]);
    cpus.forEach((times, i) => {
      // Wine adds what programs of lower priority used.
      const { user = 0, nice = 0 } = expected[i] ?? {};
      const spent = user + (machine.os === "windows" ? nice : 0);
      expectClose(times.user, spent, TOLERANCE.cpuSeconds, `cpu ${i} user`);
    });
  });

  itProves("cpuPercent is measured, also the first time, and sees a busy CPU", ["host.cpuPercent"], async () => {
    const first = await host().cpuPercent();
    expect(first.percent).to.be.within(0, 100);
    expect(first.interval).to.be.greaterThan(0.05);
    busy(400);
    const second = await host().cpuPercent();
    expect(second.interval).to.be.greaterThan(0.35);
    expect(second.percent).to.be.greaterThan(100 / (2 * (await psutil.value<number>("psutil.cpu_count()"))));
  });

  it("cpuPercent over an interval takes that long and agrees with psutil over the same time", async () => {
    // Begun a moment apart, and on a busy machine ended so, too: then it is measured again.
    await eventually(async () => {
      const [ours, theirs] = await Promise.all([
        host().cpuPercent({ interval: 0.5 }),
        psutil.value<number>("psutil.cpu_percent(interval=0.5)"),
      ]);
      expect(ours.interval).to.be.closeTo(0.5, 0.2);
      expectClose(ours.percent, theirs, TOLERANCE.busyPercent, "percent");
    });
  });

  itProves("cpuTimesPercent adds up to the whole", ["host.cpuTimesPercent"], async () => {
    const percent = (await host().cpuTimesPercent({ interval: 0.3 })) as unknown as Record<string, number | null>;
    const names = ["user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal", "guest", "guestNice"];
    const sum = names.reduce((total, name) => total + (percent[name] ?? 0), 0);
    expect(sum).to.be.closeTo(100, 1);
  });

  itProves("cpuCount, logical and physical", ["host.cpuCount"], async () => {
    expect(await host().cpuCount()).to.equal(await psutil.value("psutil.cpu_count()"));
    expect(await host().cpuCount({ logical: false })).to.equal(await psutil.value("psutil.cpu_count(logical=False)"));
  });

  itProves("cpuStats count between two of psutil's readings", ["host.cpuStats"], async () => {
    const before = await psutil.value<Fields>("psutil.cpu_stats()");
    const stats = await host().cpuStats();
    const after = await psutil.value<Fields>("psutil.cpu_stats()");
    expectBetween(stats.ctxSwitches, before.ctx_switches as number, after.ctx_switches as number, "ctxSwitches");
    expectBetween(stats.interrupts, before.interrupts as number, after.interrupts as number, "interrupts");
    expectBetween(stats.softInterrupts, before.soft_interrupts as number, after.soft_interrupts as number, "softirq");
  });

  // On Linux it may be null; what proves it there lies in test/native.
  const FREQUENCY = machine.os === "windows" ? ["host.cpuFreq"] : [];
  itProves("cpuFreq is psutil's, or null where psutil has none", FREQUENCY, async () => {
    const theirs = await psutil.value<Fields | null>("psutil.cpu_freq()");
    const ours = await host().cpuFreq();
    if (theirs === null) expect(ours).to.equal(null);
    else expectClose(ours?.current ?? null, theirs.current as number, (theirs.current as number) * 0.5, "current");
    const perCpu = await psutil.value<Fields[]>("psutil.cpu_freq(percpu=True)");
    expect(await host().cpuFreq({ percpu: true })).to.have.length(perCpu.length);
  });

  itProves("getloadavg is the kernel's", ["host.getloadavg"], async () => {
    const kernels = async () => readFileSync("/proc/loadavg", "utf8").split(" ").slice(0, 3).map(Number);
    const { ours, theirs } = await whileStandingStill(kernels, () => host().getloadavg());
    expect(ours).to.deep.equal(theirs);
  });

  itProves("virtualMemory is psutil's, in bytes", ["host.virtualMemory"], async () => {
    // Others may take much at once: in some moment the two agree.
    await eventually(async () => {
      const memory = (await host().virtualMemory()) as unknown as Record<string, number | null>;
      const theirs = await oracle.system<Fields>("virtual_memory");
      expect(memory.total).to.equal(theirs.total);
      expectClose(memory.total ?? null, totalmem(), TOLERANCE.wholePages, "total");
      for (const [name, value] of Object.entries(theirs)) {
        const tolerance = name === "percent" ? 1 : TOLERANCE.memoryBytes;
        expectClose(memory[camel(name)] ?? null, value, tolerance, name);
      }
    });
  });

  itProves("swapMemory is psutil's", ["host.swapMemory"], async () => {
    const swap = (await host().swapMemory()) as unknown as Record<string, number | null>;
    for (const [name, value] of Object.entries(await psutil.value<Fields>("psutil.swap_memory()"))) {
      expectClose(swap[name] ?? null, value, name === "percent" ? 1 : TOLERANCE.memoryBytes, name);
    }
  });

  itProves("bootTime is psutil's", ["host.bootTime"], async () => {
    expectClose(await host().bootTime(), await oracle.system<number>("boot_time"), TOLERANCE.bootSeconds, "bootTime");
    expectClose(
      await host().bootTime(),
      await psutil.value<number>("psutil.boot_time()"),
      TOLERANCE.bootSeconds,
      "this machine",
    );
  });

  itProves("pids are psutil's, and so is pidExists", ["host.pids", "host.pidExists"], async () => {
    const pids = await host().pids();
    const theirs = await oracle.system<number[]>("pids");
    expect(pids).to.deep.equal([...pids].sort((a, b) => a - b));
    const common = pids.filter((pid) => theirs.includes(pid));
    expect(common.length).to.be.greaterThan(theirs.length * 0.9);
    const target = await machine.target();
    expect(await host().pids()).to.include(target.pid);
    expect(await host().pidExists(target.pid)).to.equal(true);
    await target.stop();
    // The numbers next to it, which Windows would open, too; and those that are no pids at all.
    for (const pid of [target.pid, target.pid + 1, target.pid + 2, target.pid + 3, 0, 1]) {
      const expected = (await oracle.system<number[]>("pids")).includes(pid);
      expect(await host().pidExists(pid), `pid ${pid}`).to.equal(expected);
    }
    for (const pid of [-1, 4_194_305, Number.MAX_SAFE_INTEGER]) {
      expect(await host().pidExists(pid), `pid ${pid}`).to.equal(false);
    }
  });
});
