// SPDX-License-Identifier: Apache-2.0

import type { Transport } from "@hostscope/proto";
import { ErrorReason } from "@hostscope/proto/gen/error";
import { Process } from "@hostscope/proto/gen/process";
import { ProcessAttribute } from "@hostscope/proto/gen/process_info";
import { System } from "@hostscope/proto/gen/system";
import { expect } from "chai";
import { describeMachine } from "../support/linux-machine.ts";
import { failureOf, unaryCall } from "../support/unary-call.ts";

const ID = "5f8c1e2d3b4a59687766554433221100ffeeddccbbaa99887766554433221100";
const MIB = 1024n ** 2n;
const GIB = 1024n ** 3n;

/** Limits of the group of one process, of the agent's own without a pid. */
const limits = (host: Transport, pid?: bigint, start?: bigint) =>
  unaryCall(host, System.method.limits, refTo(pid, start));

const pressure = (host: Transport, pid?: bigint, start?: bigint) =>
  unaryCall(host, System.method.pressure, refTo(pid, start));

const refTo = (pid: bigint | undefined, start: bigint | undefined) =>
  pid === undefined ? {} : { ref: { pid, ...(start === undefined ? {} : { start }) } };

async function cgroupOf(host: Transport, pid: bigint) {
  const request = { ref: { pid }, attributes: [ProcessAttribute.CGROUP] };
  return (await unaryCall(host, Process.method.get, request)).process?.cgroup;
}

/** What is present in a message, without its type's name. */
const fields = (message: object | undefined) =>
  Object.fromEntries(
    Object.entries(message ?? {}).filter(([key, value]) => !key.startsWith("$") && value !== undefined),
  );

describeMachine("cgroup-v2", (host) => {
  it("has the least limit of every level above the agent", async () => {
    const { host: whole, cgroup, effectiveCpus, effectiveMemory } = await limits(host());
    expect(fields(whole)).to.deep.equal({ cpus: 4, memory: 16n * GIB, swap: 4n * GIB, pids: 127_000n });
    expect(fields(cgroup)).to.deep.include({ path: "/system.slice/agent.service", version: 2 });
    expect(fields(cgroup)).to.deep.include({ cpuQuota: 1.5, cpuPeriod: 0.1, cpuset: [0, 1, 2] });
    expect(fields(cgroup)).to.deep.include({ memoryMax: 2n * GIB, memoryHigh: GIB, memoryCurrent: 30n * MIB });
    expect(fields(cgroup)).to.deep.include({ swapMax: GIB, swapCurrent: 4096n, pidsMax: 100n, pidsCurrent: 7n });
    expect([effectiveCpus, effectiveMemory]).to.deep.equal([1.5, 2n * GIB]);
  });

  it("counts who is stopped where the quota is set", async () => {
    const { cgroup } = await limits(host());
    expect(fields(cgroup?.throttling)).to.deep.equal({ periods: 50n, throttled: 10n, throttledTime: 2.5 });
    const inContainer = (await limits(host(), 400n)).cgroup;
    expect(fields(inContainer?.throttling)).to.deep.equal({ periods: 12n, throttled: 3n, throttledTime: 1.5 });
  });

  it("has the limits of another process's group", async () => {
    const { cgroup, effectiveCpus, effectiveMemory } = await limits(host(), 400n);
    expect(fields(cgroup)).to.deep.include({ cpuQuota: 0.25, cpuPeriod: 0.2, cpuset: [1], swapMax: 0n, pidsMax: 50n });
    expect([effectiveCpus, effectiveMemory]).to.deep.equal([0.25, 512n * MIB]);
  });

  it("knows no limit of the root", async () => {
    const { cgroup, effectiveCpus, effectiveMemory } = await limits(host(), 500n);
    expect(Object.keys(fields(cgroup)).sort()).to.deep.equal(["cpuset", "path", "version"]);
    expect([effectiveCpus, effectiveMemory]).to.deep.equal([4, 16n * GIB]);
  });

  it("has no group where none can be seen", async () => {
    for (const pid of [600n, 700n]) {
      const { cgroup, effectiveCpus } = await limits(host(), pid);
      expect(cgroup).to.equal(undefined);
      expect(effectiveCpus).to.equal(4);
    }
    const { cgroup, cgroupPath } = await pressure(host(), 700n);
    expect([cgroup, cgroupPath]).to.deep.equal([undefined, "/../outside"]);
  });

  it("tells a process that is gone, or another, from one that is not asked for", async () => {
    for (const ask of [limits, pressure]) {
      const gone = await failureOf(ask(host(), 999n));
      expect(gone.detail.reason).to.equal(ErrorReason.NO_SUCH_PROCESS);
      const reused = await failureOf(ask(host(), 400n, 7n));
      expect(reused.detail.reason).to.equal(ErrorReason.PID_REUSED);
      const wrong = await failureOf(ask(host(), -1n));
      expect(wrong.detail.reason).to.equal(ErrorReason.INVALID_ARGUMENT);
      expect(await ask(host(), 400n, 500n)).to.be.an("object");
    }
  });

  it("has pressure of the host, without what its kernel does not count", async () => {
    const { host: whole } = await pressure(host());
    expect(fields(whole?.cpu?.some)).to.deep.equal({ avg10: 1.25, avg60: 2.25, avg300: 3.25, total: 3 });
    expect(whole?.cpu?.full).to.equal(undefined);
    expect(fields(whole?.memory?.full)).to.deep.equal({ avg10: 0.5, avg60: 1.5, avg300: 2.5, total: 0.5 });
    expect(whole?.io).to.equal(undefined);
    expect(whole?.irq?.some).to.equal(undefined);
    expect(whole?.irq?.full?.total).to.equal(0.25);
  });

  it("has pressure of the agent's group", async () => {
    const { cgroup, cgroupPath } = await pressure(host());
    expect(cgroupPath).to.equal("/system.slice/agent.service");
    expect([cgroup?.cpu?.some?.avg10, cgroup?.cpu?.full?.total]).to.deep.equal([10, 0.9]);
    expect(cgroup?.memory?.some?.avg60).to.equal(1);
    expect([cgroup?.io, cgroup?.irq]).to.deep.equal([undefined, undefined]);
  });

  it("names container, unit and slice of a process", async () => {
    expect(fields(await cgroupOf(host(), 400n))).to.deep.equal({
      path: `/system.slice/docker-${ID}.scope`,
      containerId: ID,
      containerRuntime: "docker",
      unit: `docker-${ID}.scope`,
      slice: "system.slice",
      v1Paths: {},
    });
    expect(fields(await cgroupOf(host(), 500n))).to.deep.equal({ path: "/", v1Paths: {} });
  });
});

