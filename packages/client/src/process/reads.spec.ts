// SPDX-License-Identifier: Apache-2.0

import { StatusCode, StatusError } from "@hostscope/proto";
import { ConnectionKind } from "@hostscope/proto/gen/network";
import { Process as ProcessService } from "@hostscope/proto/gen/process";
import { AttributeOutcome, ProcessAttribute } from "@hostscope/proto/gen/process_info";
import { MemoryType } from "@hostscope/proto/gen/process_read";
import { expect } from "chai";
import { AccessDenied, Cancelled, HostUnreachable, NoSuchProcess } from "../errors.ts";
import { failureOf } from "../spec-support/failure-of.ts";
import { FakeProcesses, used } from "../spec-support/fake-processes.ts";
import type { Process } from "./process.ts";

describe("Reads of one process", () => {
  let fake: FakeProcesses;
  let process: Process;
  beforeEach(async () => {
    fake = new FakeProcesses().set(7, { name: "seven", ppid: 1n, numThreads: 3, memoryPercent: 2, ...used(1) });
    process = await fake.host().process(7);
    fake.calls.length = 0;
    fake.asked.length = 0;
  });

  it("in the same tick are one RPC that asks for each attribute once", async () => {
    const values = await Promise.all([process.name(), process.cpuTimes(), process.name(), process.isRunning()]);
    expect(values.map((value) => typeof value)).to.deep.equal(["string", "object", "string", "boolean"]);
    expect(fake.asked).to.deep.equal([[ProcessAttribute.NAME, ProcessAttribute.CPU_TIMES]]);
  });

  it("in different ticks are RPCs of their own", async () => {
    await process.name();
    await process.name();
    expect(fake.count("Get")).to.equal(2);
  });

  it("of two processes are two RPCs", async () => {
    fake.set(8, { name: "eight" });
    const other = await fake.host().process(8);
    fake.calls.length = 0;
    expect(await Promise.all([process.name(), other.name()])).to.deep.equal(["seven", "eight"]);
    expect(fake.count("Get")).to.equal(2);
  });

  it("with other options or arguments do not travel together", async () => {
    const { signal } = new AbortController();
    await Promise.all([
      process.name({ timeoutMs: 500 }),
      process.ppid({ timeoutMs: 500 }),
      process.numThreads({ timeoutMs: 600 }),
      process.numThreads({ signal }),
      process.memoryPercent(),
      process.memoryPercent({ memtype: "rss" }),
      process.memoryPercent({ memtype: "vms" }),
    ]);
    expect(fake.calls.map(({ options }) => options)).to.deep.equal([
      { timeoutMs: 500 },
      { timeoutMs: 600 },
      { timeoutMs: 10_000, signal },
      { timeoutMs: 10_000 },
      { timeoutMs: 10_000 },
    ]);
  });

  it("with different arguments of different attributes travel together, with those of one attribute do not", async () => {
    const requests: unknown[] = [];
    fake.on(ProcessService.method.get, ({ attributes, options }) => {
      const { memoryPercentMemtype, memoryMapsGrouped, connectionsKind } = options ?? {};
      requests.push([attributes, memoryPercentMemtype, memoryMapsGrouped, connectionsKind]);
      return { sample: {}, process: { name: "seven", memoryPercent: 1 } };
    });
    await Promise.all([
      process.name(),
      process.memoryMaps({ grouped: false }),
      process.connections({ kind: "unix" }),
      process.memoryPercent({ memtype: "uss" }),
      process.memoryMaps({ grouped: false }),
      process.netConnections({ kind: "unix" }),
      process.memoryMaps(),
      process.connections({ kind: "inet" }),
      process.memoryMaps({ grouped: true }),
      process.connections({ kind: "tcp" }),
    ]);
    const { NAME, MEMORY_MAPS, CONNECTIONS, MEMORY_PERCENT } = ProcessAttribute;
    expect(requests).to.deep.equal([
      [[NAME, MEMORY_MAPS, CONNECTIONS, MEMORY_PERCENT], MemoryType.USS, false, ConnectionKind.UNIX],
      [[MEMORY_MAPS, CONNECTIONS], MemoryType.UNSPECIFIED, undefined, ConnectionKind.UNSPECIFIED],
      [[CONNECTIONS], MemoryType.UNSPECIFIED, undefined, ConnectionKind.TCP],
    ]);
  });

  it("carry the ref and the arguments", async () => {
    const requests: unknown[] = [];
    fake.on(ProcessService.method.get, ({ ref, options }) => {
      requests.push([ref?.pid, ref?.start, ref?.boot, options?.memoryPercentMemtype]);
      return { sample: {}, process: { memoryPercent: 1 } };
    });
    await process.memoryPercent({ memtype: "vms" });
    expect(requests).to.deep.equal([[7n, 1n, 7, MemoryType.VMS]]);
  });

  it("end each with its own value or its own error", async () => {
    fake.set(7, {
      name: "seven",
      failures: [{ attribute: ProcessAttribute.EXE, outcome: AttributeOutcome.DENIED, osError: 13 }],
    });
    const [name, exe] = await Promise.allSettled([process.name(), process.exe()]);
    expect(name).to.deep.equal({ status: "fulfilled", value: "seven" });
    const { reason } = exe as PromiseRejectedResult;
    expect(reason).to.be.instanceOf(AccessDenied);
    expect(reason).to.include({ pid: 7, host: "fake:", osError: 13, processName: "seven" });
  });

  it("of a failed RPC all fail, and the next try starts afresh", async () => {
    fake.on(ProcessService.method.get, () => {
      throw new StatusError(StatusCode.UNAVAILABLE, "down");
    });
    await failureOf(process.name(), HostUnreachable);
    const both = await Promise.allSettled([process.name(), process.ppid()]);
    expect(both.map(({ status }) => status)).to.deep.equal(["rejected", "rejected"]);
    expect(fake.count("Get")).to.equal(2);
  });

  it("are cancelled by their own signal only", async () => {
    const leave = new AbortController();
    let answer = () => {};
    fake.on(
      ProcessService.method.get,
      () =>
        new Promise((resolve) => {
          answer = () => resolve({ sample: {}, process: { name: "late" } });
        }),
    );
    const given = failureOf(process.name({ signal: leave.signal }), Cancelled);
    const kept = process.name();
    await new Promise((resolve) => setImmediate(resolve));
    leave.abort("enough");
    expect((await given).cause).to.equal("enough");
    answer();
    expect(await kept).to.equal("late");
  });

  it("tell errors the name the process had", async () => {
    await process.name();
    fake.rows.clear();
    expect(await failureOf(process.ppid(), NoSuchProcess)).to.include({ pid: 7, processName: "seven" });
  });
});
