// SPDX-License-Identifier: Apache-2.0

import { connect as netConnect, type Socket } from "node:net";
import { create, toBinary } from "@bufbuild/protobuf";
import { status as grpcStatus, Metadata } from "@grpc/grpc-js";
import { type CallOptions, describeMethod, StatusCode, StatusError } from "@hostscope/proto";
import { ErrorDetailSchema, ErrorReason, StatusDetailsSchema } from "@hostscope/proto/gen/error";
import { Process } from "@hostscope/proto/gen/process";
import { expect } from "chai";
import { BareServer, freePort, tcpServer } from "../spec-support/bare-server.ts";
import { failureOf } from "../spec-support/failure-of.ts";
import { GrpcTransport } from "./transport.ts";

const UNARY = describeMethod(Process.method.get);
const STREAM = describeMethod(Process.method.list);
const REQUEST = new Uint8Array([1, 2, 3]);

async function all(source: AsyncIterable<Uint8Array>): Promise<string[]> {
  const texts: string[] = [];
  for await (const bytes of source) texts.push(Buffer.from(bytes).toString());
  return texts;
}

const failure = (work: Promise<unknown>) => failureOf(work, StatusError);
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("GrpcTransport", () => {
  let server: BareServer;
  let transport: GrpcTransport;
  const cleanup: (() => void)[] = [];
  beforeEach(() => {
    server = new BareServer();
  });
  afterEach(async () => {
    await transport?.close();
    server.kill();
    for (const undo of cleanup.splice(0)) undo();
  });

  async function connect(): Promise<GrpcTransport> {
    transport = new GrpcTransport(`ipv4:127.0.0.1:${await server.listen()}`);
    return transport;
  }
  const unary = (options: CallOptions = { timeoutMs: 5000 }) => transport.unary(UNARY, REQUEST, options);
  const stream = (options: CallOptions = { timeoutMs: 5000 }) => transport.serverStream(STREAM, REQUEST, options);

  it("carries bytes both ways as they are, also a part of a larger buffer", async () => {
    server.unary(UNARY.path, ({ request }, answer) => answer(null, Buffer.concat([request, Buffer.from([9])])));
    await connect();
    const part = new Uint8Array([7, 1, 2, 3, 7]).subarray(1, 4);
    expect([...(await transport.unary(UNARY, part, {}))]).to.deep.equal([1, 2, 3, 9]);
  });

  it("sends a deadline to the server", async () => {
    let left = 0;
    server.unary(UNARY.path, (call, answer) => {
      left = Number(call.getDeadline()) - Date.now();
      answer(null, Buffer.alloc(0));
    });
    await connect();
    await unary({ timeoutMs: 4000 });
    expect(left).to.be.within(2500, 4000);
    await unary({});
    expect(left).to.equal(Number.POSITIVE_INFINITY);
  });

  it("gives up at the deadline", async () => {
    server.unary(UNARY.path, () => {});
    await connect();
    const start = Date.now();
    expect((await failure(unary({ timeoutMs: 200 }))).code).to.equal(StatusCode.DEADLINE_EXCEEDED);
    expect(Date.now() - start).to.be.within(150, 1500);
  });

  it("does not call for a deadline in the past", async () => {
    let called = 0;
    server.unary(UNARY.path, (_, answer) => answer(null, Buffer.alloc(++called)));
    await connect();
    for (const timeoutMs of [0, -5]) {
      expect((await failure(unary({ timeoutMs }))).code).to.equal(StatusCode.DEADLINE_EXCEEDED);
      expect((await failure(all(stream({ timeoutMs })))).code).to.equal(StatusCode.DEADLINE_EXCEEDED);
    }
    expect(called).to.equal(0);
  });

  it("cancels a call when its signal fires, and the server hears of it", async () => {
    const cancelled = new Promise<void>((resolve) => {
      server.unary(UNARY.path, (call) => call.on("cancelled", resolve));
    });
    await connect();
    const leave = new AbortController();
    const call = failure(unary({ signal: leave.signal }));
    await later(100);
    leave.abort();
    expect((await call).code).to.equal(StatusCode.CANCELLED);
    await cancelled;
    expect((await failure(unary({ signal: leave.signal }))).code).to.equal(StatusCode.CANCELLED);
  });

  it("does not collect listeners on a signal that many calls share", async () => {
    server.unary(UNARY.path, (_, answer) => answer(null, Buffer.alloc(0)));
    await connect();
    const { signal } = new AbortController();
    let listeners = 0;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    Object.assign(signal, {
      addEventListener: (...args: Parameters<typeof add>) => {
        listeners++;
        add(...args);
      },
      removeEventListener: (...args: Parameters<typeof remove>) => {
        listeners--;
        remove(...args);
      },
    });
    const calls = [unary({ signal }), unary({ signal })];
    expect(listeners).to.equal(2);
    await Promise.all(calls);
    expect(listeners).to.equal(0);
  });

  it("carries the typed detail of a failure", async () => {
    const detail = toBinary(
      ErrorDetailSchema,
      create(ErrorDetailSchema, { reason: ErrorReason.ZOMBIE_PROCESS, pid: 5n }),
    );
    const details = create(StatusDetailsSchema, {
      code: 5,
      details: [
        { typeUrl: "type.googleapis.com/google.rpc.RetryInfo", value: new Uint8Array([1]) },
        { typeUrl: "type.googleapis.com/hostscope.v1.ErrorDetail", value: detail },
      ],
    });
    const trailer = (bytes: Uint8Array) => {
      const metadata = new Metadata();
      metadata.set("grpc-status-details-bin", Buffer.from(bytes));
      return metadata;
    };
    let metadata = trailer(toBinary(StatusDetailsSchema, details));
    server.unary(UNARY.path, (_, answer) => answer({ code: grpcStatus.NOT_FOUND, details: "zombie", metadata }));
    server.stream(STREAM.path, (call) =>
      call.emit("error", { code: grpcStatus.NOT_FOUND, details: "zombie", metadata }),
    );
    await connect();
    for (const error of [await failure(unary()), await failure(all(stream()))]) {
      expect(error).to.include({ code: StatusCode.NOT_FOUND, message: "zombie" });
      expect([...(error.detail as Uint8Array)]).to.deep.equal([...detail]);
    }
    for (const mangled of [[0xff], [], toBinary(StatusDetailsSchema, create(StatusDetailsSchema, { code: 5 }))]) {
      metadata = trailer(new Uint8Array(mangled));
      expect(await failure(unary())).to.include({ code: StatusCode.NOT_FOUND, detail: null });
    }
  });

  it("refuses an answer of more than 64 MiB", async () => {
    server.unary(UNARY.path, (_, answer) => answer(null, Buffer.alloc((64 << 20) + 1)));
    await connect();
    expect((await failure(unary())).code).to.equal(StatusCode.RESOURCE_EXHAUSTED);
  });

  it("a method that the server does not know is UNIMPLEMENTED", async () => {
    await connect();
    expect((await failure(unary())).code).to.equal(StatusCode.UNIMPLEMENTED);
  });

  it("a connection lost in the middle of calls makes them UNAVAILABLE at once", async () => {
    let reached = 0;
    server.unary(UNARY.path, () => reached++);
    server.stream(STREAM.path, (call) => {
      reached++;
      call.write(Buffer.from("first"));
    });
    const upstream = await server.listen();
    const sockets: Socket[] = [];
    const between = await tcpServer((socket) => {
      const onward = netConnect(upstream, "127.0.0.1");
      sockets.push(socket, onward);
      socket.pipe(onward).pipe(socket);
    });
    transport = new GrpcTransport(`ipv4:127.0.0.1:${between.port}`);
    const calls = [failure(unary()), failure(all(stream()))];
    while (reached < 2) await later(10);
    const start = Date.now();
    between.close();
    for (const socket of sockets) socket.destroy();
    for (const call of calls) expect((await call).code).to.equal(StatusCode.UNAVAILABLE);
    expect((await failure(unary())).code).to.equal(StatusCode.UNAVAILABLE);
    expect(Date.now() - start).to.be.below(1000);
  });

  it("finds a server again that was restarted", async function () {
    this.timeout(15_000);
    const answer = (bare: BareServer) => bare.unary(UNARY.path, (_, reply) => reply(null, Buffer.from("back")));
    const port = await answer(server).listen();
    transport = new GrpcTransport(`ipv4:127.0.0.1:${port}`);
    await unary();
    server.kill();
    expect((await failure(unary())).code).to.equal(StatusCode.UNAVAILABLE);
    server = answer(new BareServer());
    await server.listen(port);
    const start = Date.now();
    while (Date.now() - start < 10_000 && (await unary().catch(() => null)) === null) await later(50);
    expect(Buffer.from(await unary()).toString()).to.equal("back");
    expect(Date.now() - start).to.be.below(5000);
  });

  it("a port where nobody listens is UNAVAILABLE at once", async () => {
    transport = new GrpcTransport(`ipv4:127.0.0.1:${await freePort()}`);
    const start = Date.now();
    expect((await failure(unary())).code).to.equal(StatusCode.UNAVAILABLE);
    expect(Date.now() - start).to.be.below(1000);
  });

  it("a server that accepts and never speaks HTTP/2 is UNAVAILABLE at the deadline", async () => {
    const silent = await tcpServer(() => {});
    cleanup.push(() => silent.close());
    transport = new GrpcTransport(`ipv4:127.0.0.1:${silent.port}`);
    const error = await failure(unary({ timeoutMs: 300 }));
    expect(error).to.include({ code: StatusCode.UNAVAILABLE, message: "no connection within 300 ms" });
  });

  it("gives the messages of a stream in order, then its end", async () => {
    server.stream(STREAM.path, (call) => {
      for (let i = 0; i < 100; i++) call.write(Buffer.from(`${call.request[0]} ${i}`));
      call.end();
    });
    await connect();
    expect(await all(stream())).to.deep.equal(Array.from({ length: 100 }, (_, i) => `1 ${i}`));
  });

  it("gives the messages that came before a failure", async () => {
    server.stream(STREAM.path, (call) => {
      call.write(Buffer.from("first"));
      setTimeout(() => call.emit("error", { code: grpcStatus.PERMISSION_DENIED, details: "no more" }), 50);
    });
    await connect();
    const messages: string[] = [];
    const loop = async () => {
      for await (const bytes of stream()) messages.push(Buffer.from(bytes).toString());
    };
    expect(await failure(loop())).to.include({ code: StatusCode.PERMISSION_DENIED, message: "no more" });
    expect(messages).to.deep.equal(["first"]);
  });

  it("cancels a stream that its reader leaves", async () => {
    const cancelled = new Promise<void>((resolve) => {
      server.stream(STREAM.path, (call) => {
        call.write(Buffer.from("first"));
        call.on("cancelled", resolve);
      });
    });
    await connect();
    for await (const _ of stream()) break;
    await cancelled;
  });

  it("ends a stream at its deadline and when its signal fires", async () => {
    server.stream(STREAM.path, (call) => call.write(Buffer.from("first")));
    await connect();
    expect((await failure(all(stream({ timeoutMs: 200 })))).code).to.equal(StatusCode.DEADLINE_EXCEEDED);
    const signal = AbortSignal.timeout(100);
    expect((await failure(all(stream({ signal })))).code).to.equal(StatusCode.CANCELLED);
  });

  it("close() cancels what is in progress, and later calls fail", async () => {
    server.unary(UNARY.path, () => {});
    server.stream(STREAM.path, (call) => call.write(Buffer.from("first")));
    await connect();
    const calls = [failure(unary()), failure(all(stream()))];
    await later(100);
    await transport.close();
    await transport.close();
    for (const call of calls) expect((await call).code).to.equal(StatusCode.CANCELLED);
    expect((await failure(unary())).code).to.equal(StatusCode.CANCELLED);
    expect((await failure(all(stream()))).code).to.equal(StatusCode.CANCELLED);
  });
});
