// SPDX-License-Identifier: Apache-2.0

import { execFileSync } from "node:child_process";
import { expect } from "chai";
import { describeOnMachine } from "../support/expected.ts";
import {
  type Address,
  type NetworkFacts,
  OUR_NETWORK,
  PSUTIL_NETWORK,
  plainAddress,
} from "../support/network-oracle.ts";
import { inNewNamespace, requireNamespace } from "../support/own-namespace.ts";
import { requirePsutil } from "../support/python.ts";

// Interfaces that no host here has. The last line shows what psutil and the SDK make of them.
const SET_UP = `
set -e
ip link set lo up
ip link add veth0 address 02:00:00:00:00:01 type veth peer name veth1 address 02:00:00:00:00:02
ip link set veth0 mtu 1400 up
ip link set veth1 up
ip addr add 10.7.0.1/24 broadcast + dev veth0
ip addr add 10.7.1.1/32 dev veth0
ip addr add 10.7.2.1 peer 10.7.2.2/32 dev veth0
ip addr add 10.7.3.1/24 dev veth0 label veth0:1
ip addr add fd00:7::1/64 dev veth0 nodad
ip addr add fd00:8::1 peer fd00:8::2/128 dev veth0 nodad
ip link add bridge0 type bridge
ip link set veth1 master bridge0
ip link set bridge0 promisc on
ip tuntap add tun0 mode tun
ip addr add 10.5.0.1 peer 10.5.0.2/32 dev tun0
ip tuntap add tun1 mode tun
"$1" "$2"
"$3" --import tsx "$4"
`;

const inet = (address: string, netmask: string, more: Partial<Address> = {}): Address => ({
  ...{ family: "AF_INET", address, netmask, broadcast: null, ptp: null },
  ...more,
});
const ALONE = "255.255.255.255";
const ALONE6 = "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";
const NONE = { family: "AF_UNSPEC", address: null, netmask: null, broadcast: null, ptp: null };

describeOnMachine("Interfaces of a network namespace", () => {
  let psutil: NetworkFacts;
  let ours: NetworkFacts;
  before(function () {
    this.timeout(60_000);
    const python = requirePsutil.call(this);
    requireNamespace.call(this, "net", ["ip", "tuntap", "add", "tun0", "mode", "tun"]);
    const [unshare = "", ...args] = inNewNamespace("net");
    const programs = [python, PSUTIL_NETWORK, process.execPath, OUR_NETWORK];
    const output = execFileSync(unshare, [...args, "sh", "-c", SET_UP, "sh", ...programs], { encoding: "utf8" });
    [psutil, ours] = output
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as NetworkFacts) as [NetworkFacts, NetworkFacts];
  });

  const addrs = (nic: string, family?: string) =>
    (ours.addrs[nic] ?? []).filter((addr) => family === undefined || addr.family === family).map(plainAddress);

  it("have a broadcast address, another end, or neither, as was set", () => {
    expect(addrs("veth0", "AF_INET")).to.have.deep.members([
      inet("10.7.0.1", "255.255.255.0", { broadcast: "10.7.0.255" }),
      inet("10.7.1.1", ALONE),
      inet("10.7.2.1", ALONE, { ptp: "10.7.2.2" }),
    ]);
    expect(addrs("veth0:1")).to.deep.equal([inet("10.7.3.1", "255.255.255.0")]);
    expect(addrs("tun0", "AF_INET")).to.deep.equal([inet("10.5.0.1", ALONE, { ptp: "10.5.0.2" })]);
  });

  it("have no broadcast in IPv6, and the scope of addresses of the link", () => {
    const family = "AF_INET6";
    const found = addrs("veth0", family);
    expect(found).to.deep.include({ ...inet("fd00:7::1", "ffff:ffff:ffff:ffff::"), family });
    expect(found).to.deep.include({ ...inet("fd00:8::1", ALONE6, { ptp: "fd00:8::2" }), family });
    const local = { ...inet("fe80::ff:fe00:1%veth0", "ffff:ffff:ffff:ffff::"), family };
    expect(found.filter(({ address }) => address?.startsWith("fe80"))).to.deep.equal([local]);
  });

  it("are there without any address, too", () => {
    expect(addrs("tun1")).to.deep.equal([NONE]);
    expect(addrs("tun0").map(({ family }) => family)).to.have.members(["AF_INET", "AF_UNSPEC"]);
  });

  it("have psutil's addresses otherwise", () => {
    for (const [nic, theirs] of Object.entries(psutil.addrs)) {
      const sameEnds = theirs.filter(({ address, netmask, broadcast }) => {
        const isEnd = netmask === ALONE || netmask === ALONE6 || broadcast === address;
        return broadcast === null || !isEnd;
      });
      expect(addrs(nic), nic).to.include.deep.members(sameEnds);
      expect(addrs(nic).map(({ address }) => address)).to.include.members(theirs.map(({ address }) => address));
    }
  });

  it("have psutil's state", () => {
    expect(Object.keys(ours.stats)).to.deep.equal(Object.keys(psutil.stats));
    for (const [nic, stats] of Object.entries(psutil.stats)) expect(ours.stats[nic], nic).to.deep.include(stats);
    expect(ours.stats.veth0).to.deep.include({ isup: true, duplex: "full", speed: 10_000, mtu: 1400 });
    expect(ours.stats.bridge0?.flags).to.include("promisc");
    expect(ours.stats.tun0).to.deep.include({ isup: false, flags: ["pointopoint", "noarp", "multicast"] });
  });

  it("count for themselves", () => {
    expect(Object.keys(ours.traffic)).to.deep.equal(Object.keys(psutil.traffic));
    expect(ours.traffic.tun1).to.include({ bytesSent: 0, packetsRecv: 0 });
  });
});
