// SPDX-License-Identifier: Apache-2.0

import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { create, type DescMessage, fromBinary, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { createCollector } from "@hostscope/native";
import { describeMethod, StatusError, type Transport } from "@hostscope/proto";
import { ErrorDetailSchema, ErrorReason } from "@hostscope/proto/gen/error";
import { PopenRequestSchema, PopenResponseSchema } from "@hostscope/proto/gen/popen";
import { Process } from "@hostscope/proto/gen/process";
import { WaitProcsRequestSchema, WaitRequestSchema, WaitResponseSchema } from "@hostscope/proto/gen/process_wait";
import { expect } from "chai";
import { pythonProcess } from "../support/hostile-process.ts";

const WAIT = describeMethod(Process.method.wait);
const WAIT_PROCS = describeMethod(Process.method.waitProcs);
const POPEN = describeMethod(Process.method.popen);

const encode = <D extends DescMessage>(schema: D, init: MessageInitShape<D>) => toBinary(schema, create(schema, init));
type Request = NonNullable<MessageInitShape<typeof PopenRequestSchema>["kind"]>;
const SLEEP: Request = { case: "start", value: { args: ["/bin/sleep", "30"] } };

async function drain(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const all: Uint8Array[] = [];
  for await (const bytes of stream) all.push(bytes);
  return all;
}

/** Reason and field that a call fails with. */
async function reasonOf(call: Promise<unknown>): Promise<[string, string]> {
  const error = await call.then(
    () => expect.fail("it succeeded"),
    (failure: unknown) => failure,
  );
  if (!(error instanceof StatusError)) throw error;
  const { reason, field } = fromBinary(ErrorDetailSchema, error.detail ?? new Uint8Array());
  const [name = ""] = Object.entries(ErrorReason).find(([, value]) => value === reason) ?? [];
  return [name, field ?? ""];
}

describe("Waiting and starting, seen from the wire", () => {
  let collector: Transport;
  before(() => {
    collector = createCollector({ allowExec: true });
  });
  after(() => collector?.close());
  const wait = (init: MessageInitShape<typeof WaitRequestSchema>, timeoutMs = 5_000) =>
    collector.unary(WAIT, encode(WaitRequestSchema, init), { timeoutMs });
  const waitProcs = (init: MessageInitShape<typeof WaitProcsRequestSchema>) =>
    drain(collector.serverStream(WAIT_PROCS, encode(WaitProcsRequestSchema, init), { timeoutMs: 5_000 }));
  const popen = (...requests: (Request | Uint8Array)[]) =>
    drain(
      collector.bidiStream(
        POPEN,
        (async function* () {
          for (const kind of requests) yield kind instanceof Uint8Array ? kind : encode(PopenRequestSchema, { kind });
        })(),
        { timeoutMs: 20_000 },
      ),
    );

  it("wait: wrong requests are refused by name", async () => {
    const ref = { pid: BigInt(process.pid) };
    expect(await reasonOf(wait({}))).to.deep.equal(["INVALID_ARGUMENT", "ref"]);
    expect(await reasonOf(wait({ ref: { pid: -1n } }))).to.deep.equal(["INVALID_ARGUMENT", "ref.pid"]);
    expect(await reasonOf(wait({ ref: { pid: 0n } }))).to.deep.equal(["NO_SUCH_PROCESS", ""]);
    for (const timeout of [-1, Number.NaN, Number.NEGATIVE_INFINITY]) {
      expect(await reasonOf(wait({ ref, timeout }))).to.deep.equal(["INVALID_ARGUMENT", "timeout"]);
      expect(await reasonOf(waitProcs({ refs: [ref], timeout }))).to.deep.equal(["INVALID_ARGUMENT", "timeout"]);
    }
    expect(await reasonOf(waitProcs({ refs: [{ pid: -1n }] }))).to.deep.equal(["INVALID_ARGUMENT", "refs.pid"]);
    const many = Array.from({ length: 20_001 }, (_, pid) => ({ pid: BigInt(pid) }));
    expect(await reasonOf(waitProcs({ refs: many }))).to.deep.equal(["INVALID_ARGUMENT", "refs"]);
  });

  it("wait: a timeout is not the deadline of the call, and the largest is none", async () => {
    const ref = { pid: BigInt(process.pid) };
    expect(await reasonOf(wait({ ref, timeout: 0 }))).to.deep.equal(["TIMEOUT_EXPIRED", ""]);
    expect(await reasonOf(wait({ ref, timeout: 0.05 }))).to.deep.equal(["TIMEOUT_EXPIRED", ""]);
    for (const timeout of [undefined, 1e300, Number.POSITIVE_INFINITY]) {
      const asked = timeout === undefined ? { ref } : { ref, timeout };
      expect(await reasonOf(wait(asked, 60))).to.deep.equal(["DEADLINE", ""]);
    }
  });

  it("wait: who is gone, and whose pid is another's, has ended without a code", async () => {
    for (const ref of [
      { pid: BigInt(process.pid), start: 1n },
      { pid: 2n ** 40n },
      { pid: BigInt(process.pid), boot: 1 },
    ]) {
      const { exit } = fromBinary(WaitResponseSchema, await wait({ ref }));
      expect(exit?.returncode).to.equal(undefined);
      expect(exit?.ref?.pid).to.equal(ref.pid);
    }
  });

  it("wait: a thread ends by itself, and its process is another", async function () {
    if (process.platform !== "linux") this.skip();
    const target = await pythonProcess(`
import threading
thread = threading.Thread(target=time.sleep, args=(1,), daemon=True)
thread.start()
`);
    try {
      const threads = readdirSync(`/proc/${target.pid}/task`).map(BigInt);
      const thread = threads.find((id) => id !== BigInt(target.pid)) as bigint;
      const { exit } = fromBinary(WaitResponseSchema, await wait({ ref: { pid: thread }, timeout: 4 }));
      expect(exit?.ref?.pid).to.equal(thread);
      const whole = { ref: { pid: BigInt(target.pid) }, timeout: 0 };
      expect(await reasonOf(wait(whole))).to.deep.equal(["TIMEOUT_EXPIRED", ""]);
    } finally {
      await target.stop();
    }
  });

  it("wait: without pidfds processes are looked at now and then", async () => {
    const root = mkdtempSync(join(tmpdir(), "hostscope-polled-"));
    const fields = (state: string, start: number, status: number) =>
      `7 (a) b) ${state} ${Array.from({ length: 48 }, (_, at) => (at === 18 ? start : at === 16 ? 1 : at)).join(" ")} ${status}\n`;
    const write = (state: string, start: number, status = 0) =>
      writeFileSync(join(root, "7", "stat"), fields(state, start, status));
    const polled = createCollector({ procRoot: root });
    const returncode = async (change: () => void) => {
      const request = encode(WaitRequestSchema, { ref: { pid: 7n, start: 99n } });
      write("S", 99);
      const waiting = polled.unary(WAIT, request, { timeoutMs: 10_000 });
      await sleep(150);
      change();
      return fromBinary(WaitResponseSchema, await waiting).exit?.returncode;
    };
    try {
      mkdirSync(join(root, "7"));
      expect(await returncode(() => write("Z", 99, 3 << 8))).to.equal(3);
      expect(await returncode(() => write("Z", 99, 9))).to.equal(-9);
      expect(await returncode(() => write("S", 100))).to.equal(undefined);
      expect(await returncode(() => rmSync(join(root, "7"), { recursive: true }))).to.equal(undefined);
    } finally {
      await polled.close();
      rmSync(root, { recursive: true, force: true });
    }
  });

  it("popen: what is no proper conversation ends it, and the process with it", async () => {
    expect(await reasonOf(popen())).to.deep.equal(["INVALID_ARGUMENT", "start"]);
    expect(await reasonOf(popen({ case: "stdinEnd", value: true }))).to.deep.equal(["INVALID_ARGUMENT", "start"]);
    expect(await reasonOf(popen(new Uint8Array([255])))).to.deep.equal(["INVALID_ARGUMENT", ""]);
    expect(await reasonOf(popen(SLEEP, SLEEP))).to.deep.equal(["INVALID_ARGUMENT", "start"]);
    expect(await reasonOf(popen(SLEEP, new Uint8Array([])))).to.deep.equal(["INVALID_ARGUMENT", "kind"]);
    for (const value of [0, -9, 65, 2 ** 31 - 1]) {
      expect(await reasonOf(popen(SLEEP, { case: "signal", value }))).to.deep.equal(["INVALID_ARGUMENT", "signal"]);
    }
  });

  it("popen: a signal meets the process, and the answers come in order", async () => {
    const answers = (await popen(SLEEP, { case: "signal", value: 15 })).map(
      (bytes) => fromBinary(PopenResponseSchema, bytes).kind,
    );
    expect(answers.map((kind) => kind.case)).to.deep.equal(["started", "exit"]);
    const [started, exit] = answers;
    if (started?.case !== "started" || exit?.case !== "exit") throw new Error("unreachable");
    expect(exit.value.returncode).to.equal(-15);
    expect(exit.value.ref).to.deep.equal(started.value);
    expect(started.value.start).to.be.a("bigint");
  });

  it("popen: a deadline and the closing of the collector end it", async () => {
    const own = createCollector({ allowExec: true });
    const never = async function* () {
      yield encode(PopenRequestSchema, { kind: SLEEP });
      await new Promise(() => {});
    };
    expect(await reasonOf(drain(own.bidiStream(POPEN, never(), { timeoutMs: 200 })))).to.deep.equal(["DEADLINE", ""]);
    const closing = reasonOf(drain(own.bidiStream(POPEN, never(), {})));
    await sleep(200);
    await own.close();
    expect(await closing).to.deep.equal(["UNAVAILABLE", ""]);
    expect(await reasonOf(drain(own.bidiStream(POPEN, never(), {})))).to.deep.equal(["UNSPECIFIED", ""]);
  });
});
