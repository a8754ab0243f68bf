// SPDX-License-Identifier: Apache-2.0

import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { describeMethod, StatusCode, StatusError, type Transport } from "@hostscope/proto";
import { ErrorDetailSchema, ErrorReason } from "@hostscope/proto/gen/error";
import { BootTimeResponseSchema } from "@hostscope/proto/gen/host";
import { Process } from "@hostscope/proto/gen/process";
import { PidExistsRequestSchema, ProcessListResponseSchema } from "@hostscope/proto/gen/process_read";
import { WaitRequestSchema } from "@hostscope/proto/gen/process_wait";
import { System } from "@hostscope/proto/gen/system";
import { WinService } from "@hostscope/proto/gen/win_service";
import { expect } from "chai";
import { createCollector } from "./create-collector.ts";

const BOOT_TIME = describeMethod(System.method.bootTime);
const PID_EXISTS = describeMethod(Process.method.pidExists);
const LIST = describeMethod(Process.method.list);
const NOTHING = new Uint8Array();

async function statusOf(answer: Promise<unknown>): Promise<StatusError> {
  const error = await answer.then(
    () => new Error("it succeeded"),
    (reason: unknown) => reason,
  );
  if (error instanceof StatusError) return error;
  throw error;
}

const detailOf = (error: StatusError) => fromBinary(ErrorDetailSchema, error.detail ?? NOTHING);

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const all: Uint8Array[] = [];
  for await (const message of stream) all.push(message);
  return all;
}

describe("The collector as a transport", () => {
  let collector: Transport;
  before(() => {
    collector = createCollector();
  });
  after(() => collector?.close());

  it("answers a unary call", async () => {
    const { bootTime } = fromBinary(BootTimeResponseSchema, await collector.unary(BOOT_TIME, NOTHING, {}));
    expect(bootTime).to.be.within(946_684_800, Date.now() / 1000);
  });

  it("answers many calls at once, each its own", async () => {
    const pids = [process.pid, 0, -1, 2 ** 40, process.ppid];
    const answers = await Promise.all(
      pids.map((pid) => {
        const request = toBinary(PidExistsRequestSchema, create(PidExistsRequestSchema, { pid: BigInt(pid) }));
        return collector.unary(PID_EXISTS, request, { timeoutMs: 5000 });
      }),
    );
    expect(answers.map((bytes) => bytes.length > 0)).to.deep.equal([true, false, false, false, true]);
  });

  it("answers a streaming call, and is not bothered by one that is left early", async () => {
    for await (const _ of collector.serverStream(LIST, NOTHING, {})) break;
    const chunks = await readAll(collector.serverStream(LIST, NOTHING, { timeoutMs: 10_000 }));
    const pids = chunks.flatMap((bytes) =>
      fromBinary(ProcessListResponseSchema, bytes).processes.map(({ ref }) => Number(ref?.pid)),
    );
    expect(pids).to.include(process.pid);
  });

  it("says INVALID_ARGUMENT to a request that cannot be read", async () => {
    const error = await statusOf(collector.unary(PID_EXISTS, new Uint8Array([8]), {}));
    expect(error.code).to.equal(StatusCode.INVALID_ARGUMENT);
    expect(error.message).to.match(/^Process\.PidExists: the request cannot be read: /);
    expect(detailOf(error)).to.deep.include({ reason: ErrorReason.INVALID_ARGUMENT, op: "Process.PidExists" });
    const streamed = await statusOf(readAll(collector.serverStream(LIST, new Uint8Array([255]), {})));
    expect(streamed.code).to.equal(StatusCode.INVALID_ARGUMENT);
  });

  it("says UNIMPLEMENTED to a path that is not in the schema", async () => {
    for (const path of [
      "",
      "/",
      "/hostscope.v1.System/Nothing",
      "/hostscope.v1.System/bootTime",
      "x".repeat(100_000),
    ]) {
      const error = await statusOf(collector.unary({ ...BOOT_TIME, path }, NOTHING, {}));
      expect(error.code).to.equal(StatusCode.UNIMPLEMENTED);
      expect(error.message).to.contain("is not a method of hostscope");
      expect(error.message.length).to.be.below(400);
    }
  });

  it("says which platform lacks a service", async () => {
    if (process.platform === "win32") return;
    const method = describeMethod(WinService.method.winServiceGet);
    const foreign = await statusOf(collector.unary(method, NOTHING, {}));
    expect(foreign.message).to.match(/^WinService\.WinServiceGet is not supported on \w+$/);
    expect(detailOf(foreign).reason).to.equal(ErrorReason.UNSUPPORTED);
    expect(detailOf(foreign).platform).to.be.oneOf(["linux", "macos"]);
  });

  it("refuses what a caller without types may pass, without harm", async () => {
    const unary = collector.unary.bind(collector) as (...args: unknown[]) => Promise<unknown>;
    expect((await statusOf(unary(LIST, NOTHING, {}))).code).to.equal(StatusCode.INVALID_ARGUMENT);
    for (const request of ["text", null, new Uint16Array(3), {}]) {
      expect((await statusOf(unary(BOOT_TIME, request, {}))).code).to.equal(StatusCode.INVALID_ARGUMENT);
    }
    for (const timeoutMs of [Number.NaN, "5"]) {
      expect((await statusOf(unary(BOOT_TIME, NOTHING, { timeoutMs }))).code).to.equal(StatusCode.INVALID_ARGUMENT);
    }
  });

  it("fails at once if the deadline has passed, and knows no too long one", async () => {
    for (const timeoutMs of [0, -1, Number.NEGATIVE_INFINITY]) {
      const error = await statusOf(collector.unary(BOOT_TIME, NOTHING, { timeoutMs }));
      expect(error.code).to.equal(StatusCode.DEADLINE_EXCEEDED);
      expect(detailOf(error).reason).to.equal(ErrorReason.DEADLINE);
    }
    for (const timeoutMs of [Number.POSITIVE_INFINITY, Number.MAX_VALUE, 2 ** 53]) {
      expect(await collector.unary(BOOT_TIME, NOTHING, { timeoutMs })).to.have.length.above(0);
    }
  });

  it("says CANCELLED, with the reason, if the caller has given up", async () => {
    const error = await statusOf(collector.unary(BOOT_TIME, NOTHING, { signal: AbortSignal.abort("enough") }));
    expect(error.code).to.equal(StatusCode.CANCELLED);
    expect(error.cause).to.equal("enough");
    const stream = collector.serverStream(LIST, NOTHING, { signal: AbortSignal.abort() });
    expect((await statusOf(readAll(stream))).code).to.equal(StatusCode.CANCELLED);
  });

  it("says UNAVAILABLE once it is closed, however often it is closed", async () => {
    const closed = createCollector();
    // A list may be over before it is closed; the end of this process is not.
    const ref = { pid: BigInt(process.pid) };
    const request = toBinary(WaitRequestSchema, create(WaitRequestSchema, { ref }));
    const inProgress = statusOf(closed.unary(describeMethod(Process.method.wait), request, {}));
    await Promise.all([closed.close(), closed.close()]);
    await closed.close();
    const error = await inProgress;
    expect(error.code).to.equal(StatusCode.UNAVAILABLE);
    expect(detailOf(error).retryable).to.equal(true);
    expect((await statusOf(closed.unary(BOOT_TIME, NOTHING, {}))).code).to.equal(StatusCode.UNAVAILABLE);
    expect((await statusOf(readAll(closed.serverStream(LIST, NOTHING, {})))).code).to.equal(StatusCode.UNAVAILABLE);
  });
});
