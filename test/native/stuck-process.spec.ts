// SPDX-License-Identifier: Apache-2.0

import { closeSync, openSync } from "node:fs";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { createCollector } from "@hostscope/native";
import { describeMethod, type Transport } from "@hostscope/proto";
import { BootTimeRequestSchema } from "@hostscope/proto/gen/host";
import { Process } from "@hostscope/proto/gen/process";
import { AttributeOutcome, ProcessAttribute, type ProcessInfo } from "@hostscope/proto/gen/process_info";
import {
  ProcessGetRequestSchema,
  ProcessGetResponseSchema,
  ProcessListRequestSchema,
  ProcessListResponseSchema,
} from "@hostscope/proto/gen/process_read";
import { System } from "@hostscope/proto/gen/system";
import { expect } from "chai";
import { ProcTree, release } from "../support/proc-tree.ts";

const LIST = describeMethod(Process.method.list);
const GET = describeMethod(Process.method.get);
const attributes = [ProcessAttribute.NAME, ProcessAttribute.CMDLINE, ProcessAttribute.IO_COUNTERS];
const FIELD_TIMEOUT_MS = 200;

async function list(collector: Transport): Promise<ProcessInfo[]> {
  const request = toBinary(ProcessListRequestSchema, create(ProcessListRequestSchema, { attributes }));
  const rows: ProcessInfo[] = [];
  for await (const chunk of collector.serverStream(LIST, request, { timeoutMs: 5000 })) {
    rows.push(...fromBinary(ProcessListResponseSchema, chunk).processes);
  }
  return rows;
}

describe("A process that keeps its reader waiting", () => {
  const tree = new ProcTree();
  let collector: Transport;
  let fifo: string;
  before(() => {
    for (let pid = 1; pid <= 200; pid++) tree.process(pid);
    fifo = tree.stuck("100/cmdline");
    collector = createCollector({ procRoot: tree.root, fieldTimeoutMs: FIELD_TIMEOUT_MS, maxThreads: 6 });
  });
  after(async () => {
    await collector?.close();
    tree.remove();
  });

  it("costs its own field of the list, which times out, and nothing else", async () => {
    const rows = await list(collector);
    expect(rows.map(({ ref }) => Number(ref?.pid))).to.deep.equal(Array.from({ length: 200 }, (_, i) => i + 1));
    for (const row of rows) {
      const stuck = row.ref?.pid === 100n;
      expect(row.name).to.equal(`process ${row.ref?.pid}`);
      expect(row.ioCounters?.readCount).to.equal(3n);
      expect(row.cmdline).to.deep.equal(stuck ? [] : ["/bin/program", String(row.ref?.pid)]);
      const failures = row.failures.map(({ attribute, outcome }) => [attribute, outcome]);
      expect(failures).to.deep.equal(stuck ? [[ProcessAttribute.CMDLINE, AttributeOutcome.TIMED_OUT]] : []);
    }
  });

  it("is not waited for again while it is stuck", async () => {
    const start = Date.now();
    for (let i = 0; i < 5; i++) expect(await list(collector)).to.have.length(200);
    expect(Date.now() - start).to.be.below(5 * FIELD_TIMEOUT_MS);
  });

  it("does not slow other calls down while a reader waits", async () => {
    const second = tree.stuck("150/io");
    const slow = list(collector);
    const method = describeMethod(System.method.bootTime);
    const start = Date.now();
    await collector.unary(method, toBinary(BootTimeRequestSchema, create(BootTimeRequestSchema)), { timeoutMs: 1000 });
    expect(Date.now() - start).to.be.below(FIELD_TIMEOUT_MS);
    const row = (await slow).find(({ ref }) => ref?.pid === 150n);
    expect(row?.failures.map(({ outcome }) => outcome)).to.deep.equal([AttributeOutcome.TIMED_OUT]);
    release(second);
  });

  it("is one timed-out field of Get too", async () => {
    const request = toBinary(
      ProcessGetRequestSchema,
      create(ProcessGetRequestSchema, { ref: { pid: 100n }, attributes }),
    );
    const { process } = fromBinary(ProcessGetResponseSchema, await collector.unary(GET, request, { timeoutMs: 5000 }));
    expect(process?.name).to.equal("process 100");
    expect(process?.failures.map(({ attribute }) => attribute)).to.deep.equal([ProcessAttribute.CMDLINE]);
  });

  it("is read again once it answers", async () => {
    const writer = openSync(fifo, "r+");
    tree.replace("100/cmdline", "/bin/awake\0");
    closeSync(writer);
    const end = Date.now() + 3000;
    for (;;) {
      const row = (await list(collector)).find(({ ref }) => ref?.pid === 100n);
      if (row?.cmdline[0] === "/bin/awake") break;
      expect(Date.now(), "still not read").to.be.below(end);
    }
  });
});
