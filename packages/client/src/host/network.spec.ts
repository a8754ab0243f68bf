// SPDX-License-Identifier: Apache-2.0

import { AddressFamily, ConnectionKind, ConnectionStatus, NicDuplex, SocketType } from "@hostscope/proto/gen/network";
import { System } from "@hostscope/proto/gen/system";
import { expect } from "chai";
import { AF_INET, AF_LINK, CONN_LISTEN, SOCK_STREAM } from "../constants/connections.ts";
import { NIC_DUPLEX_FULL, NIC_DUPLEX_UNKNOWN } from "../constants/hardware.ts";
import { InvalidArgument } from "../errors.ts";
import { CONNECTION_KIND_NUMBERS, type ConnectionKind as Kind } from "../gen/hostscope/v1/network_plain.ts";
import { createHost } from "../open.ts";
import { failureOf } from "../spec-support/failure-of.ts";
import { FakeTransport } from "../spec-support/fake-transport.ts";

describe("Host's network", () => {
  let fake: FakeTransport;
  beforeEach(() => {
    fake = new FakeTransport();
  });

  it("netIoCounters is the total, null without interfaces, or each interface by name", async () => {
    const asked: unknown[] = [];
    fake.on(System.method.netIoCounters, ({ pernic, nowrap }) => {
      asked.push([pernic, nowrap]);
      return pernic ? { nics: [{ name: "eth0", bytesSent: 2n ** 40n, dropout: 0n }] } : {};
    });
    const host = createHost(fake);
    expect(await host.netIoCounters()).to.equal(null);
    expect((await host.netIoCounters({ pernic: true, nowrap: true })).eth0).to.include({
      bytesSent: 2 ** 40,
      dropout: 0,
    });
    await host.netIoCounters({ nowrap: false });
    expect(asked).to.deep.equal([
      [false, true],
      [true, true],
      [false, false],
    ]);
  });

  it("netConnections gathers all chunks", async () => {
    const listening = {
      fd: 3,
      family: AddressFamily.INET,
      type: SocketType.STREAM,
      laddr: { ip: "127.0.0.1", port: 22 },
      status: ConnectionStatus.LISTEN,
      pid: 1n,
    };
    fake.onStream(System.method.netConnections, () => [
      { connections: [listening] },
      { connections: [{ family: AddressFamily.UNIX, laddr: { path: "@x" }, status: ConnectionStatus.NONE }] },
    ]);
    const [first, second, ...others] = await createHost(fake).netConnections();
    expect(first).to.deep.equal({
      fd: 3,
      family: AF_INET,
      type: SOCK_STREAM,
      laddr: { ip: "127.0.0.1", port: 22, path: null },
      raddr: null,
      status: CONN_LISTEN,
      pid: 1,
    });
    expect(second).to.include({ fd: null, pid: null, raddr: null, status: "NONE" });
    expect(others).to.deep.equal([]);
  });

  it("netConnections asks for every kind of psutil, for inet unless told otherwise, and for no other", async () => {
    const asked: ConnectionKind[] = [];
    fake.onStream(System.method.netConnections, ({ kind }) => {
      asked.push(kind);
      return [];
    });
    const host = createHost(fake);
    for (const kind of [undefined, ...CONNECTION_KIND_NUMBERS.keys()]) {
      expect(await host.netConnections({ kind: kind as "inet" })).to.deep.equal([]);
    }
    expect(asked).to.deep.equal([ConnectionKind.INET, ...CONNECTION_KIND_NUMBERS.values()]);
    const typo = await failureOf(host.netConnections({ kind: "tcp5" as "tcp4" }), InvalidArgument);
    expect(typo.message).to.match(/no kind "tcp5"; did you mean "tcp/);
    for (const kind of ["unspecified", "", 4, null] as unknown as Exclude<Kind, "unspecified">[]) {
      await failureOf(host.netConnections({ kind }), InvalidArgument);
    }
  });

  it("netIfAddrs and netIfStats are by interface", async () => {
    fake
      .on(System.method.netIfAddrs, () => ({
        nics: [{ name: "lo", addrs: [{ family: AddressFamily.LINK, address: "00:00:00:00:00:00" }] }],
      }))
      .on(System.method.netIfStats, () => ({
        nics: [
          { name: "eth0", isup: true, duplex: NicDuplex.FULL, speed: 1000n, mtu: 1500, flags: ["up"] },
          { name: "lo", mtu: 65536 },
        ],
      }));
    const host = createHost(fake);
    expect(await host.netIfAddrs()).to.deep.equal({
      lo: [{ family: AF_LINK, address: "00:00:00:00:00:00", netmask: null, broadcast: null, ptp: null }],
    });
    const { eth0, lo } = await host.netIfStats();
    expect(eth0).to.deep.include({ isup: true, duplex: NIC_DUPLEX_FULL, speed: 1000, mtu: 1500, flags: ["up"] });
    expect(lo).to.include({ isup: false, duplex: NIC_DUPLEX_UNKNOWN, speed: null });
  });
});
