// SPDX-License-Identifier: Apache-2.0

import { closeSync, openSync } from "node:fs";
import { fromBinary } from "@bufbuild/protobuf";
import { createCollector } from "@hostscope/native";
import { describeMethod, StatusCode, StatusError, type Transport } from "@hostscope/proto";
import { ErrorDetailSchema, ErrorReason } from "@hostscope/proto/gen/error";
import { System } from "@hostscope/proto/gen/system";
import { expect } from "chai";
import { ProcTree } from "../support/proc-tree.ts";

const BOOT_TIME = describeMethod(System.method.bootTime);
const VIRTUAL_MEMORY = describeMethod(System.method.virtualMemory);
const NOTHING = new Uint8Array();

async function statusOf(answer: Promise<unknown>): Promise<StatusError> {
  const error = await answer.then(
    () => new Error("it succeeded"),
    (reason: unknown) => reason,
  );
  if (error instanceof StatusError) return error;
  throw error;
}

const reasonOf = ({ detail }: StatusError) => fromBinary(ErrorDetailSchema, detail ?? NOTHING).reason;

describe("A call that the system does not answer", () => {
  let tree: ProcTree;
  let collector: Transport;
  let stat: string;
  const open = (options: { maxThreads?: number; fieldTimeoutMs?: number }) => {
    collector = createCollector({ procRoot: tree.root, ...options });
  };
  const bootTime = (options: { timeoutMs?: number; signal?: AbortSignal } = {}) =>
    collector.unary(BOOT_TIME, NOTHING, options);
  /** Lets everybody go who waits at the file. */
  const release = () => closeSync(openSync(stat, "r+"));
  beforeEach(() => {
    tree = new ProcTree();
    stat = tree.stuck("stat");
  });
  afterEach(async () => {
    release();
    await collector?.close();
    tree.remove();
  });

  it("fails at its deadline, and other calls do not wait for it", async () => {
    open({});
    const start = performance.now();
    const stuck = statusOf(bootTime({ timeoutMs: 100 }));
    expect(await collector.unary(VIRTUAL_MEMORY, NOTHING, { timeoutMs: 5000 })).to.have.length.above(0);
    const error = await stuck;
    expect(error.code).to.equal(StatusCode.DEADLINE_EXCEEDED);
    expect(error.message).to.equal("System.BootTime: not done before the deadline");
    expect(reasonOf(error)).to.equal(ErrorReason.DEADLINE);
    expect(performance.now() - start).to.be.within(99, 3000);
  });

  it("is given up in the end if it has no deadline", async () => {
    open({ fieldTimeoutMs: 30 });
    const error = await statusOf(bootTime());
    expect(error.code).to.equal(StatusCode.DEADLINE_EXCEEDED);
    expect(error.message).to.equal("System.BootTime: the system does not answer");
  });

  it("can be cancelled", async () => {
    open({});
    const caller = new AbortController();
    const answer = statusOf(bootTime({ signal: caller.signal }));
    caller.abort(new Error("enough"));
    const error = await answer;
    expect(error.code).to.equal(StatusCode.CANCELLED);
    expect(error.cause).to.be.an("error").with.property("message", "enough");
  });

  it("is refused once all threads are held, with what holds them, until they come back", async () => {
    open({ fieldTimeoutMs: 30, maxThreads: 2 });
    expect((await statusOf(bootTime())).code).to.equal(StatusCode.DEADLINE_EXCEEDED);
    expect((await statusOf(bootTime())).code).to.equal(StatusCode.DEADLINE_EXCEEDED);
    const error = await statusOf(collector.unary(VIRTUAL_MEMORY, NOTHING, { timeoutMs: 5000 }));
    expect(error.code).to.equal(StatusCode.RESOURCE_EXHAUSTED);
    expect(error.message).to.equal(
      "System.VirtualMemory: all 2 threads are held by what does not answer: System.BootTime, System.BootTime",
    );
    expect(reasonOf(error)).to.equal(ErrorReason.OVERLOADED);

    release();
    const end = Date.now() + 5000;
    for (;;) {
      const answer = await collector.unary(VIRTUAL_MEMORY, NOTHING, {}).catch((reason: unknown) => reason);
      if (answer instanceof Uint8Array) break;
      expect(Date.now(), `still refused: ${answer}`).to.be.below(end);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  });

  it("does not hold up close()", async () => {
    open({});
    const answer = statusOf(bootTime());
    const start = performance.now();
    await collector.close();
    expect(performance.now() - start).to.be.below(2000);
    const error = await answer;
    expect(error.code).to.equal(StatusCode.UNAVAILABLE);
    expect(error.message).to.equal("System.BootTime: the collector is closed");
  });
});
