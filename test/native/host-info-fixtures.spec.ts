// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from "node:fs";
import { Platform } from "@hostscope/proto/gen/host";
import { System } from "@hostscope/proto/gen/system";
import { expect } from "chai";
import { configured, describeMachine } from "../support/linux-machine.ts";
import { unaryCall } from "../support/unary-call.ts";

const { hostInfo } = System.method;
const VERSION = JSON.parse(
  readFileSync(new URL("../../packages/native/package.json", import.meta.url), "utf8"),
).version;

describeMachine("hybrid-laptop", (host) => {
  it("tells all about itself", async () => {
    const { hostInfo: info, sample } = await unaryCall(host(), hostInfo);
    expect(info).to.deep.include({ hostname: "thinkpad", platform: Platform.LINUX, kernel: "6.12.9-amd64" });
    expect(info).to.deep.include({ os: "Debian GNU/Linux 13 (trixie)", osVersion: "13" });
    expect(info).to.deep.include({
      bootId: "0f1e2d3c-0000-4000-8000-000000000001",
      boot: 0x0f1e2d3c,
      bootTime: 1_700_000_000,
    });
    expect(info).to.deep.include({ agentVersion: VERSION });
    expect(info?.constants).to.deep.include({ pageSize: configured("PAGESIZE"), clockTicks: configured("CLK_TCK") });
    expect(info?.constants?.pidMax).to.equal(4_194_304n);
    expect(sample?.time).to.be.closeTo(Date.now() / 1000, 5);
  });
});

describeMachine("old-kernel", (host) => {
  it("is called by its name where it has no pretty one", async () => {
    const { hostInfo: info } = await unaryCall(host(), hostInfo);
    expect(info).to.deep.include({ hostname: "c6.example.org", os: 'Old "Linux"' });
    expect(info).not.to.have.any.keys("osVersion");
  });
});

for (const machine of ["broken", "empty", "no-such-machine"]) {
  describeMachine(machine, (host) => {
    it("leaves out what it does not know of itself", async () => {
      const { hostInfo: info } = await unaryCall(host(), hostInfo);
      expect(info).to.include({ hostname: "", platform: Platform.LINUX, agentVersion: VERSION });
      expect(info).not.to.have.any.keys("os", "osVersion", "kernel", "boot", "bootTime");
      expect(info?.constants).not.to.have.any.keys("pidMax");
      expect(info?.constants?.pageSize).to.equal(configured("PAGESIZE"));
      expect(info?.methods).to.include("System.HostInfo");
    });
  });
}
