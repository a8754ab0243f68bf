// SPDX-License-Identifier: Apache-2.0

import type { DescMethodUnary } from "@bufbuild/protobuf";
import { StatusCode } from "@hostscope/proto";
import type { CpuFreq, CpuTimes } from "@hostscope/proto/gen/cpu";
import { ErrorReason } from "@hostscope/proto/gen/error";
import { System } from "@hostscope/proto/gen/system";
import { expect } from "chai";
import { configured, describeMachine } from "../support/linux-machine.ts";
import { itProves } from "../support/proofs.ts";
import { failureOf, unaryCall } from "../support/unary-call.ts";

const { cpuTimes, cpuPercent, cpuTimesPercent, cpuCount, cpuStats, cpuFreq } = System.method;
const { getloadavg, virtualMemory, swapMemory, bootTime } = System.method;
const KB = 1024n;

/** Numbers and frequencies, for one comparison. */
const frequencies = (cpus: readonly CpuFreq[]) => cpus.map(({ cpu, current, min, max }) => [cpu, current, min, max]);

describeMachine("hybrid-laptop", (host) => {
  const ticks = configured("CLK_TCK");
  const pageSize = BigInt(configured("PAGESIZE"));

  it("has CPU times by mode in seconds, in total and by number", async () => {
    const { total, cpus, sample } = await unaryCall(host(), cpuTimes, { percpu: true });
    const seconds = (times: CpuTimes | undefined) =>
      [times?.user, times?.nice, times?.system, times?.idle, times?.iowait, times?.irq, times?.softirq, times?.steal]
        .concat([times?.guest, times?.guestNice])
        .map((value) => (value as number) * ticks);
    expect(seconds(total)).to.deep.equal([80000, 8000, 40000, 800000, 8000, 800, 1600, 0, 16000, 800]);
    expect(total?.cpu).to.equal(undefined);
    expect(total?.interrupt).to.equal(undefined);
    expect(cpus.map(({ cpu }) => cpu)).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(seconds(cpus[5])).to.deep.equal([10005, 1000, 5000, 100000, 1000, 100, 200, 0, 2000, 100]);
    expect(sample?.time).to.be.closeTo(Date.now() / 1000, 5);
  });

  it("lists no CPUs unless asked", async () => {
    expect((await unaryCall(host(), cpuTimes)).cpus).to.deep.equal([]);
    expect((await unaryCall(host(), cpuFreq)).cpus).to.deep.equal([]);
  });

  it("has six cores with eight threads", async () => {
    const count = (await unaryCall(host(), cpuCount)).cpuCount;
    expect([count?.logical, count?.physical]).to.deep.equal([8, 6]);
  });

  it("carries counters of 64 bits whole", async () => {
    const stats = (await unaryCall(host(), cpuStats)).cpuStats;
    expect(stats?.ctxSwitches).to.equal(2n ** 64n - 1n);
    expect(stats?.interrupts).to.equal(2n ** 53n + 1n);
    expect(stats?.softInterrupts).to.equal(123456n);
    expect(stats?.syscalls).to.equal(undefined);
  });

  it("has frequencies of cpuinfo with the limits of cpufreq, and their mean", async () => {
    const { average, cpus } = await unaryCall(host(), cpuFreq, { percpu: true });
    const expected = [0, 1, 2, 3, 4, 5, 6, 7].map((cpu) => [cpu, 1000.25 + cpu * 100, 400, cpu < 4 ? 5000 : 3600]);
    expect(frequencies(cpus)).to.deep.equal(expected);
    expect([average?.cpu, average?.current, average?.min, average?.max]).to.deep.equal([undefined, 1350.25, 400, 4300]);
  });

  it("has memory as psutil computes it", async () => {
    const memory = (await unaryCall(host(), virtualMemory)).virtualMemory;
    expect(memory).to.deep.include({ total: 16_000_000n * KB, available: 9_600_000n * KB, percent: 40 });
    expect(memory).to.deep.include({ used: 6_500_000n * KB, free: 4_000_000n * KB, cached: 5_300_000n * KB });
    expect(memory).to.deep.include({ active: 3_000_000n * KB, inactive: 6_000_000n * KB, buffers: 200_000n * KB });
    expect(memory).to.deep.include({ shared: 700_000n * KB, slab: 600_000n * KB });
    expect(memory).not.to.have.any.keys("wired");
  });

  it("has swap, with pages swapped in and out as bytes", async () => {
    const swap = (await unaryCall(host(), swapMemory)).swapMemory;
    expect(swap).to.deep.include({ total: 8_000_000n * KB, used: 2_000_000n * KB, free: 6_000_000n * KB, percent: 25 });
    expect(swap).to.deep.include({ sin: 250n * pageSize, sout: 1000n * pageSize });
  });

  it("has a boot time and load averages", async () => {
    expect((await unaryCall(host(), bootTime)).bootTime).to.equal(1_700_000_000);
    expect((await unaryCall(host(), getloadavg)).loadavg).to.deep.include({ load1: 3.14, load5: 0.58, load15: 12.25 });
  });
});

