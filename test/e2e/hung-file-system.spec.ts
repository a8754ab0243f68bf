// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, readdirSync, readFileSync, rmdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { DeadlineExceeded, type Host, InternalError, open } from "@hostscope/client";
import { expect } from "chai";
import { type AgentProcess, startAgentThrough } from "../support/agent-process.ts";
import { inNewNamespace, requireNamespace } from "../support/own-namespace.ts";

const HUNG_MOUNT = fileURLToPath(new URL("../support/hung_mount.py", import.meta.url));
const ENOTCONN = 107;
/** More calls than the agent may have threads. */
const MANY = 60;
/** File systems have at most so many threads at work, whether they answer or not. */
const FILE_THREADS = 4;

/** Milliseconds that a call takes, and how it ended. */
async function timed<T>(call: () => Promise<T>): Promise<{ ms: number; error: unknown; value: T | null }> {
  const start = performance.now();
  try {
    const value = await call();
    return { ms: performance.now() - start, error: null, value };
  } catch (error) {
    return { ms: performance.now() - start, error, value: null };
  }
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] as number;

/** Median latency of calls of several kinds, one after the other; all must succeed. */
async function latency(host: Host, calls: number): Promise<number> {
  const kinds = [() => host.virtualMemory(), () => host.pids(), () => host.diskUsage("/"), () => host.diskIoCounters()];
  const times: number[] = [];
  for (let i = 0; i < calls; i++) {
    const { ms, error } = await timed<unknown>(kinds[i % kinds.length] as () => Promise<unknown>);
    if (error !== null) throw error;
    times.push(ms);
  }
  return median(times);
}

describe("A file system that does not answer", function () {
  this.timeout(60_000);
  this.slow(10_000);

  let folder: string;
  let mountpoint: string;
  let agent: AgentProcess;
  let host: Host;
  before(async function () {
    folder = mkdtempSync(join(tmpdir(), "hostscope-hung-"));
    mountpoint = mkdtempSync(join(folder, "mount-"));
    const mounted = ["python3", HUNG_MOUNT, mountpoint, join(folder, "server.pid")];
    requireNamespace.call(this, "mount", [...mounted, "true"]);
    agent = await startAgentThrough([...inNewNamespace("mount"), ...mounted]);
    host = await open(agent.target);
  });
  after(async () => {
    await host?.close();
    await agent?.stop();
    rmdirSync(mountpoint); // nothing is mounted out here
    rmSync(folder, { recursive: true });
  });

  const serverPid = () => Number(readFileSync(join(folder, "server.pid"), "utf8"));
  const threads = () => readdirSync(`/proc/${agent.child.pid}/task`).length;

  it("is listed, for that asks nobody", async () => {
    const mounts = await host.diskPartitions({ all: true });
    const found = mounts.find((mount) => mount.mountpoint === mountpoint);
    expect(found).to.include({ device: "hung", fstype: "fuse.hung" });
    expect((await host.diskPartitions()).map((mount) => mount.mountpoint)).not.to.include(mountpoint);
  });

  it("costs its own call the deadline, and other calls nothing", async () => {
    const before = await latency(host, 100);
    const hung = timed(() => host.diskUsage(mountpoint, { timeoutMs: 3000 }));
    const meanwhile = await latency(host, 200);
    const { ms, error } = await hung;
    expect(error).to.be.instanceOf(DeadlineExceeded);
    expect(ms).to.be.within(2990, 4500);
    expect(meanwhile, `${before} ms before`).to.be.below(Math.max(before * 5, 50));
  });

  it("holds one thread however often it is asked for, and every call has its own deadline", async () => {
    const before = threads();
    const deadlines = Array.from({ length: MANY }, (_, i) => 300 + 20 * i);
    const calls = deadlines.map((timeoutMs) => timed(() => host.diskUsage(mountpoint, { timeoutMs })));
    const meanwhile = await latency(host, 100);
    const ends = await Promise.all(calls);
    ends.forEach(({ ms, error }, i) => {
      expect(error).to.be.instanceOf(DeadlineExceeded);
      expect(ms).to.be.within((deadlines[i] as number) - 10, (deadlines[i] as number) + 1500);
    });
    expect(meanwhile).to.be.below(100);
    expect(threads()).to.be.at.most(before + FILE_THREADS);
    expect((await host.diskUsage("/")).total).to.be.greaterThan(0);
  });

  it("is told again once it answers, in its own unit", async () => {
    const early = timed(() => host.diskUsage(mountpoint, { timeoutMs: 10_000 }));
    await sleep(600); // longer than a thread may take before another stands in for it
    process.kill(serverPid(), "SIGUSR1");
    const expected = { total: 512_000, used: 307_200, free: 179_200, percent: 63.2, inodes: 50, inodesFree: 40 };
    expect((await early).value).to.include(expected);
    const { ms, value } = await timed(() => host.diskUsage(mountpoint, { timeoutMs: 10_000 }));
    expect(value).to.include(expected);
    expect(ms).to.be.below(1000);
  });

  it("is an error with the system's number when its server has died", async () => {
    process.kill(serverPid(), "SIGKILL");
    await sleep(200);
    const { error } = await timed(() => host.diskUsage(mountpoint));
    expect(error).to.be.instanceOf(InternalError).and.include({ code: "os_error", osError: ENOTCONN });
  });
});