describeMachine("cgroup-v1", (host) => {
  it("has limits of each hierarchy, also those that only memory.stat knows", async () => {
    const { cgroup, effectiveCpus, effectiveMemory } = await limits(host());
    expect(fields(cgroup)).to.deep.include({ path: `/docker/${ID}`, version: 1 });
    expect(fields(cgroup)).to.deep.include({ cpuQuota: 0.5, cpuPeriod: 0.05, cpuset: [0, 2] });
    expect(fields(cgroup)).to.deep.include({ memoryMax: GIB, memoryCurrent: 200n * MIB });
    expect(fields(cgroup)).to.deep.include({ swapMax: 512n * MIB, swapCurrent: 50n * MIB });
    expect(fields(cgroup)).to.deep.include({ pidsMax: 64n, pidsCurrent: 5n });
    expect(fields(cgroup?.throttling)).to.deep.equal({ periods: 9n, throttled: 4n, throttledTime: 0.75 });
    expect([effectiveCpus, effectiveMemory]).to.deep.equal([0.5, GIB]);
  });

  it("takes the largest count of pages for no limit", async () => {
    const { cgroup, effectiveMemory } = await limits(host(), 400n);
    expect(cgroup?.path).to.equal("/init.scope");
    expect(fields(cgroup)).not.to.have.any.keys("cpuQuota", "cpuPeriod", "memoryMax", "swapMax", "pidsMax");
    expect(fields(cgroup)).to.deep.include({ memoryCurrent: 5n * GIB, swapCurrent: 0n, cpuset: [0, 1, 2, 3] });
    expect(effectiveMemory).to.equal(16n * GIB);
  });

  it("has no pressure, for neither side counts any", async () => {
    expect(fields(await pressure(host()))).to.have.all.keys("sample", "cgroupPath");
  });

  it("names the path in each hierarchy", async () => {
    const cgroup = await cgroupOf(host(), 300n);
    const path = `/docker/${ID}`;
    expect(cgroup?.v1Paths).to.deep.equal({
      ...{ pids: path, cpuset: path, "cpu,cpuacct": path, memory: path },
      "name=systemd": path,
    });
    expect([cgroup?.path, cgroup?.containerId, cgroup?.containerRuntime]).to.deep.equal([path, ID, "docker"]);
  });
});

describeMachine("cgroup-hybrid", (host) => {
  it("takes each limit from the version that has its controller", async () => {
    const { cgroup, effectiveCpus, effectiveMemory } = await limits(host());
    expect(fields(cgroup)).to.deep.include({ path: "/user.slice/user-1000.slice/session-3.scope", version: 1 });
    expect(fields(cgroup)).to.deep.include({ cpuQuota: 1, memoryMax: GIB, memoryCurrent: MIB, pidsMax: 500n });
    expect(fields(cgroup?.throttling)).to.deep.equal({ periods: 2n, throttled: 1n, throttledTime: 0.001 });
    expect([effectiveCpus, effectiveMemory]).to.deep.equal([1, GIB]);
  });

  it("names the unit from version 2", async () => {
    const cgroup = await cgroupOf(host(), 300n);
    expect([cgroup?.unit, cgroup?.slice]).to.deep.equal(["session-3.scope", "user-1000.slice"]);
    expect(cgroup?.v1Paths).to.have.all.keys("memory", "name=systemd");
  });
});
