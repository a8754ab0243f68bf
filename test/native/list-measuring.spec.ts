// SPDX-License-Identifier: Apache-2.0

import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { createCollector } from "@hostscope/native";
import { describeMethod, type Transport } from "@hostscope/proto";
import { Process } from "@hostscope/proto/gen/process";
import { ProcessAttribute, type ProcessInfo } from "@hostscope/proto/gen/process_info";
import { ProcessListRequestSchema, ProcessListResponseSchema } from "@hostscope/proto/gen/process_read";
import { expect } from "chai";
import { ProcTree } from "../support/proc-tree.ts";

const INTERVAL = 1;
const MOMENTS_LATER = 300;
const TICKS = 40;
const ENVIRON_BYTES = 60_000;

/** Rows that take long to read are read while cpu_percent is being measured, and wait for it. */
describe("A list that measures while it reads", () => {
  let tree: ProcTree;
  let collector: Transport;
  const start = (processes: number): void => {
    tree = new ProcTree();
    for (let pid = 1; pid <= processes; pid++) {
      tree.process(pid);
      tree.replace(`${pid}/environ`, `V=${"x".repeat(ENVIRON_BYTES)}\0`);
    }
    collector = createCollector({ procRoot: tree.root });
  };
  afterEach(async () => {
    await collector.close();
    tree.remove();
  });

  const burn = (pid: number): void => {
    const stat = readFileSync(join(tree.root, `${pid}/stat`), "latin1");
    tree.replace(`${pid}/stat`, stat.replace(" 150 50 ", ` ${150 + TICKS} 50 `));
  };
  const list = async (): Promise<ProcessInfo[]> => {
    const attributes = [ProcessAttribute.CPU_PERCENT, ProcessAttribute.ENVIRON];
    const options = { cpuPercentInterval: INTERVAL };
    const request = toBinary(ProcessListRequestSchema, create(ProcessListRequestSchema, { attributes, options }));
    const rows: ProcessInfo[] = [];
    for await (const bytes of collector.serverStream(describeMethod(Process.method.list), request, {
      timeoutMs: 20_000,
    })) {
      rows.push(...fromBinary(ProcessListResponseSchema, bytes).processes);
    }
    return rows;
  };
  const pidOf = ({ ref }: ProcessInfo): number => Number(ref?.pid);

  it("tells what was used from the first look to the end of the interval", async () => {
    start(50);
    const listed = list();
    await sleep(MOMENTS_LATER);
    burn(7);
    const rows = await listed;
    expect(rows.map(pidOf)).to.deep.equal(Array.from({ length: 50 }, (_, i) => i + 1));
    for (const row of rows) {
      const { percent = Number.NaN, interval = Number.NaN } = row.cpuPercent ?? {};
      expect(interval).to.be.at.least(INTERVAL);
      expect((percent * interval) / 100, `${pidOf(row)}`).to.be.closeTo(pidOf(row) === 7 ? TICKS / 100 : 0, 1e-9);
    }
  });

  it("keeps the row of a process that ends meanwhile, or whose pid gets another owner, and says how short it was", async () => {
    start(50);
    const listed = list();
    await sleep(MOMENTS_LATER);
    for (const pid of [8, 9]) rmSync(join(tree.root, `${pid}`), { recursive: true });
    tree.process(9, { start: 4711 });
    burn(9);
    const rows = new Map((await listed).map((row) => [pidOf(row), row]));
    for (const pid of [8, 9]) {
      expect(rows.get(pid)?.cpuPercent?.interval).to.be.below(INTERVAL);
      expect(rows.get(pid)?.cpuPercent?.percent).to.equal(0);
    }
    expect(rows.get(10)?.cpuPercent?.interval).to.be.at.least(INTERVAL);
  });

  it("does not wait with more than some megabytes", async () => {
    start(600);
    const before = process.memoryUsage().rss;
    const listed = list();
    await sleep(INTERVAL * 800);
    const growth = process.memoryUsage().rss - before;
    const rows = await listed;
    expect(rows).to.have.length(600);
    for (const { cpuPercent } of rows) expect(cpuPercent?.interval).to.be.at.least(INTERVAL);
    expect(rows.every(({ environ }) => environ.V?.length === ENVIRON_BYTES)).to.equal(true);
    expect(growth).to.be.below((600 * ENVIRON_BYTES) / 1.5);
  });
});
