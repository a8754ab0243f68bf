// SPDX-License-Identifier: Apache-2.0

import type { ClientReadableStream, ServiceError } from "@grpc/grpc-js";
import { StatusCode, StatusError } from "@hostscope/proto";
import { expect } from "chai";
import { eventually, type Fixture, identity, newClient, STREAM, startFixture, WATCH } from "../spec/agent-fixture.ts";
import { type FakeBehaviour, untilAborted } from "../spec/fake-transport.ts";

const REQUEST = new Uint8Array([1]);

function open(fixture: Fixture, path = STREAM, deadline?: number): ClientReadableStream<Uint8Array> {
  const options = deadline === undefined ? {} : { deadline };
  return fixture.client.makeServerStreamRequest(path, identity, identity, REQUEST, options);
}

async function readAll(stream: ClientReadableStream<Uint8Array>): Promise<{ code: number; chunks: Uint8Array[] }> {
  const chunks: Uint8Array[] = [];
  return new Promise((resolve) => {
    stream.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    stream.on("error", (error: ServiceError) => resolve({ code: error.code, chunks }));
    stream.on("end", () => resolve({ code: 0, chunks }));
  });
}

/** A reader that stops after one message; before the first, a grpc-js client takes whatever comes. */
function pauseAfterFirst(stream: ClientReadableStream<Uint8Array>): void {
  stream.once("data", () => stream.pause());
}

async function* count(to: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < to; i++) yield new Uint8Array([i]);
}

