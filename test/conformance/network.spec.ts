// SPDX-License-Identifier: Apache-2.0

import { execFileSync } from "node:child_process";
import { expect } from "chai";
import { describeOnEveryTransport } from "../support/every-transport.ts";
import { type IpInterface, type NetworkFacts, PSUTIL_NETWORK, plainAddress } from "../support/network-oracle.ts";
import { itProves } from "../support/proofs.ts";
import { requirePsutil } from "../support/python.ts";
import { expectBetween } from "../support/tolerance.ts";

const camel = (name: string): string => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
const ip = (...args: string[]) =>
  JSON.parse(execFileSync("ip", ["--json", ...args], { encoding: "utf8" })) as IpInterface[];

describeOnEveryTransport("Network interfaces", (host) => {
  let python: string;
  before(function () {
    python = requirePsutil.call(this);
  });
  const psutil = () => JSON.parse(execFileSync(python, [PSUTIL_NETWORK], { encoding: "utf8" })) as NetworkFacts;

  itProves("netIfAddrs are psutil's", ["host.netIfAddrs"], async () => {
    const ours = await host().netIfAddrs();
    const theirs = psutil().addrs;
    // Interfaces without any address are not psutil's.
    const named = Object.entries(ours).filter(([, addrs]) => addrs.some(({ address }) => address !== null));
    expect(named.map(([name]) => name).sort()).to.deep.equal(Object.keys(theirs).sort());
    for (const [name, addrs] of named) {
      expect(addrs.map(plainAddress), name).to.have.deep.members(theirs[name] as object[]);
    }
  });

  itProves("interfaces and their IP addresses are what ip shows", ["host.netIfAddrs", "host.netIfStats"], async () => {
    const [addrs, stats] = [await host().netIfAddrs(), await host().netIfStats()];
    const shown = ip("addr").filter(({ addr_info }) => addr_info.length > 0);
    expect(shown).to.not.be.empty;
    for (const { ifname, mtu, addr_info } of shown) {
      const found = (addrs[ifname] ?? []).filter(({ family }) => family !== "AF_LINK");
      expect(
        found.map(({ address }) => address?.split("%")[0]),
        ifname,
      ).to.have.members(addr_info.filter(({ label = ifname }) => label === ifname).map(({ local }) => local));
      expect(stats[ifname], ifname).to.include({ isup: true, mtu });
    }
  });

  it("netIfAddrs are what ip shows, IPv4 before IPv6 before hardware", async () => {
    const ours = await host().netIfAddrs();
    for (const { ifname, address, addr_info } of ip("addr")) {
      const addrs = ours[ifname] ?? [];
      const order = ["AF_INET", "AF_INET6", "AF_LINK"];
      expect(addrs.map(({ family }) => order.indexOf(family))).to.deep.equal(
        addrs.map(({ family }) => order.indexOf(family)).sort(),
      );
      if (address !== undefined) expect(addrs.find(({ family }) => family === "AF_LINK")?.address).to.equal(address);
      const expected = addr_info.filter(({ label = ifname }) => label === ifname).map(({ local }) => local);
      const found = addrs.filter(({ family }) => family !== "AF_LINK").map((addr) => addr.address?.split("%")[0]);
      expect(found, ifname).to.have.members(expected);
    }
  });

  itProves("netIfStats are psutil's", ["host.netIfStats"], async () => {
    const ours = await host().netIfStats();
    const theirs = psutil().stats;
    expect(Object.keys(ours)).to.deep.equal(Object.keys(theirs));
    for (const [name, stats] of Object.entries(theirs)) expect(ours[name]).to.deep.include(stats);
  });

  itProves(
    "netIoCounters of each interface count between two of psutil's readings",
    ["host.netIoCounters"],
    async () => {
      const before = psutil().traffic;
      const ours = await host().netIoCounters({ pernic: true });
      const after = psutil().traffic;
      expect(Object.keys(ours)).to.deep.equal(Object.keys(before));
      for (const [nic, counters] of Object.entries(ours)) {
        for (const [name, value] of Object.entries(before[nic] as Record<string, number>)) {
          const actual = (counters as unknown as Record<string, number>)[camel(name)] as number;
          expectBetween(actual, value, after[nic]?.[name] as number, `${nic} ${name}`);
        }
      }
    },
  );

  itProves("netIoCounters add up what ip counts, loopback included", ["host.netIoCounters"], async () => {
    const sum = (direction: "rx" | "tx", what: string) =>
      ip("--statistics", "link").reduce((total, { stats64 }) => total + (stats64?.[direction][what] ?? 0), 0);
    const before = [sum("rx", "bytes"), sum("tx", "packets")] as const;
    const ours = await host().netIoCounters();
    expectBetween(ours?.bytesRecv ?? null, before[0], sum("rx", "bytes"), "bytesRecv");
    expectBetween(ours?.packetsSent ?? null, before[1], sum("tx", "packets"), "packetsSent");
  });
});
