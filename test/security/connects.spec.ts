// SPDX-License-Identifier: Apache-2.0

import { readdirSync, readFileSync } from "node:fs";
import { type ClientHttp2Session, connect } from "node:http2";
import { createSecureContext } from "node:tls";
import { expect } from "chai";
import { Attacker } from "../support/attacker.ts";
import { Canary } from "../support/canary.ts";
import { eventually as within } from "../support/eventually.ts";
import { grpcMessage } from "../support/http2-frames.ts";
import { metricOf } from "../support/metric-values.ts";
import { type MetricsAgent, startMetricsAgentThrough } from "../support/metrics-agent.ts";
import { type CertificateFiles, Pki, tlsFlags } from "../support/pki.ts";

const isLong = process.env.HOSTSCOPE_LONG === "1";
const CONNECTS = isLong ? 10_000 : 300;
const AT_ONCE = 50;
const WARM_UP = isLong ? 1_000 : 100;
const MOST_MIB = 48;
// Garbage that nobody has looked for yet would count as growth: a small heap is looked through often.
const SMALL_HEAP = ["sh", "-c", 'node="$1"; shift; exec "$node" --max-old-space-size=48 "$@"', "sh"];

/** For as long as a busy machine may need. */
const eventually = (check: () => unknown) => within(check, 60_000);

describe("Connections over TLS", function () {
  this.timeout(isLong ? 40 * 60_000 : 180_000);
  let pki: Pki;
  let agent: MetricsAgent;
  let client: CertificateFiles;
  before(async () => {
    pki = await Pki.create();
    client = await pki.issue("client", { names: ["ops.example"] });
    const server = await pki.issue("server", { purpose: "server", names: ["127.0.0.1"] });
    agent = await startMetricsAgentThrough(
      SMALL_HEAP,
      ...tlsFlags(server, "ops.example"),
      "--limit",
      "connections-per-address=100",
    );
  });
  after(async () => {
    const code = await agent?.stop();
    pki?.[Symbol.dispose]();
    expect(code, agent?.log()).to.equal(0);
  });
  const residentMib = () =>
    Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${agent.child.pid}/status`, "utf8"))?.[1]) / 1024;
  const descriptors = () => readdirSync(`/proc/${agent.child.pid}/fd`).length;

  it(`are made, asked once and closed ${CONNECTS} times, ${AT_ONCE} at once, and leave nothing behind`, async () => {
    const context = createSecureContext({
      ca: readFileSync(client.ca),
      cert: readFileSync(client.cert),
      key: readFileSync(client.key),
    });
    const message = grpcMessage(Buffer.alloc(0));
    const one = () =>
      new Promise<string>((resolve) => {
        const session: ClientHttp2Session = connect(`https://127.0.0.1:${agent.port}`, {
          secureContext: context,
          servername: "",
        });
        session.on("error", (error) => resolve(String(error)));
        const stream = session.request({
          ":method": "POST",
          ":path": "/hostscope.v1.System/BootTime",
          "content-type": "application/grpc",
          te: "trailers",
        });
        let status = "no status";
        stream.on("trailers", (trailers) => {
          status = String(trailers["grpc-status"]);
        });
        stream.on("response", (headers) => {
          status = headers["grpc-status"] === undefined ? status : String(headers["grpc-status"]);
        });
        stream.on("error", () => {});
        stream.on("close", () => session.close(() => resolve(status)));
        stream.resume();
        stream.end(message);
      });
    const round = async (count: number): Promise<Record<string, number>> => {
      const statuses: Record<string, number> = {};
      let left = count;
      const worker = async () => {
        while (left-- > 0) {
          const status = await one();
          statuses[status] = (statuses[status] ?? 0) + 1;
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      return statuses;
    };
    // What is needed for the first ones stays, and a heap grows to the size that its work asks for.
    await round(WARM_UP);
    await eventually(async () => expect(await metricOf(agent, "hostscope_agent_connections")).to.equal(0));
    const [memory, open] = [residentMib(), descriptors()];
    const began = performance.now();
    expect(await round(CONNECTS)).to.deep.equal({ 0: CONNECTS });
    const perSecond = CONNECTS / ((performance.now() - began) / 1000);
    await eventually(() => expect(descriptors()).to.be.at.most(open + 2));
    expect(await metricOf(agent, "hostscope_agent_handshakes")).to.equal(0);
    expect(residentMib() - memory).to.be.below(MOST_MIB);
    if (isLong)
      process.stdout.write(
        `      ${perSecond.toFixed(0)} connects/s, ${(residentMib() - memory).toFixed(1)} MiB more\n`,
      );
  });

  it("that say nothing are at most 64 at a time, all gone soon, and cost no other client anything", async () => {
    const canary = await Canary.start(agent.target, { credentials: client });
    const storm = isLong ? 10_000 : 400;
    let most = 0;
    const silent: Attacker[] = [];
    for (let at = 0; at < storm; at += 100) {
      silent.push(...(await Promise.all(Array.from({ length: 100 }, () => Attacker.connect(agent.port)))));
      most = Math.max(most, (await metricOf(agent, "hostscope_agent_handshakes")) ?? 0);
    }
    expect(most).to.be.within(1, 64);
    const hungUp = await Promise.all(silent.map((one) => one.hungUp(10_000)));
    expect(hungUp.every((gone) => gone)).to.equal(true);
    await eventually(async () => expect(await metricOf(agent, "hostscope_agent_handshakes")).to.equal(0));
    expect((await canary.stop()).failures).to.deep.equal([]);
    const refused = await metricOf(agent, 'hostscope_agent_refused_total{reason="handshakes"}');
    const timedOut = await metricOf(agent, 'hostscope_agent_refused_total{reason="handshake_timeout"}');
    expect(refused).to.be.greaterThan(0);
    expect(timedOut).to.be.greaterThan(0);
  });

  it("are as many of one address as may be", async () => {
    const all = await Promise.all(Array.from({ length: 60 }, () => Attacker.connect(agent.port, client)));
    const more = await Promise.all(Array.from({ length: 60 }, () => Attacker.connect(agent.port, client)));
    const connected = () => [...all, ...more].filter(({ closed }) => !closed).length;
    await eventually(async () => {
      expect(connected()).to.be.at.most(100);
      expect(
        await metricOf(agent, 'hostscope_agent_refused_total{reason="connections_per_address"}'),
      ).to.be.greaterThan(0);
    });
    // They make no call: after ten seconds there is room again.
    for (const one of [...all, ...more]) one[Symbol.dispose]();
  });
});
