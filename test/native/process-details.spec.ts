// SPDX-License-Identifier: Apache-2.0

import { createCollector } from "@hostscope/native";
import type { Transport } from "@hostscope/proto";
import { Process } from "@hostscope/proto/gen/process";
import { AttributeOutcome, ProcessAttribute, type ProcessInfo } from "@hostscope/proto/gen/process_info";
import { expect } from "chai";
import { configured } from "../support/linux-machine.ts";
import { ProcTree } from "../support/proc-tree.ts";
import { unaryCall } from "../support/unary-call.ts";

const { ENVIRON, NUM_FDS, THREADS, CPU_AFFINITY, IONICE, MEMORY_INFO_EX, UIDS } = ProcessAttribute;

describe("Details of processes in a procfs that is not the kernel's own", () => {
  const tree = new ProcTree();
  let host: Transport;
  beforeEach(() => {
    tree.process(7);
    host = createCollector({ procRoot: tree.root });
  });
  afterEach(async () => {
    await host?.close();
    tree.drop("7");
  });
  after(() => tree.remove());
  const get = async (...attributes: ProcessAttribute[]): Promise<ProcessInfo> =>
    (await unaryCall(host, Process.method.get, { ref: { pid: 7n }, attributes })).process as ProcessInfo;
  const outcomes = (row: ProcessInfo) => row.failures.map(({ attribute, outcome }) => [attribute, outcome]);
  const status = (lines: string) => tree.file("7/status", `Name:\tx\nUid:\t1\t2\t3\t4\n${lines}`);

  it("the affinity is read from status, less the CPUs that are offline", async () => {
    tree.file("stat", "cpu  1 0 1 1\ncpu0 1 0 1 1\ncpu2 1 0 1 1\ncpu1030 1 0 1 1\nctxt 1\nbtime 1700000000\n");
    status("Cpus_allowed_list:\t0-1,3,1024-4095\n");
    expect((await get(CPU_AFFINITY)).cpuAffinity).to.deep.equal([0, 1030]);
    status("Cpus_allowed_list:\t5\n");
    expect((await get(CPU_AFFINITY, UIDS)).cpuAffinity).to.deep.equal([5]);
    for (const list of [
      "",
      "Cpus_allowed_list:\t\n",
      "Cpus_allowed_list:\tx-2\n",
      "Cpus_allowed_list:\t0-4294967295\n",
    ]) {
      status(list);
      const row = await get(CPU_AFFINITY, UIDS);
      expect(outcomes(row), list).to.deep.equal([[CPU_AFFINITY, AttributeOutcome.UNSUPPORTED]]);
      expect(row.uids?.saved).to.equal(3);
    }
  });

  it("the priority of input and output is no file, and what system calls say is about others", async () => {
    expect(outcomes(await get(IONICE))).to.deep.equal([[IONICE, AttributeOutcome.UNSUPPORTED]]);
  });

  it("descriptors are counted, whatever size the folder has", async () => {
    for (const fd of ["0", "1", "2", "700"]) tree.file(`7/fd/${fd}`, "");
    expect((await get(NUM_FDS)).numFds).to.equal(4);
  });

  it("threads are in the order of their numbers, and one without stat has ended", async () => {
    const stat = (tid: number, times: string) =>
      tree.file(`7/task/${tid}/stat`, `${tid} (a) (b) R 1 7 7 0 -1 64 0 0 0 0 ${times} 0 0 20 0 3 0 9\n`);
    stat(10, "100 50");
    stat(9, "7 8");
    stat(101, "0 1");
    tree.file("7/task/55/comm", "ended\n");
    const { threads } = await get(THREADS);
    expect(threads.map(({ id, userTime, systemTime }) => [Number(id), userTime, systemTime])).to.deep.equal([
      [9, 0.07, 0.08],
      [10, 1, 0.5],
      [101, 0, 0.01],
    ]);
  });

  it("what is not there is unsupported, each by itself", async () => {
    const row = await get(ENVIRON, NUM_FDS, THREADS, UIDS);
    expect(row.uids?.real).to.equal(0);
    expect(outcomes(row)).to.have.deep.members(
      [ENVIRON, NUM_FDS, THREADS].map((attribute) => [attribute, AttributeOutcome.UNSUPPORTED]),
    );
  });

  it("the extended memory has what status tells, and nothing that it does not", async () => {
    status("VmHWM:\t4 kB\nRssShmem:\t0 kB\n");
    const { memoryInfoEx } = await get(MEMORY_INFO_EX);
    expect(memoryInfoEx?.memoryInfo?.rss).to.equal(BigInt(5 * configured("PAGESIZE")));
    expect(memoryInfoEx).to.include({ peakRss: 4096n, rssShmem: 0n });
    expect([memoryInfoEx?.peakVms, memoryInfoEx?.swap, memoryInfoEx?.hugetlb]).to.deep.equal([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("the extended memory without one of its two files fails once, with the first reason", async () => {
    tree.replace("7/statm", "garbage\n");
    expect(outcomes(await get(MEMORY_INFO_EX))).to.deep.equal([[MEMORY_INFO_EX, AttributeOutcome.FAILED]]);
    tree.drop("7/status");
    expect(outcomes(await get(MEMORY_INFO_EX))).to.deep.equal([[MEMORY_INFO_EX, AttributeOutcome.UNSUPPORTED]]);
  });
});
