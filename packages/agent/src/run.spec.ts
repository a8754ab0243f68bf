// SPDX-License-Identifier: Apache-2.0

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Client, credentials } from "@grpc/grpc-js";
import { expect } from "chai";
import { callUnary, identity, UNARY, WATCH } from "./spec/agent-fixture.ts";

interface Child {
  readonly process: ChildProcessWithoutNullStreams;
  readonly out: () => string;
  readonly err: () => string;
  /** The first line of standard output; rejects if there is none. */
  readonly address: Promise<string>;
  readonly exit: Promise<{ code: number | null; signal: string | null }>;
}

const children: Child[] = [];

function start(args: string[], env: Record<string, string> = {}, file = "./spec/main-fixture.ts"): Child {
  const main = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, ["--import=tsx", main, ...args], { env: { ...process.env, ...env } });
  let out = "";
  let err = "";
  const address = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
      if (out.includes("\n")) resolve(out.slice(0, out.indexOf("\n")));
    });
    child.on("close", () => reject(new Error(`no address; ${err}`)));
  });
  address.catch(() => {});
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  const exit = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.on("close", (code, signal) => resolve({ code, signal })),
  );
  const started = { process: child, out: () => out, err: () => err, address, exit };
  children.push(started);
  return started;
}

function clientOf(address: string): Client {
  return new Client(address.replace("grpc://", ""), credentials.createInsecure());
}