describeMachine("two-sockets", (host) => {
  const pageSize = BigInt(configured("PAGESIZE"));

  it("keeps the numbers of CPUs next to one that is offline", async () => {
    const { cpus } = await unaryCall(host(), cpuTimes, { percpu: true });
    expect(cpus.map(({ cpu }) => cpu)).to.deep.equal([0, 1, 2, 3, 4, 6, 7]);
    const { sample } = await unaryCall(host(), cpuPercent, { percpu: true, interval: 0.001 });
    expect(sample?.cpus).to.deep.equal([0, 1, 2, 3, 4, 6, 7]);
    expect(sample?.ticks[50]).to.equal(106n); // user of CPU 6
  });

  it("counts cores by their threads, for core ids begin again in each socket", async () => {
    const count = (await unaryCall(host(), cpuCount)).cpuCount;
    expect([count?.logical, count?.physical]).to.deep.equal([7, 4]);
  });

  it("estimates available memory from zones and page cache if the kernel says 0", async () => {
    const memory = (await unaryCall(host(), virtualMemory)).virtualMemory;
    const low = 25_000n * pageSize;
    expect(memory?.available).to.equal(1_000_000n * KB - low + (1_800_000n * KB - low) + (200_000n * KB - low));
  });

  it("has no swap, which is not an error", async () => {
    const swap = (await unaryCall(host(), swapMemory)).swapMemory;
    expect(swap).to.deep.include({ total: 0n, used: 0n, free: 0n, percent: 0, sin: 0n, sout: 0n });
  });
});

describeMachine("big-little", (host) => {
  itProves(
    "gives every CPU the frequency of its policy, in MHz, without the one that is offline",
    ["host.cpuFreq"],
    async () => {
      const { cpus, average } = await unaryCall(host(), cpuFreq, { percpu: true });
      expect(frequencies(cpus)).to.deep.equal([
        ...[0, 1, 2, 3].map((cpu) => [cpu, 1800, 300, 1800]),
        ...[4, 5, 6].map((cpu) => [cpu, 2400, 700, 2800]),
      ]);
      expect(average?.current).to.be.closeTo((4 * 1800 + 3 * 2400) / 7, 1e-9);
    },
  );

  it("reads memory although no blank follows a colon", async () => {
    const memory = (await unaryCall(host(), virtualMemory)).virtualMemory;
    expect(memory).to.deep.include({ buffers: 10_000n * KB, cached: 2_100_000n * KB, percent: 50 });
    expect(memory?.used).to.equal(4_890_000n * KB);
  });
});

