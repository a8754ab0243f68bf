// SPDX-License-Identifier: Apache-2.0

import { X509Certificate } from "node:crypto";
import { Socket } from "node:net";
import { expect } from "chai";
import { pino } from "pino";
import { type Authority, makeAuthority, makeCertificate } from "../commands/certificate-maker.ts";
import { eventually } from "../spec/agent-fixture.ts";
import type { TlsMaterial } from "../trust/server-certificate.ts";
import { openTrust, type Trust } from "../trust/trust.ts";
import { judgeConnections } from "./connection-judge.ts";
import { type Connection, Connections } from "./connections.ts";

const soon = (ms: number) => new Date(Date.now() + ms);

/** Trust in these authorities alone. */
function trusting(...authorities: Authority[]): Trust {
  const tls = { authorities: authorities.map(({ pem }) => new X509Certificate(pem)) } as unknown as TlsMaterial;
  return { ...openTrust({ tls: null, tokens: null }, pino({ level: "silent" })), tls };
}

describe("Connections with a client certificate", () => {
  let authority: Authority;
  const connections = new Connections();
  before(async () => {
    authority = await makeAuthority("test", soon(3_600_000));
  });
  const connection = async (until: Date): Promise<Connection> => {
    const { pem } = await makeCertificate(authority, "client", ["ops.example"], until);
    const certificate = new X509Certificate(pem);
    const identity = {
      kind: "mtls",
      names: ["dns:ops.example"],
      fingerprint: "",
      expiresAt: new Date(certificate.validTo),
    } as const;
    return connections.add({ via: "tls", peer: "", socket: new Socket(), certificate, identity, lacking: "" });
  };
  const judged = (trust: Trust) => {
    let times = 0;
    const stop = judgeConnections({ connections }, trust, () => times++, 20);
    return { stop, times: () => times };
  };

  it("end when it expires, by themselves, and others go on", async () => {
    const [short, long] = [await connection(soon(1_500)), await connection(soon(3_600_000))];
    const { stop, times } = judged(trusting(authority));
    try {
      await eventually(() => times() > 0);
      expect(short.identity).to.have.property("kind", "mtls");
      await eventually(() => short.socket.destroyed, 10_000);
      expect(short.identity).to.equal(null);
      expect(short.lacking).to.contain("not good any more");
      expect(long.identity).to.have.property("kind", "mtls");
      expect(long.socket.destroyed).to.equal(false);
    } finally {
      stop();
      long.socket.destroy();
    }
  });

  it("end when its authority is withdrawn", async () => {
    const one = await connection(soon(3_600_000));
    const { stop } = judged(trusting(await makeAuthority("test", soon(3_600_000))));
    try {
      await eventually(() => one.socket.destroyed);
      expect(one.identity).to.equal(null);
    } finally {
      stop();
    }
  });
});
