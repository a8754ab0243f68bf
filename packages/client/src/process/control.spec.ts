// SPDX-License-Identifier: Apache-2.0

import { Process as ProcessService } from "@hostscope/proto/gen/process";
import { Guarantee, RlimitResource } from "@hostscope/proto/gen/process_control";
import { IoprioClass, IoprioLevel } from "@hostscope/proto/gen/process_values";
import { System } from "@hostscope/proto/gen/system";
import { expect } from "chai";
import { RLIM_INFINITY } from "../constants/rlimit.ts";
import { InvalidArgument } from "../errors.ts";
import { failureOf } from "../spec-support/failure-of.ts";
import { FakeProcesses } from "../spec-support/fake-processes.ts";
import type { Process } from "./process.ts";

const { sendSignal, suspend, terminate, setNice, setIonice, setCpuAffinity, setRlimit, killTree, reap } =
  ProcessService.method;
const guarantee = Guarantee.ATOMIC;

describe("Control of a process", () => {
  let fake: FakeProcesses;
  let process: Process;
  const asked: unknown[] = [];
  const plain = (request: object) => {
    const { $typeName, $unknown, ref, mutation, ...rest } = request as Record<string, unknown>;
    return rest;
  };
  const note = (request: object) => {
    asked.push(plain(request));
    return { guarantee };
  };
  beforeEach(async () => {
    fake = new FakeProcesses().set(7, { nice: 3 }, 99n);
    process = await fake.host().process(7);
    asked.length = 0;
  });

  it("names the very process, the reason and the operation", async () => {
    const seen: unknown[] = [];
    fake.on(terminate, ({ ref, mutation }) => {
      seen.push([ref?.pid, ref?.start, ref?.boot, mutation?.reason, mutation?.operationId]);
      return { guarantee };
    });
    expect(await process.terminate({ reason: "why", operationId: "op" })).to.deep.equal({ guarantee: "atomic" });
    await process.terminate();
    expect(seen).to.deep.equal([
      [7n, 99n, 7, "why", "op"],
      [7n, 99n, 7, undefined, undefined],
    ]);
  });

  it("takes signals by the host's own names, for whose numbers it asks once", async () => {
    const signals = [{ name: "SIGUSR1", number: 30 }];
    fake.on(System.method.hostInfo, () => ({ hostInfo: { constants: { signals } } })).on(sendSignal, note);
    for (const signal of ["SIGUSR1", 9, "SIGUSR1"] as const) await process.sendSignal(signal);
    expect(asked).to.deep.equal([{ signal: 30 }, { signal: 9 }, { signal: 30 }]);
    expect(fake.count("HostInfo")).to.equal(1);
    const typo = await failureOf(process.sendSignal("SIGUSR"), InvalidArgument);
    expect(typo.message).to.contain('did you mean "SIGUSR1"?');
  });

  it("reads without a value and sets with one", async () => {
    fake.on(setNice, note).on(setIonice, note).on(setCpuAffinity, note).on(setRlimit, note);
    expect(await process.nice()).to.equal(3);
    expect(await process.nice({ timeoutMs: 50 })).to.equal(3);
    await process.nice(0);
    await process.nice(-5, { allThreads: true });
    await process.ionice("be", 4);
    await process.ionice("low");
    await process.cpuAffinity([3, 1, 3]);
    await process.cpuAffinity([], { allThreads: true });
    await process.rlimit("nofile", [1, RLIM_INFINITY]);
    expect(asked).to.deep.equal([
      { nice: 0, allThreads: false },
      { nice: -5, allThreads: true },
      { ionice: { $typeName: "hostscope.v1.ProcessIonice", ioclass: IoprioClass.BE, value: 4 }, allThreads: false },
      { ionice: { $typeName: "hostscope.v1.ProcessIonice", level: IoprioLevel.LOW }, allThreads: false },
      { cpus: [3, 1], allThreads: false },
      { cpus: [], allThreads: true },
      { resource: RlimitResource.NOFILE, limits: { $typeName: "hostscope.v1.RlimitPair", soft: 1n } },
    ]);
  });

  it("refuses what is wrong whatever the host, without asking it", async () => {
    const before = fake.calls.length;
    for (const call of [
      () => process.terminate({ reason: "x".repeat(257) }),
      () => process.terminate({ operationId: "" }),
      () => process.kill({ reasn: "x" } as object),
      () => process.nice(1.5),
      () => process.nice("3" as unknown as number),
      () => process.nice(3, { allThreads: 1 as unknown as boolean }),
      () => process.ionice("worst" as "be"),
      () => process.ionice("low", 3),
      () => process.cpuAffinity([-1]),
      () => process.rlimit("core", [5, 4]),
      () => process.rlimit("core", [-2, 4]),
      () => process.killTree({ timeout: 61 }),
      () => process.reap({ grace: -1 }),
    ]) {
      await failureOf(call(), InvalidArgument);
    }
    expect(fake.calls).to.have.length(before);
  });

  it("gives a call that waits the time it needs on top", async () => {
    fake.on(suspend, () => ({ guarantee, changed: true }));
    for (const method of [killTree, reap] as const) {
      fake.on(method as typeof killTree, (request) => {
        asked.push(plain(request));
        return {};
      });
    }
    await process.killTree({ timeout: 7, keepRoot: true });
    await process.reap({ grace: 1, timeout: 2, recursive: true });
    await process.suspend();
    expect(asked).to.deep.equal([
      { timeout: 7, keepRoot: true },
      { grace: 1, timeout: 2, recursive: true },
    ]);
    expect(fake.calls.slice(-3).map(({ options }) => options.timeoutMs)).to.deep.equal([17_000, 13_000, 10_000]);
  });
});