describeMachine("old-kernel", (host) => {
  it("has 0 for CPU modes that the kernel does not count", async () => {
    const { total } = await unaryCall(host(), cpuTimes);
    expect(total?.softirq).to.equal(70 / configured("CLK_TCK"));
    expect(total).to.deep.include({ steal: 0, guest: 0, guestNice: 0 });
  });

  it("leaves out what it has not", async () => {
    const stats = (await unaryCall(host(), cpuStats)).cpuStats;
    expect(stats).to.deep.include({ ctxSwitches: 5678n, interrupts: 1234n });
    expect(stats).not.to.have.any.keys("softInterrupts", "syscalls");
    const swap = (await unaryCall(host(), swapMemory)).swapMemory;
    expect(swap?.sin).to.equal(11n * BigInt(configured("PAGESIZE")));
    expect(swap?.sout).to.equal(undefined);
    expect((await unaryCall(host(), virtualMemory)).virtualMemory?.shared).to.equal(undefined);
  });

  it("estimates available memory from free and cached alone", async () => {
    const memory = (await unaryCall(host(), virtualMemory)).virtualMemory;
    expect(memory).to.deep.include({ total: 1_024_000n * KB, available: 500_000n * KB, percent: 51.2 });
  });

  it("counts cores and finds the frequency in cpuinfo", async () => {
    const count = (await unaryCall(host(), cpuCount)).cpuCount;
    expect([count?.logical, count?.physical]).to.deep.equal([1, 1]);
    expect(frequencies((await unaryCall(host(), cpuFreq, { percpu: true })).cpus)).to.deep.equal([
      [0, 1866.742, undefined, undefined],
    ]);
  });
});

describeMachine("lxc", (host) => {
  it("takes free memory for available if the host's value is more than the total", async () => {
    const memory = (await unaryCall(host(), virtualMemory)).virtualMemory;
    expect(memory).to.deep.include({ available: 300_000n * KB, percent: 42.8, used: 224_288n * KB });
    expect(memory).not.to.have.any.keys("cached", "shared", "inactive", "slab");
    expect(memory?.buffers).to.equal(0n);
  });

  it("never has more free swap than swap, and no counters without vmstat", async () => {
    const swap = (await unaryCall(host(), swapMemory)).swapMemory;
    expect(swap).to.deep.include({ used: 0n, free: 100_000n * KB, percent: 0 });
    expect(swap).not.to.have.any.keys("sin", "sout");
  });

  it("uses cpuinfo if the cpufreq directory is empty", async () => {
    const { cpus } = await unaryCall(host(), cpuFreq, { percpu: true });
    expect(frequencies(cpus)).to.deep.equal([[0, 2600, undefined, undefined]]);
  });

  it("does not know its cores, which is not an error", async () => {
    const count = (await unaryCall(host(), cpuCount)).cpuCount;
    expect([count?.logical, count?.physical]).to.deep.equal([1, undefined]);
  });
});

for (const [machine, osError] of [
  ["broken", undefined],
  ["empty", 2],
  ["no-such-machine", 2],
] as const) {
  describeMachine(machine, (host) => {
    it("fails with a typed error where a file is needed", async () => {
      const cpu: DescMethodUnary[] = [cpuTimes, cpuPercent, cpuTimesPercent, cpuStats];
      for (const method of [...cpu, getloadavg, virtualMemory, swapMemory, bootTime]) {
        const { code, detail } = await failureOf(unaryCall(host(), method));
        expect([code, detail.reason, detail.osError], method.name).to.deep.equal([
          StatusCode.INTERNAL,
          ErrorReason.OS_ERROR,
          osError,
        ]);
        expect(detail.op).to.equal(`System.${method.name}`);
      }
    });

    it("does not know the number and frequency of its CPUs", async () => {
      const count = (await unaryCall(host(), cpuCount)).cpuCount;
      expect([count?.logical, count?.physical]).to.deep.equal([undefined, undefined]);
      const { average, cpus } = await unaryCall(host(), cpuFreq, { percpu: true });
      expect([average, cpus]).to.deep.equal([undefined, []]);
    });
  });
}
