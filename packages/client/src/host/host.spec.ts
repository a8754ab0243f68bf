// SPDX-License-Identifier: Apache-2.0

import type { CpuPercentRequest, CpuTimesPercentRequest } from "@hostscope/proto/gen/cpu";
import { Process as ProcessService } from "@hostscope/proto/gen/process";
import { System } from "@hostscope/proto/gen/system";
import { expect } from "chai";
import { Connection } from "../connection.ts";
import * as errors from "../errors.ts";
import type { ProcessRef } from "../gen/hostscope/v1/common_plain.ts";
import { createHost } from "../open.ts";
import { failureOf } from "../spec-support/failure-of.ts";
import { FakeProcesses } from "../spec-support/fake-processes.ts";
import { FakeTransport } from "../spec-support/fake-transport.ts";
import { Host } from "./host.ts";

describe("Host and its system", () => {
  let fake: FakeTransport;
  let host: Host;
  let now: number;
  beforeEach(() => {
    fake = new FakeTransport();
    now = 0;
    // Each look at the caller's clock is a second later.
    host = new Host(new Connection(fake, "fake:", 10_000, () => (now += 1000)));
  });

  it("cpuTimes is the total, or each CPU", async () => {
    const asked: boolean[] = [];
    fake.on(System.method.cpuTimes, ({ percpu }) => {
      asked.push(percpu);
      return {
        total: { user: 1.5, iowait: 0 },
        cpus: percpu
          ? [
              { cpu: 0, user: 1 },
              { cpu: 2, user: 0.5 },
            ]
          : [],
      };
    });
    expect(await host.cpuTimes()).to.include({ cpu: null, user: 1.5, iowait: 0, dpc: null });
    expect((await host.cpuTimes({ percpu: true })).map(({ cpu, user }) => [cpu, user])).to.deep.equal([
      [0, 1],
      [2, 0.5],
    ]);
    await host.cpuTimes({ percpu: false });
    expect(asked).to.deep.equal([false, true, false]);
    expect(await failureOf(host.cpuTimes({ percpu: 1 as never }), errors.InvalidArgument)).to.have.property(
      "message",
      "Host.cpuTimes: percpu must be true or false, not 1",
    );
  });

  it("cpuCount is logical unless told otherwise, and null where the host does not tell", async () => {
    fake.on(System.method.cpuCount, () => ({ cpuCount: { logical: 8 } }));
    expect(await host.cpuCount()).to.equal(8);
    expect(await host.cpuCount({ logical: true })).to.equal(8);
    expect(await host.cpuCount({ logical: false })).to.equal(null);
  });

  it("cpuFreq is the mean, null where the host does not tell, or each CPU that tells", async () => {
    fake.on(System.method.cpuFreq, ({ percpu }) => (percpu ? { cpus: [{ cpu: 1, current: 800 }] } : {}));
    expect(await host.cpuFreq()).to.equal(null);
    expect(await host.cpuFreq({ percpu: true })).to.deep.equal([{ cpu: 1, current: 800, min: null, max: null }]);
  });

  it("memory, load and boot are plain values", async () => {
    fake
      .on(System.method.virtualMemory, () => ({ virtualMemory: { total: 2n ** 40n, percent: 12.5 } }))
      .on(System.method.swapMemory, () => ({ swapMemory: { total: 0n } }))
      .on(System.method.cpuStats, () => ({ cpuStats: { ctxSwitches: 5n } }))
      .on(System.method.getloadavg, () => ({ loadavg: { load1: 1, load5: 2, load15: 3 } }))
      .on(System.method.bootTime, () => ({ bootTime: 1.7e9 }));
    expect(await host.virtualMemory()).to.include({ total: 2 ** 40, percent: 12.5, slab: null });
    expect(await host.swapMemory()).to.include({ total: 0, sin: null });
    expect(await host.cpuStats()).to.include({ ctxSwitches: 5, syscalls: null });
    expect(await host.getloadavg()).to.deep.equal([1, 2, 3]);
    fake.on(System.method.getloadavg, () => ({}));
    expect(await host.getloadavg()).to.equal(null);
    expect(await host.bootTime()).to.equal(1.7e9);
  });

  it("an answer without its content is an error, not a row of zeros", async () => {
    fake.on(System.method.virtualMemory, () => ({}));
    await failureOf(host.virtualMemory(), errors.InternalError);
  });

  it("a call that the host does not know is VersionSkew", async () => {
    expect((await failureOf(host.bootTime(), errors.VersionSkew)).message).to.contain("System.BootTime");
  });

  it("pidExists asks only about numbers that can be pids", async () => {
    fake.on(ProcessService.method.pidExists, ({ pid }) => ({ exists: pid === 1n }));
    expect(await host.pidExists(1)).to.equal(true);
    expect(await host.pidExists(0)).to.equal(false);
    expect(fake.calls).to.have.length(2);
    for (const pid of [-1, -0.1e20, 1e300, Number.MAX_VALUE]) expect(await host.pidExists(pid)).to.equal(false);
    for (const pid of [1.5, Number.NaN, "1", null, 1n]) {
      await failureOf(host.pidExists(pid as number), errors.InvalidArgument);
    }
    expect(fake.calls).to.have.length(2);
  });

  it("process() refuses what is no pid as psutil does, before it calls", async () => {
    for (const pid of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "1", null, undefined, {}, { pid: -1 }]) {
      await failureOf(host.process(pid as number), errors.InvalidArgument);
    }
    expect(await failureOf(host.process(1e300), errors.NoSuchProcess)).to.include({ pid: 1e300, host: "fake:" });
    const ref = { pid: 1, start: null, pidfdInode: null, boot: null };
    for (const marks of [
      { start: "x" },
      { start: 5 },
      { start: "18446744073709551616" },
      { boot: -1 },
      { boot: "1" },
    ]) {
      await failureOf(host.process({ ...ref, ...marks } as unknown as ProcessRef), errors.InvalidArgument);
    }
    expect(fake.calls).to.deep.equal([]);
  });

  it("process() turns a pid into a ref, and sends a ref with all its marks", async () => {
    const processes = new FakeProcesses().set(7, {}, 2n ** 63n);
    const process = await processes.host().process(7);
    expect(process.ref).to.deep.equal({ pid: 7, start: "9223372036854775808", pidfdInode: null, boot: 7 });
    expect(processes.asked).to.deep.equal([[]]);
    let sent: unknown;
    processes.on(ProcessService.method.get, ({ ref }) => {
      sent = [ref?.pid, ref?.start, ref?.pidfdInode, ref?.boot];
      return { sample: {}, process: { ref: ref as NonNullable<typeof ref> } };
    });
    await processes.host().process({ ...process.ref, pidfdInode: "12" });
    expect(sent).to.deep.equal([7n, 2n ** 63n, 12n, 7]);
    await failureOf(new FakeProcesses().host().process(8), errors.NoSuchProcess);
  });

  describe("cpuPercent", () => {
    const requests: { percpu: boolean; interval: number | undefined; since: bigint | undefined }[] = [];
    let moved = true;
    beforeEach(() => {
      requests.length = 0;
      moved = true;
      let clock = 0n;
      const answer = ({ percpu, interval, since }: CpuPercentRequest | CpuTimesPercentRequest) => {
        requests.push({ percpu, interval, since: since?.monotonicNs });
        const stands = since !== undefined && !moved;
        return {
          sample: { monotonicNs: ++clock, boot: 3, total: [1n, 2n], cpus: [0], ticks: [3n] },
          interval: interval ?? 0.1,
          stands,
        };
      };
      fake.on(System.method.cpuPercent, (request) => {
        const { stands, ...rest } = answer(request);
        return stands ? rest : { ...rest, percent: 12.5, cpus: request.percpu ? [{ cpu: 0, percent: 25 }] : [] };
      });
      fake.on(System.method.cpuTimesPercent, (request) => {
        const { stands, ...rest } = answer(request);
        return stands
          ? rest
          : { ...rest, total: { user: 60, idle: 40 }, cpus: request.percpu ? [{ cpu: 0, user: 5 }] : [] };
      });
    });
    const asked = () => requests.map(({ interval, since }) => [interval, since]);

    it("is measured by the agent the first time, and from its own last sample afterwards", async () => {
      expect(await host.cpuPercent()).to.deep.equal({ percent: 12.5, interval: 0.1 });
      await host.cpuPercent();
      await host.cpuPercent();
      expect(asked()).to.deep.equal([
        [undefined, undefined],
        [undefined, 1n],
        [undefined, 2n],
      ]);
    });

    it("has baselines of its own per function and per CPU, and per Host", async () => {
      await host.cpuPercent();
      expect(await host.cpuPercent({ percpu: true })).to.deep.equal([{ cpu: 0, percent: 25, interval: 0.1 }]);
      expect(await host.cpuTimesPercent()).to.include({ user: 60, idle: 40, interval: 0.1, cpu: null });
      expect((await host.cpuTimesPercent({ percpu: true }))[0]).to.include({ cpu: 0, user: 5, interval: 0.1 });
      await createHost(fake).cpuPercent();
      expect(asked().every(([, since]) => since === undefined)).to.equal(true);
      await host.cpuPercent({ percpu: true });
      expect(requests.at(-1)).to.deep.equal({ percpu: true, interval: undefined, since: 2n });
    });

    it("over an interval sets the baseline, and is given time for it", async () => {
      await host.cpuPercent({ interval: 2.5 });
      expect(fake.calls[0]?.options.timeoutMs).to.equal(12_500);
      await host.cpuPercent({ interval: 0 });
      expect(asked()).to.deep.equal([
        [2.5, undefined],
        [undefined, 1n],
      ]);
    });

    it("called again within one tick of the host's clock is measured by the agent", async () => {
      for (const percpu of [false, true]) {
        moved = true;
        await host.cpuPercent({ percpu });
        moved = false;
        const answer = await host.cpuPercent({ percpu });
        expect(answer).to.deep.equal(
          percpu ? [{ cpu: 0, percent: 25, interval: 0.1 }] : { percent: 12.5, interval: 0.1 },
        );
      }
      await host.cpuTimesPercent();
      expect(await host.cpuTimesPercent()).to.include({ user: 60 });
    });

    it("so soon after the last that it would be noise is measured by the agent", async () => {
      const hurried = new Host(new Connection(fake, "fake:", 10_000, () => (now += 99)));
      await hurried.cpuPercent();
      await hurried.cpuPercent();
      expect(asked()).to.deep.equal([
        [undefined, undefined],
        [undefined, undefined],
      ]);
    });

    it("of a host whose counters stand still is null", async () => {
      fake
        .on(System.method.cpuPercent, () => ({ interval: 0.1 }))
        .on(System.method.cpuTimesPercent, () => ({ interval: 0.1 }));
      expect(await host.cpuPercent()).to.deep.equal({ percent: null, interval: 0.1 });
      expect(await host.cpuTimesPercent()).to.equal(null);
    });

    it("sends the sample back as it came", async () => {
      let since: unknown;
      await host.cpuPercent();
      fake.on(System.method.cpuPercent, (request) => {
        since = { ...request.since, $typeName: undefined };
        return { percent: 1 };
      });
      await host.cpuPercent();
      expect(since).to.deep.include({ monotonicNs: 1n, boot: 3, total: [1n, 2n], cpus: [0], ticks: [3n] });
    });

    for (const interval of [-0.1, Number.NaN, "1"]) {
      it(`refuses an interval of ${interval}`, async () => {
        await failureOf(host.cpuPercent({ interval: interval as number }), errors.InvalidArgument);
        await failureOf(host.cpuTimesPercent({ interval: interval as number }), errors.InvalidArgument);
        expect(requests).to.deep.equal([]);
      });
    }
  });
});
