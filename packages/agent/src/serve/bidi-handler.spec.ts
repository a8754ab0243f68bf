// SPDX-License-Identifier: Apache-2.0

import { create, toBinary } from "@bufbuild/protobuf";
import type { ClientDuplexStream, ServiceError } from "@grpc/grpc-js";
import { StatusCode, StatusError } from "@hostscope/proto";
import { PopenRequestSchema } from "@hostscope/proto/gen/popen";
import { expect } from "chai";
import { BIDI, eventually, type Fixture, identity, startFixture } from "../spec/agent-fixture.ts";

function open(fixture: Fixture): ClientDuplexStream<Uint8Array, Uint8Array> {
  return fixture.client.makeBidiStreamRequest(BIDI, identity, identity);
}

function ended(stream: ClientDuplexStream<Uint8Array, Uint8Array>): Promise<number> {
  return new Promise((resolve) => {
    stream.on("error", (error: ServiceError) => resolve(error.code));
    stream.on("end", () => resolve(0));
  });
}

/** A PopenRequest with one byte for standard input: the gate reads the first message of a stream. */
const message = (byte: number) => Uint8Array.of(0x12, 1, byte);

describe("streams both ways", () => {
  it("carry messages each way as they come", async () => {
    await using fixture = await startFixture({
      bidiStream: async function* (_method, requests) {
        for await (const request of requests) yield new Uint8Array([(request.at(-1) ?? 0) * 2]);
        yield new Uint8Array([99]);
      },
    });
    const stream = open(fixture);
    const code = ended(stream);
    const seen: (number | undefined)[] = [];
    stream.on("data", (chunk: Uint8Array) => {
      seen.push(chunk.at(-1));
      if (chunk.at(-1) === 2) stream.write(message(2));
      if (chunk.at(-1) === 4) stream.end();
    });
    stream.write(message(1));
    expect(await code).to.equal(0);
    expect(seen).to.deep.equal([2, 4, 99]);
  });

  it("let the transport answer without reading all that is sent", async () => {
    await using fixture = await startFixture({
      bidiStream: async function* (_method, requests) {
        for await (const request of requests) {
          yield request;
          break;
        }
        yield new Uint8Array([7]);
        throw new StatusError(StatusCode.FAILED_PRECONDITION, "enough");
      },
    });
    const stream = open(fixture);
    const code = ended(stream);
    const seen: (number | undefined)[] = [];
    stream.on("data", (chunk: Uint8Array) => seen.push(chunk.at(-1)));
    for (let i = 1; i < 20; i++) stream.write(message(i));
    expect(await code).to.equal(StatusCode.FAILED_PRECONDITION);
    expect(seen).to.deep.equal([1, 7]);
  });

  it("tell a reading transport that the client hung up", async () => {
    const told: unknown[] = [];
    await using fixture = await startFixture({
      bidiStream: async function* (_method, requests) {
        try {
          for await (const request of requests) yield request;
        } catch (error) {
          told.push(error);
          throw error;
        }
      },
    });
    for (let again = 0; again < 50; again++) {
      const stream = open(fixture);
      stream.on("error", () => {});
      stream.on("data", () => stream.cancel());
      stream.write(message(1));
    }
    await eventually(() => told.length === 50);
    for (const error of told) expect(error).to.be.instanceOf(StatusError).and.include({ code: StatusCode.CANCELLED });
    expect(fixture.log.filter(({ level }) => level === 50)).to.deep.equal([]);
  });

  it("read the client only as fast as the transport does", async () => {
    await using fixture = await startFixture({
      bidiStream: async function* (_method, _requests, { signal }) {
        yield new Uint8Array([1]);
        await new Promise((resolve) => signal?.addEventListener("abort", resolve));
      },
    });
    const stream = open(fixture);
    stream.on("error", () => {});
    stream.on("data", () => {});
    const large = toBinary(
      PopenRequestSchema,
      create(PopenRequestSchema, { kind: { case: "stdin", value: new Uint8Array(32 * 1024) } }),
    );
    let accepted = 0;
    const feed = () => {
      while (
        accepted < 2_000 &&
        stream.write(large, () => {
          accepted += 1;
        })
      ) {}
    };
    stream.on("drain", feed);
    feed();
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(accepted).to.be.below(200);
    stream.cancel();
  });

  it("are refused a message that is too big", async () => {
    await using fixture = await startFixture({
      bidiStream: async function* (_method, requests) {
        for await (const request of requests) yield request;
      },
    });
    const stream = open(fixture);
    const code = ended(stream);
    stream.on("data", () => {});
    stream.write(new Uint8Array(65_537));
    expect(await code).to.equal(StatusCode.RESOURCE_EXHAUSTED);
  });
});
