// SPDX-License-Identifier: Apache-2.0

import { create, toBinary } from "@bufbuild/protobuf";
import { Metadata, status } from "@grpc/grpc-js";
import { describeMethod, StatusCode } from "@hostscope/proto";
import { ErrorDetailSchema, ErrorReason, StatusDetailsSchema } from "@hostscope/proto/gen/error";
import { Process } from "@hostscope/proto/gen/process";
import { expect } from "chai";
import { BareServer } from "../spec-support/bare-server.ts";
import { GrpcTransport } from "./transport.ts";

const READ = describeMethod(Process.method.get);
const ACT = describeMethod(Process.method.terminate);

/** How an agent refuses what it has not begun, or a proxy in between, which has no detail. */
function refusal(code: number, isAgent: boolean) {
  const metadata = new Metadata();
  if (isAgent) {
    const detail = create(ErrorDetailSchema, { reason: ErrorReason.UNAVAILABLE, retryable: true });
    const value = toBinary(ErrorDetailSchema, detail);
    const details = [{ typeUrl: "type.googleapis.com/hostscope.v1.ErrorDetail", value }];
    const bytes = toBinary(StatusDetailsSchema, create(StatusDetailsSchema, { code, details }));
    metadata.set("grpc-status-details-bin", Buffer.from(bytes));
  }
  return { code, details: "the agent is stopping", metadata };
}

describe("A call that was refused unbegun", () => {
  let server: BareServer;
  let transport: GrpcTransport;
  let calls: number;
  beforeEach(() => {
    calls = 0;
    server = new BareServer();
  });
  afterEach(async () => {
    await transport.close();
    server.kill();
  });
  /** Refuses the first `times` calls. */
  const serve = async (times: number, code: number, isAgent = true) => {
    for (const { path } of [READ, ACT]) {
      server.unary(path, (_, answer) =>
        ++calls <= times ? answer(refusal(code, isAgent)) : answer(null, Buffer.from([7])),
      );
    }
    transport = new GrpcTransport(`ipv4:127.0.0.1:${await server.listen()}`);
  };
  const ask = (method = READ, options = {}) =>
    transport.unary(method, new Uint8Array(), { timeoutMs: 5_000, ...options }).then(
      (bytes) => [...bytes],
      (error) => error.code,
    );

  it("is made once more if it only reads, and no more than once", async () => {
    await serve(1, status.UNAVAILABLE);
    expect(await ask()).to.deep.equal([7]);
    expect(calls).to.equal(2);
    calls = -1;
    expect(await ask()).to.equal(StatusCode.UNAVAILABLE);
    expect(calls).to.equal(1);
  });

  it("is not made again if it changes something", async () => {
    await serve(1, status.UNAVAILABLE);
    expect(await ask(ACT)).to.equal(StatusCode.UNAVAILABLE);
    expect(calls).to.equal(1);
  });

  it("is not made again if the agent did not say that, or said something else", async () => {
    await serve(1, status.UNAVAILABLE, false);
    expect(await ask()).to.equal(StatusCode.UNAVAILABLE);
    expect(calls).to.equal(1);
    await transport.close();
    server.kill();
    server = new BareServer();
    calls = 0;
    await serve(1, status.RESOURCE_EXHAUSTED);
    expect(await ask()).to.equal(StatusCode.RESOURCE_EXHAUSTED);
    expect(calls).to.equal(1);
  });

  it("is not made again when its time is up or its caller has left", async () => {
    await serve(1, status.UNAVAILABLE);
    expect(await ask(READ, { timeoutMs: 90 })).to.equal(StatusCode.UNAVAILABLE);
    calls = 0;
    const leaving = new AbortController();
    const asked = ask(READ, { signal: leaving.signal });
    setTimeout(() => leaving.abort(), 60);
    expect(await asked).to.be.oneOf([StatusCode.UNAVAILABLE, StatusCode.CANCELLED]);
    expect(calls).to.equal(1);
  });
});
