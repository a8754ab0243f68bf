// SPDX-License-Identifier: Apache-2.0

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { type ConnectionOptions, connect as connectTls } from "node:tls";
import { type Credentials, fleet, HostUnreachable, open } from "@hostscope/client";
import { expect } from "chai";
import { type AgentProcess, startAgent } from "../support/agent-process.ts";
import { CutLine } from "../support/cut-line.ts";
import { failureOf } from "../support/failure-of.ts";
import { requireOracle } from "../support/oracle.ts";
import { type CertificateFiles, Pki, tlsFlags } from "../support/pki.ts";

describe("Mutual TLS", function () {
  // Agents take their time to start where a lot else goes on.
  this.timeout(120_000);
  let [pki, other]: [Pki, Pki] = [] as never;
  let agent: AgentProcess;
  let [server, client]: [CertificateFiles, CertificateFiles] = [] as never;
  before(async () => {
    [pki, other] = [await Pki.create(), await Pki.create()];
    server = await pki.issue("server", { purpose: "server", names: ["127.0.0.1", "db7.example"] });
    client = await pki.issue("client", { names: ["ops.example", "spiffe://corp.example/ops"] });
    agent = await startAgent(...tlsFlags(server, "ops.example"), "--log-level", "debug");
  });
  after(async () => {
    const code = await agent?.stop();
    expect(code, agent?.log()).to.equal(0);
    pki?.[Symbol.dispose]();
    other?.[Symbol.dispose]();
  });
  const refused = async (credentials: Credentials, code: string, words: RegExp) => {
    const error = await failureOf(open(agent.target, { credentials }));
    expect(error).to.be.instanceOf(HostUnreachable);
    expect(error, error.message).to.include({ code, retryable: false, host: agent.target });
    expect(error.message).to.match(words);
  };

  it("lets in a client with a certificate of the authority, from files, text or bytes", async () => {
    const text = Object.fromEntries(Object.entries(client).map(([name, path]) => [name, readFileSync(path, "utf8")]));
    const bytes = { ...client, key: readFileSync(client.key) };
    for (const credentials of [client, text, bytes]) {
      await using host = await open(agent.target, { credentials });
      expect(await host.pids()).to.include(process.pid);
    }
  });

  it("goes for every host of a fleet", async () => {
    await using all = fleet([agent.target], { credentials: client });
    expect(await all.virtualMemory()).to.have.nested.property("[0].status", "ok");
    await using none = fleet([agent.target]);
    expect(await none.virtualMemory()).to.have.nested.property("[0].status", "unreachable");
  });

  it("tells a client without a certificate so", () =>
    refused({ ca: client.ca }, "tls_client_certificate", /wants a client certificate, and none was shown/));

  it("tells a client whose authority the agent does not know, or whose certificate is for servers or over", async () => {
    const stranger = await other.issue("stranger", { names: ["ops.example"] });
    const expired = await pki.issue("expired", { names: ["ops.example"], days: -0.001 });
    for (const { cert, key } of [stranger, server, expired]) {
      await refused({ ca: client.ca, cert, key }, "tls_client_certificate", /after it saw the client certificate/);
    }
  });

  it("takes a line that breaks for no refusal, whether it was in use or is gone when it is needed again", async () => {
    const line = await CutLine.to(agent.port);
    await using host = await open(`https://127.0.0.1:${line.port}`, { credentials: client });
    const watch = host.watch({ metrics: ["virtualMemory"], reconnect: false });
    await watch.next();
    const ended = failureOf(watch.next().then(() => watch.next()));
    line.cut();
    const lost = { code: "unavailable", retryable: true };
    expect(await ended).to.include(lost);
    const { port } = line;
    expect(await host.bootTime()).to.be.greaterThan(0);
    line.close();
    const refusing = createServer((socket) => socket.resetAndDestroy());
    await new Promise<void>((resolve) => refusing.listen(port, "127.0.0.1", resolve));
    for (let times = 0; times < 2; times++) expect(await failureOf(host.bootTime())).to.include(lost);
    refusing.close();
  });

  it("tells a client that does not know the agent's authority", () =>
    refused({ ...client, ca: other.pem }, "tls_untrusted", /credentials\.ca/));

  it("tells a client that trusts public authorities only", () =>
    refused({ cert: client.cert, key: client.key }, "tls_untrusted", /credentials\.ca/));

  it("tells a client that meets the certificate of another host, and lets it say that it means that", async () => {
    const wrong = { ...client, serverName: "db8.example" };
    await refused(wrong, "tls_wrong_host", /its certificate is for another name/);
    await using host = await open(agent.target, { credentials: { ...client, serverName: "db7.example" } });
    expect(await host.bootTime()).to.be.greaterThan(0);
  });

  it("tells a client that meets a server without TLS", async () => {
    const plain: Server = createServer((socket) =>
      socket.on("error", () => {}).end("HTTP/1.1 400 Bad Request\r\n\r\n"),
    );
    await new Promise<void>((resolve) => plain.listen(0, "127.0.0.1", resolve));
    const { port } = plain.address() as { port: number };
    const error = await failureOf(open(`https://127.0.0.1:${port}`, { credentials: client }));
    plain.close();
    expect(error).to.include({ code: "tls_failed" });
  });

  it("knows a client by its alternative names, and says that it lacks them", async () => {
    const nameless = await pki.issue("nameless", { names: ["10.0.0.1"] });
    const error = await failureOf(open(agent.target, { credentials: { ...nameless } }));
    expect(error.code).to.equal("unauthenticated");
    expect(error.message).to.contain("has no SPIFFE id and no DNS name");
  });

  it("is TLS 1.3 with HTTP/2 or nothing, and never resumes a session", async () => {
    const { port } = agent;
    const own = {
      ca: pki.pem,
      cert: readFileSync(client.cert),
      key: readFileSync(client.key),
      port,
      host: "127.0.0.1",
    };
    const shake = (options: ConnectionOptions) =>
      new Promise<string>((resolve) => {
        const socket = connectTls({ ...own, ...options });
        const leave = (outcome: string) => {
          clearTimeout(late);
          resolve(outcome);
          socket.destroy();
        };
        const late = setTimeout(() => leave("kept open"), 10_000);
        socket
          .on("error", () => {})
          .on("session", () => leave("a session ticket"))
          .on("close", () => leave("closed"))
          .resume();
      });
    expect(await shake({ maxVersion: "TLSv1.2" })).to.equal("closed");
    expect(await shake({ ALPNProtocols: ["http/1.1"] })).to.equal("closed");
    expect(await shake({})).to.equal("closed");
    let sessions: Buffer | undefined;
    const first = connectTls({ ...own, ALPNProtocols: ["h2"] });
    first
      .on("error", () => {})
      .on("session", (session) => {
        sessions = session;
      });
    await new Promise((resolve) => first.once("secureConnect", resolve));
    await new Promise((resolve) => setTimeout(resolve, 300));
    first.destroy();
    const second = connectTls({
      ...own,
      ALPNProtocols: ["h2"],
      ...(sessions === undefined ? {} : { session: sessions }),
    });
    second.on("error", () => {});
    await new Promise((resolve) => second.once("secureConnect", resolve));
    expect(second.isSessionReused()).to.equal(false);
    second.destroy();
  });

  it("stands the judgement of OpenSSL's own client", function () {
    const version = spawnSync("openssl", ["version"]);
    requireOracle.call(this, "openssl", version.status === 0);
    const s = (...args: string[]) =>
      spawnSync(
        "openssl",
        ["s_client", "-connect", `127.0.0.1:${agent.port}`, "-CAfile", client.ca, "-alpn", "h2", "-brief", ...args],
        { input: "", encoding: "utf8", timeout: 10_000 },
      );
    const good = s("-cert", client.cert, "-key", client.key, "-verify_return_error");
    expect(good.stderr).to.contain("Protocol version: TLSv1.3").and.to.contain("Verification: OK");
    expect(s("-cert", client.cert, "-key", client.key, "-tls1_2").stderr).to.not.contain("Protocol version");
  });

  it("says of hosts of another kind what is wrong with the credentials, before it dials", async () => {
    const cases: [string, object, RegExp][] = [
      ["grpc://127.0.0.1:1", { credentials: client }, /needs a target with TLS/],
      ["local:", { credentials: { token: "x" } }, /takes no credentials/],
      ["grpc://10.0.0.1:1", { insecure: true, credentials: { token: "x" } }, /in the clear/],
      ["https://db7:1", { credentials: { cert: client.cert } }, /go together/],
      ["https://db7:1", { credentials: { ...client, ca: "/nowhere/ca.crt" } }, /ENOENT/],
      ["https://db7:1", { credentials: { ...client, key: server.key } }, /key values mismatch/],
      ["https://db7:1", { credentials: { cret: client.cert } }, /did you mean "cert"/],
    ];
    for (const [target, options, words] of cases) {
      const error = await failureOf(open(target, options));
      expect(error.code, target).to.equal("invalid_argument");
      expect(error.message).to.match(words);
    }
  });
});
