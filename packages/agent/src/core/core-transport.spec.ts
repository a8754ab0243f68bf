// SPDX-License-Identifier: Apache-2.0

import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describeMethod, StatusCode, StatusError, type Transport } from "@hostscope/proto";
import { Process } from "@hostscope/proto/gen/process";
import { System } from "@hostscope/proto/gen/system";
import { expect } from "chai";
import type { Pace } from "../budget/overhead-budget.ts";
import { createLogger } from "../log.ts";
import { type FakeBehaviour, fakeTransport, untilAborted } from "../spec/fake-transport.ts";
import { CoreTransport } from "./core-transport.ts";
import { FrameKind, frameHeader, withHead } from "./frame.ts";
import { ServedCalls } from "./served-calls.ts";

const UNARY = describeMethod(System.method.cpuTimes);
const STREAM = describeMethod(Process.method.list);
const BIDI = describeMethod(Process.method.popen);
const METHODS = new Map([UNARY, STREAM, BIDI].map((method) => [method.path, method]));
const MESSAGE = new Uint8Array(32 * 1024).fill(5);

async function failureOf(work: Promise<unknown>): Promise<StatusError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof StatusError) return error;
    throw error;
  }
  throw new Error("it did not fail");
}

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition(); waited += 5) {
    if (waited > 10_000) throw new Error("it did not come to be");
    await sleep(5);
  }
}

async function all(messages: AsyncIterable<Uint8Array>): Promise<number[]> {
  const sizes: number[] = [];
  for await (const message of messages) sizes.push(message.byteLength);
  return sizes;
}