function logLines(child: Child): Record<string, unknown>[] {
  return child
    .err()
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe("the agent process", () => {
  afterEach(() => {
    for (const { process: child } of children.splice(0)) child.kill("SIGKILL");
  });

  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    it(`prints its address, serves, and ends with 0 on ${signal}`, async () => {
      const child = start(["--listen", "127.0.0.1:0"]);
      const address = await child.address;
      expect(address).to.match(/^grpc:\/\/127\.0\.0\.1:[1-9]\d*$/);
      const client = clientOf(address);
      expect((await callUnary(client, UNARY, new Uint8Array([1]))).code).to.equal(0);
      child.process.kill(signal);
      expect(await child.exit).to.deep.equal({ code: 0, signal: null });
      expect(child.out()).to.equal(`${address}\n`);
      expect(logLines(child).map(({ msg }) => msg)).to.include.members(["serving", "stopping"]);
      client.close();
    });
  }

  it("warns of a Node release past its end of life, and only then", async () => {
    const child = start(["--listen", "127.0.0.1:0"]);
    await child.address;
    child.process.kill("SIGTERM");
    await child.exit;
    const old = Number.parseInt(process.versions.node, 10) < 22;
    expect(child.err().includes("past its end of life")).to.equal(old);
  });

  it("ends when its parent's end of the pipe closes, if told to", async () => {
    const child = start(["--listen", "127.0.0.1:0", "--exit-with-parent"]);
    await child.address;
    child.process.stdin.end();
    expect(await child.exit).to.deep.equal({ code: 0, signal: null });
  });

  it("goes on without a standard input, if not told to", async () => {
    const child = start(["--listen", "127.0.0.1:0"]);
    const client = clientOf(await child.address);
    child.process.stdin.end();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await callUnary(client, UNARY, new Uint8Array([1]))).code).to.equal(0);
    client.close();
  });

  it("does not wait for a watcher on SIGTERM", async () => {
    const child = start(["--listen", "127.0.0.1:0", "--grace-ms", "60000"]);
    const client = clientOf(await child.address);
    const watch = client.makeServerStreamRequest(WATCH, identity, identity, new Uint8Array());
    const code = new Promise<number>((resolve) =>
      watch.on("error", (error: { code?: number }) => resolve(error.code ?? -1)),
    );
    watch.on("data", () => {});
    await callUnary(client, UNARY, new Uint8Array());
    child.process.kill("SIGTERM");
    expect(await code).to.equal(14);
    expect((await child.exit).code).to.equal(0);
    client.close();
  });

  it("says that a port is taken, on one line, and ends with 69", async () => {
    const first = start(["--listen", "127.0.0.1:0"]);
    const port = (await first.address).split(":").at(-1) ?? "";
    const second = start(["--listen", `127.0.0.1:${port}`]);
    expect((await second.exit).code).to.equal(69);
    expect(second.out()).to.equal("");
    expect(logLines(second).at(-1)).to.include({ level: "fatal", reason: "port_in_use" });
    expect(logLines(second).at(-1)?.msg).to.contain(`port ${port} is in use, probably by another agent`);
  });

  it("says what is wrong with the command line and ends with 64", async () => {
    const public_ = start(["--listen", "0.0.0.0:7440"]);
    const typo = start(["--lisen", "127.0.0.1:0"]);
    expect((await public_.exit).code).to.equal(64);
    expect(public_.err()).to.contain("not a loopback address");
    expect((await typo.exit).code).to.equal(64);
    expect(typo.err()).to.contain("did you mean --listen?");
    expect(public_.out() + typo.out()).to.equal("");
  });

  it("says why it cannot read the machine and ends with 69", async () => {
    const child = start(["--listen", "127.0.0.1:0"], { HOSTSCOPE_SPEC_OPEN: "fail" });
    expect((await child.exit).code).to.equal(69);
    expect(child.out()).to.equal("");
    expect(logLines(child).at(-1)).to.have.nested.property("err.message", "no addon for this platform\nbuild it");
  });

  it("does not serve users or the network in an environment that weakens it", async () => {
    const listen = ["--serve-core", "/run/none/core.sock"];
    const child = start(listen, { NODE_OPTIONS: "--no-warnings", GRPC_TRACE: "all" });
    expect(await child.exit).to.deep.equal({ code: 78, signal: null });
    const [line] = logLines(child).slice(-1);
    expect(line).to.deep.include({ level: "fatal", variables: ["NODE_OPTIONS", "GRPC_TRACE"] });
  });

  it("checks its configuration without starting", async () => {
    const sound = start(["--check-config", "--listen=127.0.0.1:0"]);
    expect(await sound.exit).to.deep.equal({ code: 0, signal: null });
    expect(sound.out()).to.equal("the configuration is sound\n");
    const unsound = start(["--check-config", "--policy=/none/policy.yaml"]);
    expect(await unsound.exit).to.deep.equal({ code: 78, signal: null });
    expect(unsound.err()).to.equal("hostscope-agent: /none/policy.yaml: /none/policy.yaml cannot be read: ENOENT\n");
  });

  it("logs a defect that gets past every handler, on one line, and ends with 70", async () => {
    const child = start(["--listen", "127.0.0.1:0"], { HOSTSCOPE_SPEC_OPEN: "crash" });
    expect((await child.exit).code).to.equal(70);
    expect(logLines(child).at(-1)).to.include({ level: "fatal", msg: "crash" });
    expect(logLines(child).at(-1)).to.have.nested.property("err.message", "a\ndefect");
  });

  it("survives a reader of its output that goes away", async () => {
    const child = start(["--listen", "127.0.0.1:0", "--log-level", "debug"]);
    const client = clientOf(await child.address);
    child.process.stderr.destroy();
    child.process.stdout.destroy();
    for (let call = 0; call < 5; call++) {
      expect((await callUnary(client, UNARY, new Uint8Array([1]))).code).to.equal(0);
    }
    child.process.kill("SIGTERM");
    expect((await child.exit).code).to.equal(0);
    client.close();
  });

  it("gives help and version without an addon", async () => {
    const help = start(["--help"], {}, "./main.ts");
    const version = start(["--version"], {}, "./main.ts");
    expect((await help.exit).code).to.equal(0);
    expect(help.out()).to.contain("--exit-with-parent");
    expect((await version.exit).code).to.equal(0);
    expect(version.out()).to.match(/^\d+\.\d+\.\d+\n$/);
  });
});
