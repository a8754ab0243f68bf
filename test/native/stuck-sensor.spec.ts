// SPDX-License-Identifier: Apache-2.0

import { writeFileSync } from "node:fs";
import { createCollector } from "@hostscope/native";
import type { Transport } from "@hostscope/proto";
import { Sensors } from "@hostscope/proto/gen/sensors";
import { expect } from "chai";
import { fans, temperatures } from "../support/sensors.ts";
import { SysTree } from "../support/sys-tree.ts";
import { unaryCall } from "../support/unary-call.ts";

const FIELD_TIMEOUT_MS = 300;

describe("A sensor that does not answer", () => {
  let tree: SysTree;
  let collector: Transport;
  let release: () => void;
  before(() => {
    tree = new SysTree({
      "class/hwmon/hwmon0/name": "coretemp\n",
      "class/hwmon/hwmon0/temp1_input": "45000\n",
      "class/hwmon/hwmon1/name": "drivetemp\n",
      "class/hwmon/hwmon1/temp1_input": "30000\n",
      "class/hwmon/hwmon1/fan1_input": "700\n",
      "class/power_supply/BAT0/capacity": "50\n",
    });
    const fifo = tree.stuck("class/hwmon/hwmon1/temp2_input");
    release = () => writeFileSync(fifo, "35000\n");
    collector = createCollector({ sysRoot: tree.root, fieldTimeoutMs: FIELD_TIMEOUT_MS });
  });
  after(async () => {
    await collector?.close();
    tree?.remove();
  });

  async function timed<T>(answer: Promise<T>): Promise<{ value: T; took: number }> {
    const begin = performance.now();
    return { value: await answer, took: performance.now() - begin };
  }

  it("costs its chip, after a while, and not the answer", async () => {
    const { value, took } = await timed(temperatures(collector));
    expect(value).to.deep.equal({ coretemp: [[undefined, 45, undefined, undefined]] });
    expect(took).to.be.greaterThan(FIELD_TIMEOUT_MS * 0.9);
  });

  it("is not waited for again, whoever asks for what of this chip", async () => {
    const { value, took } = await timed(temperatures(collector));
    expect(value).to.have.all.keys("coretemp");
    expect(await fans(collector)).to.deep.equal({});
    expect(took).to.be.lessThan(FIELD_TIMEOUT_MS * 0.9);
  });

  it("is no matter for other hardware", async () => {
    const { batteries } = await unaryCall(collector, Sensors.method.sensorsBattery);
    expect(batteries.map(({ percent }) => percent)).to.deep.equal([50]);
  });

  it("is there again once it answers", async () => {
    release();
    tree.put("class/hwmon/hwmon1/temp2_input", "36000\n");
    const deadline = Date.now() + 5000;
    let chips = await temperatures(collector);
    while (chips.drivetemp === undefined && Date.now() < deadline) chips = await temperatures(collector);
    expect(chips.drivetemp?.map(([, current]) => current)).to.deep.equal([30, 36]);
    expect(await fans(collector)).to.deep.equal({ drivetemp: [[undefined, 700]] });
  });
});
