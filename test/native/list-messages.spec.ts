// SPDX-License-Identifier: Apache-2.0

import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { createCollector } from "@hostscope/native";
import { describeMethod, type Transport } from "@hostscope/proto";
import { Process } from "@hostscope/proto/gen/process";
import { ProcessAttribute } from "@hostscope/proto/gen/process_info";
import {
  ProcessListRequestSchema,
  type ProcessListResponse,
  ProcessListResponseSchema,
} from "@hostscope/proto/gen/process_read";
import { expect } from "chai";
import { ProcTree, release } from "../support/proc-tree.ts";

const LIST = describeMethod(Process.method.list);
const PROCESSES = 600;
const HEAVY_BYTES = 60_000;
const MESSAGE_BYTES = 256 * 1024;
/** 8 MiB that may wait for a late block, the block that goes beyond, and the late one: 64 rows each. */
const MOST_AHEAD = (8 << 20) + 2 * 64 * HEAVY_BYTES;

/** 36 MB of command lines, in processes that otherwise have little. */
describe("Messages of a list", () => {
  const tree = new ProcTree();
  let collector: Transport;
  before(() => {
    for (let pid = 1; pid <= PROCESSES; pid++) {
      tree.process(pid);
      tree.replace(`${pid}/cmdline`, `${"x".repeat(HEAVY_BYTES)}\0`);
    }
    // What is read ahead is a block for each thread; how many there are at a time is the machine's business otherwise.
    collector = createCollector({ procRoot: tree.root, maxThreads: 2, fieldTimeoutMs: 5_000 });
  });
  after(async () => {
    await collector?.close();
    tree.remove();
  });
  const list = (...attributes: ProcessAttribute[]): AsyncIterable<Uint8Array> => {
    const request = toBinary(ProcessListRequestSchema, create(ProcessListRequestSchema, { attributes }));
    return collector.serverStream(LIST, request, { timeoutMs: 20_000 });
  };
  const decoded = (bytes: Uint8Array): ProcessListResponse => fromBinary(ProcessListResponseSchema, bytes);

  it("are closed when they are big enough, keep the order and tell who vanished", async () => {
    rmSync(join(tree.root, "300/stat"));
    const sizes: number[] = [];
    const chunks: ProcessListResponse[] = [];
    for await (const bytes of list(ProcessAttribute.CMDLINE)) {
      sizes.push(bytes.byteLength);
      chunks.push(decoded(bytes));
    }
    expect(Math.max(...sizes)).to.be.within(MESSAGE_BYTES, MESSAGE_BYTES + 2 * HEAVY_BYTES);
    const pids = chunks.flatMap(({ processes }) => processes.map(({ ref }) => Number(ref?.pid)));
    expect(pids).to.deep.equal(Array.from({ length: PROCESSES }, (_, i) => i + 1).filter((pid) => pid !== 300));
    expect(chunks.reduce((sum, { vanished }) => sum + vanished, 0)).to.equal(1);
    const moments = new Set(chunks.map(({ sample }) => sample?.monotonicNs));
    expect(moments.size).to.equal(1);
  });

  it("of light rows hold many", async () => {
    let messages = 0;
    for await (const _ of list(ProcessAttribute.NAME)) messages += 1;
    expect(messages).to.be.at.most(Math.ceil(PROCESSES / 64));
  });

  /** Asks for one message; how many bytes were made meanwhile, and how many there are in all. */
  const madeAhead = async (wait: () => Promise<unknown>): Promise<{ ahead: number; read: number }> => {
    const before = process.memoryUsage().external;
    const messages = list(ProcessAttribute.CMDLINE)[Symbol.asyncIterator]();
    const first = messages.next();
    await wait();
    let read = (await first).value?.byteLength as number;
    await sleep(500);
    const ahead = process.memoryUsage().external - before;
    for (let next = await messages.next(); next.done !== true; next = await messages.next()) {
      read += next.value.byteLength;
    }
    return { ahead, read };
  };

  it("are not made far ahead of a reader that takes none", async () => {
    const { ahead, read } = await madeAhead(async () => {});
    expect(ahead).to.be.below(MOST_AHEAD);
    expect(read).to.be.greaterThan((PROCESSES - 1) * HEAVY_BYTES);
  });

  it("are not made far ahead of a process that answers late, and come when it does", async () => {
    const late = tree.stuck("1/cmdline");
    const { ahead, read } = await madeAhead(async () => {
      await sleep(500);
      release(late);
    });
    expect(ahead).to.be.below(MOST_AHEAD);
    expect(read).to.be.greaterThan((PROCESSES - 2) * HEAVY_BYTES);
  });
});
