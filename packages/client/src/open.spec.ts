// SPDX-License-Identifier: Apache-2.0

import { create, toBinary } from "@bufbuild/protobuf";
import { BootTimeResponseSchema } from "@hostscope/proto/gen/host";
import { expect } from "chai";
import * as errors from "./errors.ts";
import { open } from "./open.ts";
import { BareServer, freePort, tcpServer } from "./spec-support/bare-server.ts";
import { failureOf } from "./spec-support/failure-of.ts";
import { parseTarget } from "./target.ts";

const BOOT_TIME = "/hostscope.v1.System/BootTime";

describe("Targets", () => {
  const good: [string, object][] = [
    ["local:", { kind: "local" }],
    ["grpc://127.0.0.1:7443", { kind: "grpc", address: "ipv4:127.0.0.1:7443" }],
    ["grpc://127.8.9.10:1/", { kind: "grpc", address: "ipv4:127.8.9.10:1" }],
    ["grpc://[::1]:7443", { kind: "grpc", address: "ipv6:[::1]:7443" }],
    ["npipe:////./pipe/hostscope", { kind: "pipe", address: "unix:\\\\.\\pipe\\hostscope" }],
    ["grpc://LOCALHOST:7443", { kind: "grpc", address: "dns:localhost:7443" }],
  ];
  for (const [target, parsed] of good) {
    it(`${target} is one`, () => expect(parseTarget(target)).to.deep.equal(parsed));
  }

  const bad = ["", "local", "local:x", "grpc://", "grpc://127.0.0.1", "grpc://127.0.0.1:0", "grpc://127.0.0.1:99999"];
  const odd = [
    "127.0.0.1:1",
    "ftp://127.0.0.1:1",
    "grpc://127.0.0.1:1/path",
    "grpc://127.0.0.1:1?q",
    "grpc://me@127.0.0.1:1",
    "npipe:hostscope",
    "npipe:////db7/pipe/hostscope",
    "npipe:////./pipe/a\\b",
    5,
  ];
  for (const target of [...bad, ...odd]) {
    it(`${JSON.stringify(target)} is none, and the error shows what is`, () => {
      expect(() => parseTarget(target as string)).to.throw(
        errors.InvalidArgument,
        /local:.*grpc:\/\/127\.0\.0\.1:7443/,
      );
    });
  }

  for (const target of [
    "grpc://10.0.0.1:7443",
    "grpc://db7:7443",
    "grpc://0.0.0.0:1",
    "grpc://127.0.0.1.example.com:1",
    "grpc://[::2]:1",
  ]) {
    it(`${target} would be plaintext over a network, and is refused`, () => {
      expect(() => parseTarget(target)).to.throw(errors.InvalidArgument, "loopback only");
    });
  }

  it("named pipes are Windows'", async () => {
    const type = process.platform === "win32" ? errors.HostUnreachable : errors.Unsupported;
    await failureOf(open("npipe:////./pipe/hostscope"), type);
  });

  it("in the clear over a network is one if that is said", () => {
    expect(parseTarget("grpc://db7:7443", true)).to.deep.equal({ kind: "grpc", address: "dns:db7:7443" });
  });

  for (const [target, address, name] of [
    ["https://db7:7443", "dns:db7:7443", "db7"],
    ["grpcs://10.0.0.1:7443", "ipv4:10.0.0.1:7443", "10.0.0.1"],
    ["https://[2001:db8::1]:443", "ipv6:[2001:db8::1]:443", "2001:db8::1"],
    ["https://DB7.Example:443/", "dns:db7.example:443", "db7.example"],
  ] as const) {
    it(`${target} is one, with the name its certificate must be for`, () =>
      expect(parseTarget(target)).to.deep.equal({ kind: "https", address, name }));
  }

  for (const target of [
    "https://db7",
    "https://db7:0",
    "https://db7:7443/path",
    "unix:agent.sock",
    "unix:/",
    "unix://host",
  ]) {
    it(`${target} is none`, () => expect(() => parseTarget(target)).to.throw(errors.InvalidArgument, "no target"));
  }

  it("unix:/PATH is a socket, and so is unix:///PATH", () => {
    const parsed = { kind: "unix", address: "unix:/run/hostscope/agent.sock" };
    expect(parseTarget("unix:/run/hostscope/agent.sock")).to.deep.equal(parsed);
    expect(parseTarget("unix:///run/hostscope/agent.sock")).to.deep.equal(parsed);
  });
});

