// SPDX-License-Identifier: Apache-2.0

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { createCollector } from "@hostscope/native";
import { describeMethod, type Transport } from "@hostscope/proto";
import { Process } from "@hostscope/proto/gen/process";
import { ProcessAttribute } from "@hostscope/proto/gen/process_info";
import {
  ProcessWatchRequestSchema,
  type ProcessWatchResponse,
  ProcessWatchResponseSchema,
} from "@hostscope/proto/gen/process_watch";
import { expect } from "chai";
import { ProcTree, release } from "../support/proc-tree.ts";

const WATCH = describeMethod(Process.method.watch);

/** A watch that is read one message at a time. */
class Watch {
  readonly #messages: AsyncIterator<Uint8Array>;

  constructor(collector: Transport, attributes: ProcessAttribute[]) {
    const request = toBinary(ProcessWatchRequestSchema, create(ProcessWatchRequestSchema, { attributes }));
    this.#messages = collector.serverStream(WATCH, request, { timeoutMs: 60_000 })[Symbol.asyncIterator]();
  }

  async next(): Promise<ProcessWatchResponse> {
    return fromBinary(ProcessWatchResponseSchema, (await this.#messages.next()).value as Uint8Array);
  }

  async end(): Promise<void> {
    await this.#messages.return?.();
  }
}

const ofPid = ({ changes }: ProcessWatchResponse, pid: bigint) =>
  changes.find(({ process }) => process?.ref?.pid === pid)?.process;

describe("A watched process that cannot be read for a while", function () {
  this.timeout(60_000);
  this.slow(10_000);

  const tree = new ProcTree();
  let collector: Transport;
  before(() => {
    for (const pid of [1, 2, 3]) tree.process(pid, { comm: `before-${pid}` });
    collector = createCollector({ procRoot: tree.root, fieldTimeoutMs: 200, maxThreads: 6 });
  });
  after(async () => {
    await collector?.close();
    tree.remove();
  });

  it("is the same process all the time: told in full once it is read, and never gone", async () => {
    const stat = tree.stuck("2/stat");
    const watch = new Watch(collector, [ProcessAttribute.NAME]);
    try {
      const first = await watch.next();
      expect(ofPid(first, 2n)?.ref?.start).to.equal(undefined);
      expect(ofPid(first, 2n)?.failures).to.have.length(1);
      release(stat);
      for (const file of ["2/stat", "2/exe"]) tree.drop(file);
      tree.process(2, { comm: "before-2" });
      const gone: unknown[] = [];
      for (let tries = 0; tries < 20; tries++) {
        const message = await watch.next();
        gone.push(...message.gone);
        const row = ofPid(message, 2n);
        if (row?.name !== "before-2") continue;
        expect(row.ref?.start).to.equal(102n);
        expect(gone).to.deep.equal([]);
        return;
      }
      expect.fail("it was never read again");
    } finally {
      await watch.end();
    }
  });

  it("has its new name even if it ran after its stat was read and before it was counted how often", async () => {
    tree.file("3/schedstat", "100 1 5\n");
    const watch = new Watch(collector, [ProcessAttribute.NAME, ProcessAttribute.CMDLINE]);
    try {
      expect(ofPid(await watch.next(), 3n)?.name).to.equal("before-3");
      await watch.next();
      // As it is found after such a look: the count is the one that is known.
      const path = join(tree.root, "3/stat");
      // In place, as it is kept open.
      writeFileSync(path, readFileSync(path, "utf8").replace("before-3", "after--3"), { flag: "r+" });
      const renamed = [await watch.next(), await watch.next()].map((message) => ofPid(message, 3n)?.name);
      expect(renamed).to.include("after--3");
    } finally {
      await watch.end();
    }
  });
});
