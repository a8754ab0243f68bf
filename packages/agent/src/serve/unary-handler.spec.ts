// SPDX-License-Identifier: Apache-2.0

import { fromBinary } from "@bufbuild/protobuf";
import { Metadata } from "@grpc/grpc-js";
import { StatusCode, StatusError } from "@hostscope/proto";
import { ErrorDetailSchema, ErrorReason, StatusDetailsSchema } from "@hostscope/proto/gen/error";
import { expect } from "chai";
import { callUnary, eventually, identity, type Outcome, startFixture, UNARY } from "../spec/agent-fixture.ts";
import { type FakeBehaviour, untilAborted } from "../spec/fake-transport.ts";
import { rawCall } from "../spec/raw-client.ts";
import { DETAILS_TRAILER } from "./status.ts";

const REQUEST = new Uint8Array([8, 1]);

function reason({ metadata }: Outcome): ErrorReason | undefined {
  const bytes = metadata?.get(DETAILS_TRAILER)[0];
  const detail = bytes === undefined ? undefined : fromBinary(StatusDetailsSchema, bytes as Buffer).details[0];
  return detail === undefined ? undefined : fromBinary(ErrorDetailSchema, detail.value).reason;
}

describe("unary calls", () => {
  it("carry bytes through unread, empty ones and junk too", async () => {
    await using fixture = await startFixture({ unary: async (_method, request) => request });
    for (const bytes of [new Uint8Array(), new Uint8Array([0xff, 0xff, 0xff]), new Uint8Array(65_536).fill(7)]) {
      const { code, response } = await callUnary(fixture.client, UNARY, bytes);
      expect(code).to.equal(0);
      expect(Buffer.compare(Buffer.from(response ?? "absent"), Buffer.from(bytes))).to.equal(0);
    }
  });

  it("give the transport the method and the time left", async () => {
    const seen: unknown[] = [];
    await using fixture = await startFixture({
      unary: async (method, request, { timeoutMs = -1 }) => {
        seen.push(method.path, method.permission, timeoutMs);
        return request;
      },
    });
    await callUnary(fixture.client, UNARY, REQUEST);
    expect(seen[0]).to.equal(UNARY);
    expect(seen[1]).to.be.a("string").and.not.equal("");
    expect(seen[2]).to.equal(10_000);
    await callUnary(fixture.client, UNARY, REQUEST, { deadline: Date.now() + 60_000 });
    expect(seen[5]).to.be.within(50_000, 60_000);
    await callUnary(fixture.client, UNARY, REQUEST, { deadline: Date.now() + 80_000_000 });
    expect(seen[8]).to.equal(3_600_000);
  });

  const failures: [string, NonNullable<FakeBehaviour["unary"]>][] = [
    [
      "throws synchronously",
      () => {
        throw new Error("secret");
      },
    ],
    [
      "rejects",
      async () => {
        throw new Error("secret");
      },
    ],
    ["rejects with a string", () => Promise.reject("secret")],
    ["rejects with undefined", () => Promise.reject(undefined)],
    ["rejects with an object that cannot be printed", () => Promise.reject(Object.create(null))],
    ["rejects with an errno error", () => Promise.reject(Object.assign(new Error("secret"), { code: "ENOENT" }))],
    ["returns no promise", () => undefined as never],
    ["resolves to no bytes", async () => ({ secret: 1 }) as never],
    ["resolves to nothing", async () => undefined as never],
  ];
  for (const [what, unary] of failures) {
    it(`answer INTERNAL, in a fixed text, when the transport ${what}; the agent goes on`, async () => {
      await using fixture = await startFixture({ unary });
      for (let again = 0; again < 2; again++) {
        const outcome = await callUnary(fixture.client, UNARY, REQUEST);
        expect(outcome.code).to.equal(StatusCode.INTERNAL);
        expect(outcome.details).to.equal("internal error of the agent; its log has the cause");
        expect(reason(outcome)).to.equal(ErrorReason.INTERNAL);
      }
      const defects = fixture.log.filter(({ level }) => level === 50);
      expect(defects.length).to.equal(2);
      expect(defects[0]).to.have.nested.property("err.stack");
    });
  }

  it("answer what the transport's StatusError says, whatever its text", async () => {
    const texts = ["plain", "\ud800 lone", "new\r\nline\0", "x".repeat(1_000_000), "日本 😀 %41", ""];
    await using fixture = await startFixture({
      unary: async (_method, request) => {
        throw new StatusError(StatusCode.NOT_FOUND, texts[request[0] ?? 0] ?? "");
      },
    });
    for (const [index, text] of texts.entries()) {
      const { code, details } = await callUnary(fixture.client, UNARY, new Uint8Array([index]));
      expect(code).to.equal(StatusCode.NOT_FOUND);
      expect(details.slice(0, 3)).to.equal(text.toWellFormed().slice(0, 3));
      expect(details.isWellFormed()).to.equal(true);
      expect(Array.from(details).length).to.be.at.most(512);
    }
  });

  it("end at their deadline though the transport never answers and hears nothing", async () => {
    await using fixture = await startFixture({ unary: (_method, _request, { signal }) => untilAborted(signal, true) });
    const started = performance.now();
    const { code } = await callUnary(fixture.client, UNARY, REQUEST, { deadline: Date.now() + 150 });
    expect(code).to.equal(StatusCode.DEADLINE_EXCEEDED);
    expect(performance.now() - started).to.be.below(2_000);
  });

  it("end at the server's own deadline for a client that has none", async () => {
    let aborted = false;
    await using fixture = await startFixture(
      {
        unary: (_method, _request, { signal }) => {
          signal?.addEventListener("abort", () => {
            aborted = true;
          });
          return untilAborted(signal, true);
        },
      },
      // Brings the standard 10 s forward to 100 ms.
      { lateMs: -9_900 },
    );
    const outcome = await callUnary(fixture.client, UNARY, REQUEST);
    expect(outcome.code).to.equal(StatusCode.DEADLINE_EXCEEDED);
    expect(outcome.details).to.contain(UNARY);
    expect(reason(outcome)).to.equal(ErrorReason.DEADLINE);
    expect(aborted).to.equal(true);
  });

  it("whose deadline has passed are answered before any work", async () => {
    let worked = 0;
    await using fixture = await startFixture({
      unary: async (_method, request) => {
        worked += 1;
        return request;
      },
    });
    // 597H and 99999999M overflow inside grpc-js and come out negative.
    for (const timeout of ["0S", "0n", "597H", "99999999M"]) {
      const { code, ms } = await rawCall(fixture.agent.port, UNARY, { "grpc-timeout": timeout }, REQUEST);
      expect(code, timeout).to.equal(StatusCode.DEADLINE_EXCEEDED);
      expect(ms).to.be.below(1_000);
    }
    expect(worked).to.equal(0);
    for (const timeout of ["", "S", "-5S", "forever"]) {
      const { code } = await rawCall(fixture.agent.port, UNARY, { "grpc-timeout": timeout }, REQUEST);
      expect(code, timeout).to.be.oneOf([0, StatusCode.INTERNAL]);
    }
  });

  it("abort the transport's signal when the client cancels", async () => {
    let signal: AbortSignal | undefined;
    await using fixture = await startFixture({
      unary: (_method, _request, options) => {
        signal = options.signal;
        return untilAborted(signal);
      },
    });
    const call = fixture.client.makeUnaryRequest(UNARY, identity, identity, REQUEST, () => {});
    await eventually(() => signal !== undefined);
    expect(signal?.aborted).to.equal(false);
    call.cancel();
    await eventually(() => signal?.aborted === true);
    await eventually(() => fixture.log.some(({ msg, code }) => msg === "call" && code === "CANCELLED"));
    expect(fixture.log.filter(({ level }) => level === 50)).to.deep.equal([]);
  });

  it("do not abort the signal of a call that ended well", async () => {
    let signal: AbortSignal | undefined;
    await using fixture = await startFixture({
      unary: async (_method, request, options) => {
        signal = options.signal;
        return request;
      },
    });
    await callUnary(fixture.client, UNARY, REQUEST);
    await eventually(() => fixture.log.some(({ msg }) => msg === "call"));
    expect(signal?.aborted).to.equal(false);
    expect(fixture.log.find(({ msg }) => msg === "call")).to.include({ method: UNARY, code: "OK", bytes: 2 });
  });

  it("are refused when too big, unknown or with too much metadata", async () => {
    let worked = 0;
    await using fixture = await startFixture({
      unary: async (_method, request) => {
        worked += 1;
        return request;
      },
    });
    const { client } = fixture;
    expect((await callUnary(client, UNARY, new Uint8Array(65_537))).code).to.equal(StatusCode.RESOURCE_EXHAUSTED);
    expect((await callUnary(client, "/hostscope.v1.System/Nope", REQUEST)).code).to.equal(StatusCode.UNIMPLEMENTED);
    expect((await callUnary(client, "/nope/BootTime", REQUEST)).code).to.equal(StatusCode.UNIMPLEMENTED);

    const big = new Metadata();
    big.set("x-big", "a".repeat(8_192));
    const bigOutcome = await callUnary(client, UNARY, REQUEST, { metadata: big });
    expect(bigOutcome.code).to.equal(StatusCode.RESOURCE_EXHAUSTED);
    expect(reason(bigOutcome)).to.equal(ErrorReason.OVERLOADED);
    const many = new Metadata();
    for (let pair = 0; pair < 41; pair++) many.set(`x-many-${pair}`, "1");
    expect((await callUnary(client, UNARY, REQUEST, { metadata: many })).code).to.equal(8);
    expect(worked).to.equal(0);

    const fits = new Metadata();
    for (let pair = 0; pair < 30; pair++) fits.set(`x-fits-${pair}`, "a".repeat(200));
    expect((await callUnary(client, UNARY, REQUEST, { metadata: fits })).code).to.equal(0);
    expect(worked).to.equal(1);
  });

  it("leave nothing behind when many clients cancel at random moments", async () => {
    let open = 0;
    await using fixture = await startFixture({
      unary: async (_method, request, { signal }) => {
        open += 1;
        try {
          return await Promise.race([untilAborted(signal), new Promise<Uint8Array>((r) => setTimeout(r, 5, request))]);
        } finally {
          open -= 1;
        }
      },
    });
    const calls = Array.from(
      { length: 300 },
      (_, index) =>
        new Promise<void>((resolve) => {
          const call = fixture.client.makeUnaryRequest(UNARY, identity, identity, REQUEST, () => resolve());
          setTimeout(() => call.cancel(), index % 12);
        }),
    );
    await Promise.all(calls);
    await eventually(() => open === 0);
    expect((await callUnary(fixture.client, UNARY, REQUEST)).code).to.equal(0);
    expect(fixture.log.filter(({ level }) => level === 50)).to.deep.equal([]);
  });
});