describe("open", () => {
  let server: BareServer;
  const cleanup: (() => void)[] = [];
  beforeEach(() => {
    server = new BareServer();
  });
  afterEach(() => {
    server.kill();
    for (const undo of cleanup.splice(0)) undo();
  });
  const serve = async () => `grpc://127.0.0.1:${await server.listen()}`;
  const listen = async (...args: Parameters<typeof tcpServer>) => {
    const tcp = await tcpServer(...args);
    cleanup.push(() => tcp.close());
    return `grpc://127.0.0.1:${tcp.port}`;
  };

  it("gives a host that has answered", async () => {
    const answer = toBinary(BootTimeResponseSchema, create(BootTimeResponseSchema, { bootTime: 1.5e9 }));
    server.unary(BOOT_TIME, (_, reply) => reply(null, Buffer.from(answer)));
    const target = await serve();
    await using host = await open(target);
    expect(host.target).to.equal(target);
    expect(await host.bootTime()).to.equal(1.5e9);
  });

  it("where nobody listens is HostUnreachable that names the target", async () => {
    const port = await freePort();
    const error = await failureOf(open(`grpc://127.0.0.1:${port}`), errors.HostUnreachable);
    expect(error.message).to.contain(`grpc://127.0.0.1:${port}`);
    expect(error).to.include({ code: "unavailable", retryable: true, host: `grpc://127.0.0.1:${port}` });
  });

  it("where something listens that says nothing is HostUnreachable within the timeout", async () => {
    const target = await listen(() => {});
    const start = Date.now();
    await failureOf(open(target, { timeoutMs: 300 }), errors.HostUnreachable);
    expect(Date.now() - start).to.be.below(1500);
  });

  it("where a server takes the call and never answers is HostUnreachable within the timeout", async () => {
    server.unary(BOOT_TIME, () => {});
    const error = await failureOf(open(await serve(), { timeoutMs: 300 }), errors.HostUnreachable);
    expect(error.message).to.contain("did not answer within 300 ms");
  });

  it("where something else than HTTP/2 answers is HostUnreachable", async () => {
    const target = await listen((socket) => {
      socket.on("error", () => {});
      socket.on("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    });
    await failureOf(open(target, { timeoutMs: 2000 }), errors.HostUnreachable);
  });

  it("of a gRPC server that is no agent is VersionSkew", async () => {
    const error = await failureOf(open(await serve()), errors.VersionSkew);
    expect(error.message).to.contain("no hostscope agent");
  });

  it("of a server that answers garbage is InternalError", async () => {
    server.unary(BOOT_TIME, (_, reply) => reply(null, Buffer.from([0xff])));
    await failureOf(open(await serve()), errors.InternalError);
  });

  it("gives up when its signal fires", async () => {
    const target = await listen(() => {});
    await failureOf(open(target, { signal: AbortSignal.timeout(100) }), errors.Cancelled);
    await failureOf(open(target, { signal: AbortSignal.abort() }), errors.Cancelled);
  });

  it("refuses unknown options and timeouts", async () => {
    const error = await failureOf(open("local:", { timeoutMS: 5 } as object), errors.InvalidArgument);
    expect(error.message).to.contain('open has no option "timeoutMS"; did you mean "timeoutMs"?');
    await failureOf(open("local:", { timeoutMs: Number.NaN }), errors.InvalidArgument);
  });
});
