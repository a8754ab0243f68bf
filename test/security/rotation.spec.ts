// SPDX-License-Identifier: Apache-2.0

import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connect as connectTls } from "node:tls";
import { type Host, open } from "@hostscope/client";
import { expect } from "chai";
import { eventually as within } from "../support/eventually.ts";
import { failureOf } from "../support/failure-of.ts";
import { metricOf } from "../support/metric-values.ts";
import { type MetricsAgent, startMetricsAgent } from "../support/metrics-agent.ts";
import { type CertificateFiles, Pki, replaceFile, tlsFlags } from "../support/pki.ts";

const isLong = process.env.HOSTSCOPE_LONG === "1";
const ROUNDS = isLong ? 1_000 : 9;
const CLIENTS = isLong ? 50 : 8;
const NAMES = ["127.0.0.1", "db7.example"];

/** For as long as a busy machine may need. */
const eventually = (check: () => unknown) => within(check, 60_000);

describe("Certificates that change under load", function () {
  this.timeout(isLong ? 60 * 60_000 : 180_000);
  let pki: Pki;
  let agent: MetricsAgent;
  let [server, client]: [CertificateFiles, CertificateFiles] = [] as never;
  beforeEach(async () => {
    pki = await Pki.create();
    server = await pki.issue("server", { purpose: "server", names: NAMES });
    client = await pki.issue("client", { names: ["ops.example"] });
    // Connections that are just closed still count, the more the busier the machine is.
    const room = ["--limit", `connections-per-address=${64 + 4 * CLIENTS}`];
    agent = await startMetricsAgent(...tlsFlags(server, "ops.example"), ...room);
  });
  afterEach(async () => {
    const code = await agent?.stop();
    expect(code, agent?.log()).to.equal(0);
    pki?.[Symbol.dispose]();
  });
  /** Times that the agent has taken the files over, or has not. */
  const reloads = (result: "ok" | "failed"): number =>
    agent.log().split(result === "ok" ? "files were taken over" : "files are not sound").length - 1;
  /** Serial number of the certificate that the agent shows. */
  const shown = (options: object = {}) =>
    new Promise<string>((resolve) => {
      const socket = connectTls({
        host: "127.0.0.1",
        port: agent.port,
        ca: readFileSync(client.ca),
        cert: readFileSync(client.cert),
        key: readFileSync(client.key),
        ALPNProtocols: ["h2"],
        ...options,
      });
      socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      socket.once("secureConnect", () => {
        resolve(socket.getPeerCertificate().serialNumber);
        socket.destroy();
      });
    });

  it("cost no connection, however they are put in place; TLS 1.2 stays out", async () => {
    let [connected, stop] = [0, false];
    const failures: unknown[] = [];
    const clients = Array.from({ length: CLIENTS }, async () => {
      while (!stop) {
        try {
          await using host: Host = await open(agent.target, { credentials: client });
          await host.bootTime();
          connected++;
        } catch (error) {
          failures.push(error);
        }
      }
    });
    const folder = join(pki.folder, "server");
    // As Kubernetes mounts a secret.
    for (const name of ["tls.crt", "tls.key", "ca.crt"]) {
      mkdirSync(join(folder, "v0"), { recursive: true });
      renameSync(join(folder, name), join(folder, "v0", name));
    }
    symlinkSync("v0", join(folder, "..data"));
    for (const name of ["tls.crt", "tls.key", "ca.crt"]) symlinkSync(`..data/${name}`, join(folder, name));

    const serials = new Set<string>([await shown()]);
    for (let round = 1; round <= ROUNDS; round++) {
      const before = await shown();
      const { pem, keyPem } = await pki.make({ purpose: "server", names: NAMES });
      const current = join(folder, "..data");
      if (round % 3 === 0) {
        const next = join(folder, `v${round}`);
        mkdirSync(next);
        writeFileSync(join(next, "tls.crt"), pem);
        writeFileSync(join(next, "tls.key"), keyPem, { mode: 0o600 });
        writeFileSync(join(next, "ca.crt"), pki.pem);
        symlinkSync(`v${round}`, join(folder, "..new"));
        renameSync(join(folder, "..new"), current);
      } else if (round % 3 === 1) {
        replaceFile(join(current, "tls.key"), keyPem);
        replaceFile(join(current, "tls.crt"), pem);
      } else {
        writeFileSync(join(current, "tls.crt"), pem);
        writeFileSync(join(current, "tls.key"), keyPem);
      }
      await eventually(async () => expect(await shown()).to.not.equal(before));
      serials.add(await shown());
      expect(await shown({ maxVersion: "TLSv1.2" })).to.match(/PROTOCOL_VERSION/);
    }
    stop = true;
    await Promise.all(clients);
    expect(failures.map(String)).to.deep.equal([]);
    expect(serials.size).to.equal(ROUNDS + 1);
    expect(connected).to.be.greaterThan(ROUNDS);
    expect(await metricOf(agent, 'hostscope_agent_config_stale{files="tls"}')).to.equal(0);
    if (isLong) process.stdout.write(`      ${ROUNDS} rotations, ${connected} connections opened, 0 failed\n`);
  });

  it("are not taken over if they are broken or weaker: the last good ones stay, and it shows", async () => {
    const other = await Pki.create();
    const good = { cert: readFileSync(server.cert, "utf8"), key: readFileSync(server.key, "utf8") };
    const serial = await shown();
    const pair = (made: { pem: string; keyPem: string }) => ({ cert: made.pem, key: made.keyPem });
    const again = await pki.make({ purpose: "server", names: NAMES });
    const bad: [string, { cert?: string; key?: string; ca?: string; mode?: number }, RegExp][] = [
      ["a key of another certificate", { key: again.keyPem }, /is not the key of the certificate/],
      ["an empty certificate", { cert: "" }, /has no certificate/],
      ["a cut off certificate", { cert: good.cert.slice(0, 300) }, /has no certificate/],
      ["an expired one", pair(await pki.make({ purpose: "server", names: NAMES, days: -0.001 })), /is expired/],
      ["one of another authority", pair(await other.make({ purpose: "server", names: NAMES })), /another authority/],
      [
        "one without a name it had",
        pair(await pki.make({ purpose: "server", names: ["127.0.0.1"] })),
        /lacks the name db7/,
      ],
      ["no client authority", { ca: "" }, /has no certificate/],
      ["a client authority that is none", { ca: good.cert }, /not an authority's/],
      ["a key that everybody can read", { mode: 0o604 }, /can be read by everybody/],
    ];
    await using host = await open(agent.target, { credentials: client });
    for (const [what, { cert, key, ca, mode }, words] of bad) {
      const failed = reloads("failed");
      if (key !== undefined) replaceFile(server.key, key);
      if (cert !== undefined) replaceFile(server.cert, cert);
      if (ca !== undefined) replaceFile(server.ca, ca);
      if (mode !== undefined) chmodSync(server.key, mode);
      await eventually(() => expect(reloads("failed"), what).to.be.greaterThan(failed));
      expect(agent.log().trimEnd().split("\n").at(-1), what).to.match(words);
      expect(await shown(), what).to.equal(serial);
      expect(await shown({ cert: undefined, key: undefined }), what).to.equal(serial);
      const ok = reloads("ok");
      chmodSync(server.key, 0o600);
      replaceFile(server.ca, pki.pem);
      replaceFile(server.key, good.key);
      replaceFile(server.cert, good.cert);
      await eventually(() => expect(reloads("ok"), what).to.be.greaterThan(ok));
    }
    rmSync(server.key);
    await eventually(() => expect(agent.log().trimEnd().split("\n").at(-1)).to.match(/ENOENT/));
    expect(await metricOf(agent, 'hostscope_agent_config_stale{files="tls"}')).to.equal(1);
    agent.child.kill("SIGHUP");
    expect(await shown()).to.equal(serial);
    expect(await host.bootTime()).to.be.greaterThan(0);
    other[Symbol.dispose]();
  });

  it("end what goes on of a client whose authority is withdrawn, and no other", async () => {
    const next = await Pki.create();
    const heir = await next.issue("client", { names: ["ops.example"] });
    await using host = await open(agent.target, { credentials: client });
    const watch = host.watch({ metrics: ["virtualMemory"], interval: 1 })[Symbol.asyncIterator]();
    await watch.next();
    replaceFile(server.ca, pki.pem + next.pem);
    await eventually(async () => {
      await using both = await open(agent.target, { credentials: { ...heir, ca: client.ca } });
      await both.bootTime();
    });
    await watch.next();
    await using stays = await open(agent.target, { credentials: { ...heir, ca: client.ca } });
    replaceFile(server.ca, next.pem);
    const ended = await failureOf(
      (async () => {
        for (;;) await watch.next();
      })(),
    );
    expect(ended.code, ended.message).to.equal("unauthenticated");
    await sleep(1_000);
    expect((await failureOf(host.bootTime())).code).to.equal("tls_client_certificate");
    expect(await stays.bootTime()).to.be.greaterThan(0);
    next[Symbol.dispose]();
  });

  it("of a client are used for its next connection, without a new Host", async () => {
    await using host = await open(agent.target, { credentials: client });
    const next = await Pki.create();
    const heir = await next.make({ names: ["ops.example"] });
    replaceFile(server.ca, pki.pem + next.pem);
    await eventually(() => expect(reloads("ok")).to.be.greaterThan(0));
    replaceFile(client.key, heir.keyPem);
    replaceFile(client.cert, heir.pem);
    await sleep(1_100);
    expect(await host.bootTime()).to.be.greaterThan(0);
    replaceFile(server.ca, next.pem);
    await eventually(() => expect(reloads("ok")).to.be.greaterThan(1));
    await sleep(1_000);
    expect(await host.bootTime()).to.be.greaterThan(0);
    next[Symbol.dispose]();
  });
});