describe("server streams", () => {
  it("carry every chunk in order, then end", async () => {
    await using fixture = await startFixture({ serverStream: () => count(200) });
    const { code, chunks } = await readAll(open(fixture));
    expect(code).to.equal(0);
    expect(chunks.map((chunk) => chunk[0])).to.deep.equal(Array.from({ length: 200 }, (_, i) => i));
  });

  const failures: [string, number, number, NonNullable<FakeBehaviour["serverStream"]>][] = [
    [
      "throws before it gives an iterable",
      13,
      0,
      () => {
        throw new Error("secret");
      },
    ],
    ["gives nothing iterable", 13, 0, () => ({}) as never],
    [
      "fails midway with a StatusError",
      5,
      3,
      async function* () {
        yield* count(3);
        throw new StatusError(StatusCode.NOT_FOUND, "\ud800 gone");
      },
    ],
    [
      "fails midway with something else",
      13,
      3,
      async function* () {
        yield* count(3);
        throw "secret";
      },
    ],
    [
      "yields something that is no bytes",
      13,
      0,
      async function* () {
        yield "secret" as never;
      },
    ],
    [
      "has an iterator that throws at once",
      13,
      0,
      () => ({
        [Symbol.asyncIterator]: () => ({
          next: () => {
            throw new Error("secret");
          },
        }),
      }),
    ],
    [
      "fails while it is being released",
      5,
      0,
      () => ({
        [Symbol.asyncIterator]: () => ({
          next: () => Promise.reject(new StatusError(StatusCode.NOT_FOUND, "gone")),
          return: () => Promise.reject(new Error("secret")),
        }),
      }),
    ],
  ];
  for (const [what, code, chunks, serverStream] of failures) {
    it(`end with status ${code} when the transport ${what}; the agent goes on`, async () => {
      await using fixture = await startFixture({ serverStream });
      for (let again = 0; again < 2; again++) {
        const outcome = await readAll(open(fixture));
        expect(outcome.code).to.equal(code);
        expect(outcome.chunks.length).to.equal(chunks);
      }
    });
  }

  it("abort the signal and release the transport's iterator when the client cancels", async () => {
    let aborted = false;
    let released = false;
    await using fixture = await startFixture({
      serverStream: async function* (_method, _request, { signal }) {
        signal?.addEventListener("abort", () => {
          aborted = true;
        });
        try {
          yield new Uint8Array([1]);
          await untilAborted(signal);
        } finally {
          released = true;
        }
      },
    });
    const stream = open(fixture, WATCH);
    stream.on("error", () => {});
    stream.on("data", () => stream.cancel());
    await eventually(() => aborted && released);
    expect(fixture.log.filter(({ level }) => level === 50)).to.deep.equal([]);
  });

  it("end at their deadline though the transport is silent and hears nothing", async () => {
    await using fixture = await startFixture({
      // biome-ignore lint/correctness/useYield: silent
      serverStream: async function* (_method, _request, { signal }) {
        await untilAborted(signal, true);
      },
    });
    const { code } = await readAll(open(fixture, STREAM, Date.now() + 150));
    expect(code).to.equal(StatusCode.DEADLINE_EXCEEDED);
    // CANCELLED if the client's own timer was first, and its reset arrived before ours fired.
    const codes = ["DEADLINE_EXCEEDED", "CANCELLED"];
    await eventually(() => fixture.log.some(({ msg, code }) => msg === "call" && codes.includes(String(code))));
  });

  it("have a deadline even if the client names none: List 30 s, Watch a day", async () => {
    const limits: (number | undefined)[] = [];
    await using fixture = await startFixture({
      serverStream: (_method, _request, { timeoutMs }) => {
        limits.push(timeoutMs);
        return count(0);
      },
    });
    await readAll(open(fixture, STREAM));
    await readAll(open(fixture, WATCH));
    expect(limits).to.deep.equal([30_000, 86_400_000]);
  });

  it("stop reading the transport while the reader is slow, and lose nothing", async () => {
    const chunk = new Uint8Array(64 * 1024);
    let taken = 0;
    await using fixture = await startFixture({
      serverStream: async function* () {
        for (; taken < 400; taken++) yield chunk;
      },
    });
    const stream = open(fixture, WATCH);
    pauseAfterFirst(stream);
    await eventually(() => taken > 0);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const queued = taken;
    // 16 in grpc-js's queue, and what fits into flow control windows of both ends: 25 MB are not read at once.
    expect(queued).to.be.below(60);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(taken).to.equal(queued);
    const rest = readAll(stream);
    stream.resume();
    const { code, chunks } = await rest;
    expect(code).to.equal(0);
    // One was taken before the pause.
    expect(chunks.length).to.equal(399);
  });

  it("are reset when the reader takes nothing for the stall time, and free everything", async () => {
    let released = false;
    await using fixture = await startFixture(
      {
        serverStream: async function* () {
          try {
            for (;;) yield new Uint8Array(64 * 1024);
          } finally {
            released = true;
          }
        },
      },
      { stallMs: 150 },
    );
    const stream = open(fixture, WATCH);
    const error = new Promise<ServiceError>((resolve) => stream.on("error", resolve));
    pauseAfterFirst(stream);
    await eventually(() => released);
    await eventually(() => fixture.log.some(({ msg, code }) => msg === "call" && code === "RESOURCE_EXHAUSTED"));
    stream.resume();
    expect((await error).code).to.equal(StatusCode.RESOURCE_EXHAUSTED);
  });

  it("are reset when the reader never takes the end", async () => {
    await using fixture = await startFixture(
      {
        serverStream: async function* () {
          // The reader's end takes 16 before it stops, ours queues 16: the transport is done, the reader is not.
          for (let i = 0; i < 26; i++) yield new Uint8Array(64 * 1024);
        },
      },
      { stallMs: 150 },
    );
    const stream = open(fixture, WATCH);
    const error = new Promise<ServiceError>((resolve) => stream.on("error", resolve));
    pauseAfterFirst(stream);
    await eventually(() => fixture.log.some(({ msg }) => msg === "call"));
    stream.resume();
    expect((await error).code).to.equal(StatusCode.RESOURCE_EXHAUSTED);
  });

  it("that have no end keep nothing for a reader that is behind but the message that it is getting", async () => {
    // A grpc-js client takes 16 messages ahead of its reader, and so does a grpc-js server.
    for (const [path, least, most] of [
      [WATCH, 2, 22],
      [STREAM, 28, 45],
    ] as const) {
      let made = 0;
      async function* source() {
        for (; ; await new Promise((resolve) => setTimeout(resolve, 1))) {
          made++;
          yield new Uint8Array(200_000);
        }
      }
      await using fixture = await startFixture({ serverStream: source });
      const stream = open(fixture, path);
      stream.on("error", () => {});
      pauseAfterFirst(stream);
      await eventually(() => made > 1);
      await new Promise((resolve) => setTimeout(resolve, 400));
      expect(made, path).to.be.within(least, most);
      // It is for good only until the reader goes on.
      const before = made;
      stream.resume();
      await eventually(() => made > before + 5);
      stream.cancel();
    }
  });

  it("do not disturb each other: one stalled reader, one quick one", async () => {
    await using fixture = await startFixture({
      serverStream: async function* (_method, _request, { signal }) {
        while (signal?.aborted === false) yield new Uint8Array(16 * 1024);
      },
    });
    const stalled = open(fixture, WATCH);
    stalled.on("error", () => {});
    pauseAfterFirst(stalled);
    const client = newClient(fixture.agent);
    const quick = client.makeServerStreamRequest(WATCH, identity, identity, REQUEST);
    quick.on("error", () => {});
    let bytes = 0;
    quick.on("data", (chunk: Uint8Array) => {
      bytes += chunk.length;
    });
    await eventually(() => bytes > 10_000_000);
    quick.cancel();
    stalled.cancel();
    client.close();
    await eventually(() => fixture.log.filter(({ msg }) => msg === "call").length === 2);
  });
});
