// SPDX-License-Identifier: Apache-2.0

import { StatusCode, StatusError } from "@hostscope/proto";
import { Process as ProcessService } from "@hostscope/proto/gen/process";
import { AttributeOutcome, ProcessAttribute } from "@hostscope/proto/gen/process_info";
import { expect } from "chai";
import * as errors from "../errors.ts";
import type { Host } from "../host/host.ts";
import { failureOf } from "../spec-support/failure-of.ts";
import { FakeProcesses, used } from "../spec-support/fake-processes.ts";
import type { Process } from "./process.ts";

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}

const tick = () => new Promise((resolve) => setImmediate(resolve));

describe("Host.processIter", () => {
  let fake: FakeProcesses;
  let host: Host;
  beforeEach(() => {
    fake = new FakeProcesses();
    for (const pid of [1, 2, 3, 4, 5]) fake.set(pid, { name: `p${pid}`, ...used(pid) });
    host = fake.host();
  });

  it("gives the processes of all chunks in order, with the values asked for", async () => {
    const processes = await all(host.processIter({ attrs: ["name"] }));
    expect(processes.map(({ pid, info }) => `${pid} ${info.name}`)).to.deep.equal([
      "1 p1",
      "2 p2",
      "3 p3",
      "4 p4",
      "5 p5",
    ]);
    expect(fake.asked).to.deep.equal([[ProcessAttribute.NAME]]);
    fake.rows.delete(1);
    expect(await failureOf((processes[0] as Process).ppid(), errors.NoSuchProcess)).to.include({ processName: "p1" });
  });

  it("without attrs asks for none and sets no info", async () => {
    const [first] = await all(host.processIter());
    expect(first).to.not.have.property("info");
    expect(fake.asked).to.deep.equal([[]]);
  });

  it("keeps each process's object for as long as the process lives", async () => {
    const before = await all(host.processIter());
    fake.rows.delete(2);
    fake.set(3, {}, 99n);
    fake.set(6);
    const after = await all(host.processIter());
    expect(after.map(({ pid }) => pid)).to.deep.equal([1, 3, 4, 5, 6]);
    expect(after.map((process) => before.includes(process))).to.deep.equal([true, false, true, true, false]);
    fake.set(2);
    expect(before).to.not.include((await all(host.processIter())).find(({ pid }) => pid === 2));
  });

  it("takes a mark that one side lacks for equal", async () => {
    const [before] = await all(host.processIter());
    fake.rows.set(1, { ref: { pid: 1n } });
    expect((await all(host.processIter()))[0]).to.equal(before);
  });

  it("gives zombies, with adValue for what they have no more, and leaves out what ended meanwhile", async () => {
    const failed = (outcome: AttributeOutcome) => ({ failures: [{ attribute: ProcessAttribute.EXE, outcome }] });
    fake.set(2, { name: "zombie", ...failed(AttributeOutcome.ZOMBIE) }).set(3, failed(AttributeOutcome.GONE));
    const rows = await all(host.processIter({ attrs: ["name", "exe"], adValue: "-" }));
    expect(rows.map(({ pid }) => pid)).to.deep.equal([1, 2, 4, 5]);
    expect(rows[1]?.info).to.deep.equal({ name: "zombie", exe: "-" });
  });

  it("cancels the RPC when the loop is left", async () => {
    fake.beforeChunk = () => new Promise(() => {});
    for await (const { pid } of host.processIter()) if (pid === 2) break;
    await tick();
    expect(fake.calls).to.have.length(1);
    expect(fake.calls[0]?.cancelled).to.equal(true);
    expect(fake.calls[0]?.options.signal?.aborted).to.equal(true);
  });

  it("keeps the objects of a loop that was left", async () => {
    const met: Process[] = [];
    for await (const process of host.processIter()) {
      met.push(process);
      if (process.pid === 2) break;
    }
    expect((await all(host.processIter())).slice(0, 2)).to.deep.equal(met);
  });

  it("reads ahead, so that a slow loop does not meet the deadline of the call", async () => {
    for await (const { pid } of host.processIter()) {
      await tick();
      if (pid === 1) expect(fake.calls[0]?.cancelled).to.equal(false);
    }
  });

  it("ends with Cancelled when its signal fires", async () => {
    const leave = new AbortController();
    fake.beforeChunk = async () => leave.abort("enough");
    const error = await failureOf(all(host.processIter({ signal: leave.signal })), errors.Cancelled);
    expect(error.cause).to.equal("enough");
  });

  it("gives what came before a failure, then the failure", async () => {
    fake.onStream(ProcessService.method.list, async function* () {
      yield { sample: {}, processes: [{ ref: { pid: 1n } }] };
      throw new StatusError(StatusCode.UNAVAILABLE, "killed");
    });
    const met: number[] = [];
    const loop = async () => {
      for await (const { pid } of host.processIter()) met.push(pid);
    };
    await failureOf(loop(), errors.HostUnreachable);
    expect(met).to.deep.equal([1]);
  });

  it("refuses wrong options before it calls", () => {
    expect(() => host.processIter({ attrs: ["cpu_times" as "name"] })).to.throw(errors.InvalidArgument, "cpuTimes");
    expect(() => host.processIter({ adValues: 1 } as never)).to.throw(errors.InvalidArgument, "adValue");
    expect(fake.calls).to.deep.equal([]);
  });

  describe("with cpuPercent", () => {
    const percents = async () =>
      Object.fromEntries(
        (await all(host.processIter({ attrs: ["cpuPercent"] }))).map(({ pid, info }) => [pid, info.cpuPercent]),
      );

    beforeEach(() => {
      fake.rows.clear();
      fake.set(1, { ...used(1), cpuPercent: { percent: 4, interval: 0.1 } });
    });

    it("lets the agent measure the first time only", async () => {
      expect(await percents()).to.deep.equal({ 1: { percent: 4, interval: 0.1 } });
      fake.now += 2;
      fake.set(1, used(2));
      expect(await percents()).to.deep.equal({ 1: { percent: 50, interval: 2 } });
      expect(fake.asked).to.deep.equal([
        [ProcessAttribute.CPU_PERCENT, ProcessAttribute.CPU_TIMES],
        [ProcessAttribute.CPU_TIMES],
      ]);
    });

    it("lets the agent measure again if the last time was a moment ago", async () => {
      await percents();
      fake.now += 0.09;
      expect(await percents()).to.deep.equal({ 1: { percent: 4, interval: 0.1 } });
    });

    it("is since the last complete iteration, whatever was asked of a process in between", async () => {
      const [one] = await all(host.processIter({ attrs: ["cpuPercent"] }));
      fake.now += 3.75;
      fake.set(1, { ...used(2), cpuPercent: { percent: 9, interval: 0.1 } });
      expect(await one?.cpuPercent()).to.deep.equal({ percent: 9, interval: 0.1 });
      for await (const _ of host.processIter({ attrs: ["cpuPercent"] })) break;
      fake.now += 0.25;
      fake.set(1, used(3));
      expect(await percents()).to.deep.equal({ 1: { percent: 50, interval: 4 } });
      fake.now += 1;
      expect(await one?.cpuPercent()).to.deep.equal({ percent: 80, interval: 1.25 });
    });

    it("knows that who was not there last time had used nothing then", async () => {
      await percents();
      fake.now += 4;
      fake.set(1, used(1)).set(2, used(1));
      expect(await percents()).to.deep.equal({ 1: { percent: 0, interval: 4 }, 2: { percent: 25, interval: 4 } });
    });

    it("does not take a process it could not measure for a new one", async () => {
      fake.set(2, { failures: [{ attribute: ProcessAttribute.CPU_TIMES, outcome: AttributeOutcome.DENIED }] });
      await percents();
      fake.now += 1;
      fake.set(1, used(1)).set(2, used(500));
      expect(await percents()).to.deep.equal({ 1: { percent: 0, interval: 1 }, 2: null });
      fake.now += 1;
      fake.set(2, used(500.5));
      expect((await percents())[2]).to.deep.equal({ percent: 50, interval: 1 });
    });

    it("does not measure across a reboot", async () => {
      await percents();
      fake.now += 50;
      fake.rows.set(1, { ref: { pid: 1n, start: 9n, boot: 8 }, ...used(30) });
      expect(await percents()).to.deep.equal({ 1: null });
      fake.now += 1;
      fake.rows.set(1, { ref: { pid: 1n, start: 9n, boot: 8 }, ...used(30.5) });
      expect(await percents()).to.deep.equal({ 1: { percent: 50, interval: 1 } });
    });
  });
});

describe("Host.processList", () => {
  it("gives all rows as they came, the first sample and the number that vanished", async () => {
    const fake = new FakeProcesses();
    for (const pid of [1, 2, 3]) fake.set(pid, { name: `p${pid}` });
    fake.set(2, { failures: [{ attribute: ProcessAttribute.NAME, outcome: AttributeOutcome.DENIED, osError: 13 }] });
    const { processes, sample, vanished } = await fake.host().processList({ attrs: ["name"], interval: 2 });
    expect(processes.map(({ ref, name }) => [ref.pid, name])).to.deep.equal([
      [1, "p1"],
      [2, null],
      [3, "p3"],
    ]);
    expect(processes[1]?.failures).to.deep.equal([{ attribute: "name", outcome: "denied", osError: 13 }]);
    expect(vanished).to.equal(2);
    expect(sample.monotonicNs).to.equal(100e9);
    expect(fake.calls[0]?.options.timeoutMs).to.equal(12_000);
  });

  it("of a host that answers nothing at all is an error", async () => {
    await failureOf(new FakeProcesses().host().processList(), errors.InternalError);
  });
});
