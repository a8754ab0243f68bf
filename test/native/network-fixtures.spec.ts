// SPDX-License-Identifier: Apache-2.0

import { createCollector } from "@hostscope/native";
import { StatusCode } from "@hostscope/proto";
import { ErrorReason } from "@hostscope/proto/gen/error";
import type { NetIoCounters } from "@hostscope/proto/gen/network";
import { System } from "@hostscope/proto/gen/system";
import { expect } from "chai";
import { describeMachine } from "../support/linux-machine.ts";
import { ProcTree } from "../support/proc-tree.ts";
import { failureOf, unaryCall } from "../support/unary-call.ts";

const { netIoCounters, diskIoCounters, diskPartitions } = System.method;

/** All values in psutil's order. */
const values = (io: NetIoCounters | undefined) => [
  ...[io?.bytesSent, io?.bytesRecv, io?.packetsSent, io?.packetsRecv],
  ...[io?.errin, io?.errout, io?.dropin, io?.dropout],
];

describeMachine("storage-server", (host) => {
  it("counts traffic of interfaces with any name", async () => {
    const { nics } = await unaryCall(host(), netIoCounters, { pernic: true });
    const byName = new Map(nics.map((nic) => [nic.name, values(nic)]));
    expect([...byName.keys()]).to.deep.equal(["lo", "eth0", "eth0:1", "br-a|b"]);
    const eth0 = [18446744073709551000n, 9007199254740993n, 900n, 200n, 3n, 11n, 4n, 12n];
    expect(byName.get("eth0")).to.deep.equal(eth0);
    expect(byName.get("eth0:1")).to.deep.equal([200n, 100n, 30n, 20n, 1n, 3n, 2n, 4n]);
  });

  it("adds up all interfaces, loopback too", async () => {
    const { total, nics } = await unaryCall(host(), netIoCounters);
    expect(nics).to.deep.equal([]);
    expect([total?.name, total?.packetsRecv, total?.dropin]).to.deep.equal([undefined, 10n + 200n + 20n + 2n, 10n]);
  });
});

describe("Traffic that is counted anew", () => {
  it("goes on from where it was, unless asked otherwise", async () => {
    const tree = new ProcTree();
    const collector = createCollector({ procRoot: tree.root });
    const received = async (count: number, nowrap?: boolean) => {
      tree.replace("net/dev", `Inter-|\n face |\n eth0: ${count} 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n`);
      return Number((await unaryCall(collector, netIoCounters, { nowrap })).total?.bytesRecv);
    };
    try {
      const seen: number[] = [];
      for (const count of [100, 10, 10, 90, 20]) seen.push(await received(count));
      expect(seen).to.deep.equal([100, 110, 110, 190, 210]);
      expect(await received(5, false)).to.equal(5);
      expect(await received(6)).to.equal(216);
      tree.replace("net/dev", "Inter-|\n face |\n");
      expect((await unaryCall(collector, netIoCounters)).total).to.equal(undefined);
      expect(await received(7)).to.equal(7);
    } finally {
      await collector.close();
      tree.remove();
    }
  });
});

for (const [machine, osError] of [
  ["broken", undefined],
  ["empty", 2],
  ["no-such-machine", 2],
] as const) {
  describeMachine(machine, (host) => {
    it("fails with a typed error where a file of disks or interfaces is needed", async () => {
      for (const method of [netIoCounters, diskIoCounters, diskPartitions]) {
        const { code, detail } = await failureOf(unaryCall(host(), method as typeof netIoCounters));
        expect([code, detail.reason, detail.osError], method.name).to.deep.equal([
          StatusCode.INTERNAL,
          ErrorReason.OS_ERROR,
          osError,
        ]);
      }
    });
  });
}
