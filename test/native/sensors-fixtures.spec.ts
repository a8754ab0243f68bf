// SPDX-License-Identifier: Apache-2.0

import { createCollector } from "@hostscope/native";
import type { Transport } from "@hostscope/proto";
import { Sensors } from "@hostscope/proto/gen/sensors";
import { expect } from "chai";
import { describeMachine } from "../support/linux-machine.ts";
import { fans, temperatures } from "../support/sensors.ts";
import { SysTree } from "../support/sys-tree.ts";
import { unaryCall } from "../support/unary-call.ts";

const { sensorsTemperatures, sensorsFans, sensorsBattery } = Sensors.method;

describeMachine("workstation", (host) => {
  it("has the temperatures of all chips that can be read, those of one name together", async () => {
    expect(await temperatures(host())).to.deep.equal({
      coretemp: [
        ["Package id 0", 52, 100, 105],
        ["Core 8", 47.5, 100, 105],
        ["Core 0", 45, 100, 105],
        ["Package id 1", 61, 100, undefined],
      ],
      nvme: [
        ["Composite", 38.85, 84.85, 94.85],
        ["Sensor 1", 39, undefined, undefined],
        ["Composite", 41.85, 84.85, 94.85],
        ["Sensor 1", 42, undefined, undefined],
      ],
      acpitz: [[undefined, 27.8, undefined, 119]],
      nct6775: [
        ["SYSTIN", -5.5, 0, undefined],
        [undefined, 30, undefined, undefined],
      ],
      w83627_hf: [[undefined, 33, 60, 70]],
    });
  });

  it("names each chip once", async () => {
    const { chips, sample } = await unaryCall(host(), sensorsTemperatures);
    expect(chips.map(({ name }) => name)).to.deep.equal(["coretemp", "nvme", "acpitz", "nct6775", "w83627_hf"]);
    expect(sample?.time).to.be.closeTo(Date.now() / 1000, 5);
  });

  it("has the fans that can be read, one that stands still too", async () => {
    expect(await fans(host())).to.deep.equal({
      nct6775: [
        ["cpu_fan", 1200],
        [undefined, 0],
      ],
      w83627_hf: [[undefined, 2700]],
    });
  });

  it("has no battery, which is not an error", async () => {
    expect((await unaryCall(host(), sensorsBattery)).batteries).to.deep.equal([]);
  });
});

describeMachine("raspberry-pi", (host) => {
  it("has its thermal zones, with the lowest hot and critical trip points", async () => {
    expect(await temperatures(host())).to.deep.equal({
      "cpu-thermal": [[undefined, 48.312, 85, 110]],
      "gpu-thermal": [[undefined, 50, undefined, undefined]],
      "pmic-thermal": [[undefined, 39, 88, undefined]],
      "soc-thermal": [
        [undefined, 41, 90, 95],
        [undefined, 42.5, undefined, undefined],
      ],
    });
  });
});

describeMachine("empty", (host) => {
  it("has no sensors at all, which is not an error", async () => {
    expect((await unaryCall(host(), sensorsTemperatures)).chips).to.deep.equal([]);
    expect((await unaryCall(host(), sensorsFans)).chips).to.deep.equal([]);
    expect((await unaryCall(host(), sensorsBattery)).batteries).to.deep.equal([]);
  });
});

describe("A sensor that the kernel fails to read", () => {
  const hwmon0 = "class/hwmon/hwmon0";
  const failing = { link: "/sys/class/net/lo/speed" }; // EINVAL, as the loopback interface has no speed
  let tree: SysTree;
  let collector: Transport;
  before(() => {
    tree = new SysTree({
      [`${hwmon0}/name`]: "drivetemp\n",
      [`${hwmon0}/temp1_input`]: failing,
      [`${hwmon0}/temp2_input`]: "31000\n",
      [`${hwmon0}/temp2_max`]: failing,
      [`${hwmon0}/temp2_crit`]: "70000\n",
      [`${hwmon0}/temp2_label`]: failing,
      [`${hwmon0}/fan1_input`]: failing,
      [`${hwmon0}/fan2_input`]: "800\n",
      "class/hwmon/hwmon1/name": failing,
      "class/hwmon/hwmon1/temp1_input": "20000\n",
      "class/hwmon/hwmon1/fan1_input": "500\n",
    });
    collector = createCollector({ sysRoot: tree.root });
  });
  after(() => {
    collector?.close();
    tree?.remove();
  });

  it("is left out, and the others stay", async () => {
    expect(await temperatures(collector)).to.deep.equal({ drivetemp: [[undefined, 31, undefined, 70]] });
    expect(await fans(collector)).to.deep.equal({ drivetemp: [[undefined, 800]] });
  });

  it("hides no zones, for the host has chips", async () => {
    tree.put("class/thermal/thermal_zone0/type", "zone\n");
    tree.put("class/thermal/thermal_zone0/temp", "1000\n");
    tree.put(`${hwmon0}/temp2_input`, failing);
    expect(await temperatures(collector)).to.deep.equal({});
  });
});