describe("A transport whose collector is another process", () => {
  const folder = mkdtempSync(join(tmpdir(), "hostscope-core-"));
  const path = join(folder, "core.sock");
  const logger = createLogger("silent");
  const links = new Set<Socket>();
  let server: Server;
  let front: CoreTransport;
  const listen = async (transport: Transport) => {
    server = createServer((socket) => {
      links.add(socket);
      socket.once("close", () => links.delete(socket));
      new ServedCalls({ transport, methods: METHODS, logger }, socket);
    });
    server.listen(path);
    await once(server, "listening");
  };
  const hangUp = async () => {
    for (const link of links) link.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  const start = async (behaviour: FakeBehaviour) => {
    const transport = fakeTransport(behaviour);
    await listen(transport);
    front = new CoreTransport(path);
    return transport;
  };
  afterEach(async () => {
    await front?.close();
    await hangUp();
  });
  after(() => rmSync(folder, { recursive: true }));

  it("carries requests, options and responses of many calls at once", async () => {
    const seen: unknown[] = [];
    await start({
      unary: async (_, request, { signal, ...told }) => {
        seen.push(told);
        await sleep(request[0] === 0 ? 30 : 0);
        return new Uint8Array([...request, 9]);
      },
    });
    const answers = [0, 1, 2].map((n) => front.unary(UNARY, new Uint8Array([n]), { timeoutMs: 1000 + n }));
    expect((await Promise.all(answers)).map((bytes) => [...bytes])).to.deep.equal([
      [0, 9],
      [1, 9],
      [2, 9],
    ]);
    expect(seen).to.deep.equal([{ timeoutMs: 1000 }, { timeoutMs: 1001 }, { timeoutMs: 1002 }]);
  });

  it("fails as the collector fails, with code, text and detail", async () => {
    const detail = new Uint8Array([1, 2, 3]);
    await start({ unary: () => Promise.reject(new StatusError(StatusCode.NOT_FOUND, "no pid 4", detail)) });
    const error = await failureOf(front.unary(UNARY, new Uint8Array(), {}));
    expect([error.code, error.message, [...(error.detail ?? [])]]).to.deep.equal([5, "no pid 4", [1, 2, 3]]);
  });

  it("does not tell what a defect says", async () => {
    await start({ unary: () => Promise.reject(new Error("/secret/path")) });
    const error = await failureOf(front.unary(UNARY, new Uint8Array(), {}));
    expect([error.code, error.detail]).to.deep.equal([StatusCode.INTERNAL, null]);
    expect(error.message).not.to.contain("secret");
  });

  it("serves no method but those of the schema", async () => {
    await start({ unary: async () => new Uint8Array() });
    const error = await failureOf(front.unary({ ...UNARY, path: "/hostscope.v1.System/Format" }, new Uint8Array(), {}));
    expect(error.code).to.equal(StatusCode.UNIMPLEMENTED);
  });

  it("carries a stream no faster than it is read", async () => {
    let made = 0;
    await start({
      serverStream: async function* () {
        for (; made < 200; made++) yield MESSAGE;
      },
    });
    const messages = front.serverStream(STREAM, new Uint8Array(), {})[Symbol.asyncIterator]();
    await messages.next();
    await sleep(200);
    expect(made).to.be.at.most(6);
    let read = 1;
    while ((await messages.next()).done !== true) read += 1;
    expect(read).to.equal(200);
  });

  it("cancels what is left early or aborted", async () => {
    let cancelled = 0;
    const behaviour = async ({ signal }: { signal?: AbortSignal }) => {
      signal?.addEventListener("abort", () => cancelled++);
      await untilAborted(signal);
    };
    await start({
      unary: async (_, request, options) => behaviour(options).then(() => request),
      serverStream: async function* (_, __, options) {
        yield MESSAGE;
        await behaviour(options);
      },
    });
    for await (const _ of front.serverStream(STREAM, new Uint8Array(), {})) break;
    await until(() => cancelled === 1);
    const abort = new AbortController();
    const call = failureOf(front.unary(UNARY, new Uint8Array(), { signal: abort.signal }));
    await sleep(20);
    abort.abort();
    expect((await call).code).to.equal(StatusCode.CANCELLED);
    await until(() => cancelled === 2);
    const late = await failureOf(front.unary(UNARY, new Uint8Array(), { signal: abort.signal }));
    expect(late.code).to.equal(StatusCode.CANCELLED);
  });

  it("carries a stream each way, no faster than it is taken", async () => {
    let sent = 0;
    let go = () => {};
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    await start({
      bidiStream: async function* (_, requests) {
        for await (const request of requests) {
          await gate;
          yield request;
        }
      },
    });
    const input = async function* () {
      for (; sent < 100; sent++) yield MESSAGE;
    };
    const sizes = all(front.bidiStream(BIDI, input(), {}));
    await sleep(200);
    expect(sent).to.be.at.most(6);
    go();
    expect(await sizes).to.deep.equal(Array.from({ length: 100 }, () => MESSAGE.byteLength));
  });

  it("fails calls when the core is gone, and finds it when it is back", async () => {
    const transport = await start({
      unary: async (_, request, { signal }) => (request.length > 0 ? untilAborted(signal) : new Uint8Array([1])),
    });
    const hanging = failureOf(front.unary(UNARY, new Uint8Array([1]), {}));
    await sleep(50);
    await hangUp();
    expect((await hanging).code).to.equal(StatusCode.UNAVAILABLE);
    expect((await failureOf(front.unary(UNARY, new Uint8Array(), {}))).code).to.equal(StatusCode.UNAVAILABLE);
    await listen(transport);
    expect([...(await front.unary(UNARY, new Uint8Array(), {}))]).to.deep.equal([1]);
  });

  it("tells the collector its pace, also of a new link", async () => {
    const told: Pace[] = [];
    await listen(
      Object.assign(fakeTransport({ unary: async () => new Uint8Array() }), {
        setPace: (pace: Pace) => void told.push(pace),
      }),
    );
    front = new CoreTransport(path);
    front.setPace({ stretch: 2, cpuPercent: null, rssBytes: 5 });
    await front.unary(UNARY, new Uint8Array(), {});
    front.setPace({ stretch: 3, cpuPercent: 1.5, rssBytes: 5 });
    await front.unary(UNARY, new Uint8Array(), {});
    expect(told.map(({ stretch }) => stretch)).to.deep.equal([2, 3]);
  });

  it("ends the calls of a front that hangs up", async () => {
    let [begun, cancelled] = [false, false];
    await start({
      unary: async (_, __, { signal }) => {
        begun = true;
        signal?.addEventListener("abort", () => {
          cancelled = true;
        });
        return untilAborted(signal);
      },
    });
    const call = failureOf(front.unary(UNARY, new Uint8Array(), {}));
    await until(() => begun);
    await front.close();
    expect((await call).code).to.equal(StatusCode.UNAVAILABLE);
    await until(() => cancelled);
  });

  for (const [what, bytes] of [
    ["says no greeting", Buffer.concat([frameHeader(FrameKind.CANCEL, 1, 0)])],
    ["sends no frames", Buffer.from("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")],
    ["is of another version", Buffer.concat([frameHeader(FrameKind.HELLO, 0, 19), withHead({ link: 9999999 })])],
  ] as const) {
    it(`hangs up on who ${what}`, async () => {
      await start({ unary: async () => new Uint8Array() });
      const stranger = connect(path);
      stranger.resume();
      stranger.write(bytes);
      await once(stranger, "close");
      expect(await front.unary(UNARY, new Uint8Array(), {})).to.have.length(0);
    });
  }
});
