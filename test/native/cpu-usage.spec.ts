// SPDX-License-Identifier: Apache-2.0

import type { DescMethodUnary } from "@bufbuild/protobuf";
import { StatusCode } from "@hostscope/proto";
import { ErrorReason } from "@hostscope/proto/gen/error";
import { System } from "@hostscope/proto/gen/system";
import { expect } from "chai";
import { describeMachine } from "../support/linux-machine.ts";
import { failureOf, unaryCall } from "../support/unary-call.ts";

const { cpuPercent, cpuTimesPercent } = System.method;

// The counters of a tree stand still, so each test knows what was counted since a sample of its own making.
describeMachine("hybrid-laptop", (host) => {
  const columns = (values: number[]): bigint[] => values.map(BigInt);
  const nothing = columns(Array(10).fill(0));
  /** The sample of now with other counters, as if taken earlier. */
  async function sampleWith(counters: { total: bigint[]; cpus?: number[]; ticks?: bigint[] }) {
    const { sample } = await unaryCall(host(), cpuPercent, { interval: 0.001 });
    return { monotonicNs: sample?.monotonicNs ?? 0n, boot: sample?.boot as number, ...counters };
  }

  it("from a sample of the caller's counts all time once and iowait as idle", async () => {
    const since = await sampleWith({ total: nothing });
    const { percent, interval, cpus, sample } = await unaryCall(host(), cpuPercent, { since });
    expect(percent).to.equal(13.9); // 130,400 of 938,400 ticks
    expect(interval).to.be.within(0, 5);
    expect(cpus).to.deep.equal([]);
    expect(sample?.boot).to.equal(0x0f1e2d3c);
    expect(sample?.total).to.deep.equal(columns([80000, 8000, 40000, 800000, 8000, 800, 1600, 0, 16000, 800]));
  });

  it("by mode leaves guests out of user and nice, so that all add up to 100", async () => {
    const since = await sampleWith({ total: nothing });
    const { total } = await unaryCall(host(), cpuTimesPercent, { since });
    expect(total).to.deep.include({ user: 6.8, nice: 0.8, system: 4.3, idle: 85.3, iowait: 0.9 });
    expect(total).to.deep.include({ irq: 0.1, softirq: 0.2, steal: 0, guest: 1.7, guestNice: 0.1 });
    expect(total).not.to.have.any.keys("interrupt", "dpc", "cpu");
  });

  it("by CPU pairs numbers, not positions, and leaves out who was not there", async () => {
    const cpu5 = columns([10005 - 50, 1000, 5000, 100000 - 50, 1000, 100, 200, 0, 2000, 100]);
    const cpu7 = columns([10007, 1000, 5000, 100000 - 100, 1000, 100, 200, 0, 2000, 100]);
    const since = await sampleWith({ total: nothing, cpus: [5, 7, 9], ticks: [...cpu5, ...cpu7, ...nothing] });
    const { cpus } = await unaryCall(host(), cpuPercent, { since, percpu: true });
    expect(cpus.map(({ cpu, percent }) => [cpu, percent])).to.deep.equal([
      [5, 50],
      [7, 0],
    ]);
    const times = await unaryCall(host(), cpuTimesPercent, { since, percpu: true });
    expect(times.cpus.map(({ cpu, user, idle }) => [cpu, user, idle])).to.deep.equal([
      [5, 50, 50],
      [7, 0, 100],
    ]);
  });

  it("makes no percent up when no counter moved", async () => {
    const { percent, interval, cpus } = await unaryCall(host(), cpuPercent, { interval: 0.05, percpu: true });
    expect(percent).to.equal(undefined);
    expect(cpus).to.deep.equal([]);
    expect(interval).to.be.within(0.05, 2);
    expect((await unaryCall(host(), cpuTimesPercent, { interval: 0.05 })).total).to.equal(undefined);
  });

  it("takes a tenth of a second unless told otherwise", async () => {
    expect((await unaryCall(host(), cpuPercent)).interval).to.be.within(0.1, 2);
  });

  it("holds no worker while it waits, so any number can wait at once", async () => {
    const start = Date.now();
    await Promise.all(Array.from({ length: 50 }, () => unaryCall(host(), cpuPercent, { interval: 0.3 })));
    expect(Date.now() - start).to.be.within(290, 1500);
  });

  it("ends at the deadline, however long the interval", async () => {
    const start = Date.now();
    const { code } = await failureOf(unaryCall(host(), cpuPercent, { interval: 30 }, 200));
    expect(code).to.equal(StatusCode.DEADLINE_EXCEEDED);
    expect(Date.now() - start).to.be.within(150, 2000);
  });

  it("passes over a sample of another boot, and one without CPUs if they are asked for", async () => {
    const since = await sampleWith({ total: nothing });
    expect((await unaryCall(host(), cpuPercent, { since: { ...since, boot: 1 } })).percent).to.equal(undefined);
    const percpu = await unaryCall(host(), cpuPercent, { since, percpu: true });
    expect([percpu.percent, percpu.sample?.cpus.length]).to.deep.equal([undefined, 8]);
    expect(percpu.interval).to.be.within(0.1, 2);
  });

  it("refuses intervals that are none", async () => {
    const methods: DescMethodUnary[] = [cpuPercent, cpuTimesPercent];
    const { NaN: none, POSITIVE_INFINITY: infinite } = Number;
    for (const interval of [0, -0, -1, none, infinite, -infinite, 60.001, 1e308]) {
      for (const method of methods) {
        const { code, detail } = await failureOf(unaryCall(host(), method, { interval }));
        expect([code, detail.reason, detail.field], String(interval)).to.deep.equal([
          StatusCode.INVALID_ARGUMENT,
          ErrorReason.INVALID_ARGUMENT,
          "interval",
        ]);
      }
    }
  });

  it("refuses samples that no collector gave", async () => {
    const since = await sampleWith({ total: nothing });
    const cases = [
      [{ since: { ...since, monotonicNs: 2n ** 63n } }, "since.monotonic_ns"],
      [{ since: { ...since, total: [] } }, "since.total"],
      [{ since: {} }, "since.total"],
      [{ since: { ...since, cpus: [1], ticks: [1n] } }, "since.ticks"],
      [{ since: { ...since, cpus: [1, 0], ticks: [...nothing, ...nothing] } }, "since.cpus"],
      [{ since, interval: 1 }, "since"],
    ] as const;
    for (const [request, field] of cases) {
      const { code, detail } = await failureOf(unaryCall(host(), cpuPercent, request as object));
      expect([code, detail.field]).to.deep.equal([StatusCode.INVALID_ARGUMENT, field]);
    }
  });
});
