// SPDX-License-Identifier: Apache-2.0

import { type IncomingHttpHeaders, request } from "node:http";
import { connect } from "node:net";
import { expect } from "chai";
import { pino } from "pino";
import { AgentStartError } from "../agent-start-error.ts";
import type { Format } from "./exposition.ts";
import { type MetricsServer, type MetricsText, startMetricsServer } from "./metrics-server.ts";

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const log: Record<string, unknown>[] = [];
const logger = pino({ level: "debug" }, { write: (line: string) => log.push(JSON.parse(line)) });
const servers: MetricsServer[] = [];

async function start(text: MetricsText = async (format) => `# ${format}\n`): Promise<MetricsServer> {
  const server = await startMetricsServer({ host: "127.0.0.1", port: 0 }, text, logger);
  servers.push(server);
  return server;
}

function ask(
  { port }: MetricsServer,
  path = "/metrics",
  headers: Record<string, string> = {},
  method = "GET",
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = request({ host: "127.0.0.1", port, path, method, headers, agent: false }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        body += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    asking.on("error", reject).end();
  });
}

/** What comes back for raw bytes until the server closes. */
function raw({ port }: MetricsServer, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      answer += chunk;
    });
    socket.on("error", () => {}).on("close", () => resolve(answer));
  });
}

describe("the metrics server", () => {
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
    log.length = 0;
  });

  it("gives the metrics in the format that is asked for", async () => {
    const server = await start();
    expect(server.url).to.equal(`http://127.0.0.1:${server.port}/metrics`);
    const text = await ask(server);
    expect(text).to.deep.include({ status: 200, body: "# text\n" });
    expect(text.headers).to.include({
      "content-type": "text/plain; version=0.0.4; charset=utf-8",
      "content-length": "7",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      connection: "close",
    });
    const open = await ask(server, "/metrics?x=1", { accept: "application/openmetrics-text;version=1.0.0" });
    expect(open).to.deep.include({ status: 200, body: "# openmetrics\n" });
    expect(open.headers["content-type"]).to.equal("application/openmetrics-text; version=1.0.0; charset=utf-8");
  });

  it("has nothing else, and changes nothing", async () => {
    let scrapes = 0;
    const server = await start(async () => String(scrapes++));
    expect(await ask(server, "/")).to.deep.include({ status: 200, body: "hostscope agent: metrics are at /metrics\n" });
    expect((await ask(server, "/metrics/../etc/passwd")).status).to.equal(404);
    expect((await ask(server, "//metrics")).status).to.equal(404);
    expect(await ask(server, "/metrics", {}, "HEAD")).to.deep.include({ status: 200, body: "" });
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"]) {
      const { status, headers } = await ask(server, "/metrics", {}, method);
      expect([status, headers.allow], method).to.deep.equal([405, "GET, HEAD"]);
    }
    expect(scrapes).to.equal(0);
  });

  it("refuses names that are not this machine's", async () => {
    const server = await start();
    expect((await ask(server, "/metrics", { host: "rebound.example" })).status).to.equal(403);
    expect((await ask(server, "/metrics", { "sec-fetch-site": "cross-site" })).status).to.equal(403);
    expect((await ask(server, "/metrics", { host: "localhost:1" })).status).to.equal(200);
  });

  it("keeps to the asker's time, and says so when it is not enough", async () => {
    const asked: [Format, number][] = [];
    const server = await start(async (...how) => {
      asked.push(how);
      return null;
    });
    const { status, body } = await ask(server, "/metrics", { "x-prometheus-scrape-timeout-seconds": "2" });
    expect([status, body]).to.deep.equal([503, "not done within the scrape's time\n"]);
    expect(asked).to.deep.equal([["text", 1_800]]);
  });

  it("answers a defect with a fixed text, and logs its cause", async () => {
    const server = await start(async () => {
      throw new Error("secret path /x");
    });
    const { status, body } = await ask(server);
    expect([status, body]).to.deep.equal([500, "the agent could not collect; its log says why\n"]);
    expect(log.at(-1)).to.include({ level: 50 }).and.to.have.nested.property("err.message", "secret path /x");
  });

  it("survives bytes that are no request, and heads that are too long", async () => {
    const server = await start();
    expect(await raw(server, "\0\xff junk\r\n\r\n")).to.match(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(await raw(server, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).to.match(/^HTTP\/1\.1 400 /);
    expect(await raw(server, "GET /metrics HTTP/1.1\r\n\r\n")).to.match(/^HTTP\/1\.1 400 /);
    expect(await raw(server, `GET /metrics HTTP/1.1\r\nhost: localhost\r\nx: ${"y".repeat(9_000)}\r\n`)).to.match(
      /^HTTP\/1\.1 431 /,
    );
    expect(await raw(server, "CONNECT localhost:1 HTTP/1.1\r\nhost: localhost:1\r\n\r\n")).to.equal("");
    expect((await ask(server)).status).to.equal(200);
  });

  it("closes a connection that never says what it wants", async function () {
    this.timeout(20_000);
    const server = await start();
    const silent = raw(server, "");
    const dribbling = raw(server, "GET /met");
    expect(await silent).to.equal("");
    expect(await dribbling).to.equal("");
    expect((await ask(server)).status).to.equal(200);
  });

  it("ends all connections when it is closed", async () => {
    const server = await start(() => new Promise(() => {}));
    const waiting = ask(server).catch((error: NodeJS.ErrnoException) => error.code);
    await new Promise((resolve) => setTimeout(resolve, 50));
    server.close();
    expect(await waiting).to.equal("ECONNRESET");
  });

  it("says that its port is taken", async () => {
    const { port } = await start();
    const failure = await startMetricsServer({ host: "127.0.0.1", port }, async () => "", logger).catch((e) => e);
    expect(failure).to.be.instanceOf(AgentStartError).and.to.include({ reason: "port_in_use" });
  });
});
