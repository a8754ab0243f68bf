// SPDX-License-Identifier: Apache-2.0

import { type CallOptions, describeMethod, StatusCode, StatusError } from "@hostscope/proto";
import { Process } from "@hostscope/proto/gen/process";
import { expect } from "chai";
import { BareServer } from "../spec-support/bare-server.ts";
import { failureOf } from "../spec-support/failure-of.ts";
import { GrpcTransport } from "./transport.ts";

const UNARY = describeMethod(Process.method.get);
const STREAM = describeMethod(Process.method.list);

async function read(source: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of source);
}

const failure = (work: Promise<unknown>) => failureOf(work, StatusError);
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("A call that is given up before it began", () => {
  let server: BareServer;
  let transport: GrpcTransport;
  beforeEach(() => {
    server = new BareServer();
  });
  afterEach(async () => {
    await transport.close();
    server.kill();
  });
  const unary = (options: CallOptions = { timeoutMs: 5000 }) => transport.unary(UNARY, new Uint8Array(), options);
  const stream = (options: CallOptions = { timeoutMs: 5000 }) =>
    read(transport.serverStream(STREAM, new Uint8Array(), options));

  it("is cancelled, as a stream in the very moment in which it starts", async () => {
    let called = 0;
    server.stream(STREAM.path, () => called++);
    const port = await server.listen();
    transport = new GrpcTransport(`ipv4:127.0.0.1:${port}`);
    const leave = new AbortController();
    const aborted = failure(stream({ signal: leave.signal }));
    leave.abort();
    expect((await aborted).code).to.equal(StatusCode.CANCELLED);
    const closed = failure(stream());
    await transport.close();
    expect((await closed).code).to.equal(StatusCode.CANCELLED);
    expect(called).to.equal(0);
  });

  it("waits for a token as long as the call may take, and no longer than it is wanted", async () => {
    let left = 0;
    let token: () => Promise<string> = () => new Promise(() => {});
    server.unary(UNARY.path, (call, answer) => {
      left = Number(call.getDeadline()) - Date.now();
      answer(null, Buffer.from(String(call.metadata.get("authorization"))));
    });
    const port = await server.listen();
    transport = new GrpcTransport(`ipv4:127.0.0.1:${port}`, { token: () => token() });
    for (const late of [unary({ timeoutMs: 50 }), stream({ timeoutMs: 50 })]) {
      expect((await failure(late)).code).to.equal(StatusCode.DEADLINE_EXCEEDED);
    }
    const leave = new AbortController();
    const given = [unary, stream].map((start) => failure(start({ signal: leave.signal })));
    const closed = failure(unary({}));
    leave.abort();
    for (const call of given) expect((await call).code).to.equal(StatusCode.CANCELLED);
    token = async () => {
      await later(300);
      return "t";
    };
    expect(Buffer.from(await unary({ timeoutMs: 5_000 })).toString()).to.equal("Bearer t");
    expect(left).to.be.within(1_000, 4_750);
    await transport.close();
    expect((await closed).code).to.equal(StatusCode.CANCELLED);
  });
});
