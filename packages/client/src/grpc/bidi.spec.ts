// SPDX-License-Identifier: Apache-2.0

import { describeMethod } from "@hostscope/proto";
import { Process } from "@hostscope/proto/gen/process";
import { expect } from "chai";
import { BareServer } from "../spec-support/bare-server.ts";
import { GrpcTransport } from "./transport.ts";

const BIDI = describeMethod(Process.method.popen);

async function texts(source: AsyncIterable<Uint8Array>): Promise<string[]> {
  const read: string[] = [];
  for await (const bytes of source) read.push(Buffer.from(bytes).toString());
  return read;
}

async function failure(source: AsyncIterable<Uint8Array>): Promise<Error> {
  return texts(source).then(
    () => expect.fail("no error"),
    (error: Error) => error,
  );
}

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("GrpcTransport, streams both ways", () => {
  let server: BareServer;
  let transport: GrpcTransport;
  beforeEach(() => {
    server = new BareServer();
  });
  afterEach(async () => {
    await transport.close();
    server.kill();
  });
  const connect = async () => {
    transport = new GrpcTransport(`ipv4:127.0.0.1:${await server.listen()}`);
  };
  const bidi = (requests: AsyncIterable<Uint8Array>) => transport.bidiStream(BIDI, requests, { timeoutMs: 5000 });

  it("carries requests and responses until both end", async () => {
    server.bidi(BIDI.path, (call) => {
      call.on("data", (bytes: Buffer) => call.write(Buffer.from(`<${bytes}>`)));
      call.on("end", () => call.end());
    });
    await connect();
    const requests = (async function* () {
      for (const text of ["a", "b", "c"]) yield Buffer.from(text);
    })();
    expect(await texts(bidi(requests))).to.deep.equal(["<a>", "<b>", "<c>"]);
  });

  it("ends for both sides when the requests fail or the reader leaves", async () => {
    const cancelled: (() => void)[] = [];
    server.bidi(BIDI.path, (call) => {
      call.on("cancelled", () => cancelled.shift()?.());
      call.on("error", () => {});
      call.on("data", (bytes: Buffer) => call.write(bytes));
    });
    await connect();
    const mine = new Error("mine");
    let heard = new Promise<void>((resolve) => cancelled.push(resolve));
    const broken = (async function* () {
      yield Buffer.from("a");
      await later(100);
      throw mine;
    })();
    expect((await failure(bidi(broken))).cause).to.equal(mine);
    await heard;
    heard = new Promise<void>((resolve) => cancelled.push(resolve));
    let returned = false;
    const endless = (async function* () {
      try {
        for (;;) {
          yield Buffer.from("a");
          await later(5);
        }
      } finally {
        returned = true;
      }
    })();
    for await (const _ of bidi(endless)) break;
    await heard;
    await later(50);
    expect(returned).to.equal(true);
  });
});
