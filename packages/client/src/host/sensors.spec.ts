// SPDX-License-Identifier: Apache-2.0

import { Sensors } from "@hostscope/proto/gen/sensors";
import { expect } from "chai";
import { POWER_TIME_UNKNOWN, POWER_TIME_UNLIMITED } from "../constants/hardware.ts";
import { InvalidArgument } from "../errors.ts";
import { createHost } from "../open.ts";
import { failureOf } from "../spec-support/failure-of.ts";
import { FakeTransport } from "../spec-support/fake-transport.ts";

describe("Host's sensors", () => {
  let fake: FakeTransport;
  beforeEach(() => {
    fake = new FakeTransport();
  });

  it("sensorsTemperatures has the one of high and critical that is known for both", async () => {
    const temperatures = [
      { label: "Core 0", current: 45.5, high: 80, critical: 100 },
      { current: 40, high: 80 },
      { current: 40, critical: 100 },
      { current: -5 },
      { current: 40, high: 0 },
    ];
    fake.on(Sensors.method.sensorsTemperatures, () => ({ chips: [{ name: "coretemp", temperatures }] }));
    const host = createHost(fake);
    expect(await host.sensorsTemperatures()).to.deep.equal({
      coretemp: [
        { label: "Core 0", current: 45.5, high: 80, critical: 100 },
        { label: null, current: 40, high: 80, critical: 80 },
        { label: null, current: 40, high: 100, critical: 100 },
        { label: null, current: -5, high: null, critical: null },
        { label: null, current: 40, high: 0, critical: 0 },
      ],
    });
    const { coretemp } = await host.sensorsTemperatures({ fahrenheit: true });
    expect(coretemp?.slice(0, 2)).to.deep.equal([
      { label: "Core 0", current: 113.9, high: 176, critical: 212 },
      { label: null, current: 104, high: 176, critical: 176 },
    ]);
    await failureOf(host.sensorsTemperatures({ fahrenheit: 1 as never }), InvalidArgument);
  });

  it("sensorsFans is by chip, and a host without sensors has none", async () => {
    fake
      .on(Sensors.method.sensorsFans, () => ({
        chips: [{ name: "asus", fans: [{ label: "cpu_fan", current: 3200 }] }],
      }))
      .on(Sensors.method.sensorsTemperatures, () => ({}));
    const host = createHost(fake);
    expect(await host.sensorsFans()).to.deep.equal({ asus: [{ label: "cpu_fan", current: 3200 }] });
    expect(await host.sensorsTemperatures()).to.deep.equal({});
  });

  it("sensorsBattery is the first, whose time left may be unknown or without end", async () => {
    let batteries: object[] = [];
    fake.on(Sensors.method.sensorsBattery, () => ({ batteries }));
    const host = createHost(fake);
    expect(await host.sensorsBattery()).to.equal(null);
    expect(await host.sensorsBatteries()).to.deep.equal([]);
    batteries = [
      { name: "BAT0", percent: 93, secsleft: 16628n, powerPlugged: false },
      { name: "BAT1", percent: 50, unlimited: true, powerPlugged: true },
      { name: "BAT2", percent: 10 },
    ];
    const first = { name: "BAT0", percent: 93, secsleft: 16628, powerPlugged: false };
    expect(await host.sensorsBattery()).to.deep.equal(first);
    expect(await host.sensorsBatteries()).to.deep.equal([
      first,
      { name: "BAT1", percent: 50, secsleft: POWER_TIME_UNLIMITED, powerPlugged: true },
      { name: "BAT2", percent: 10, secsleft: POWER_TIME_UNKNOWN, powerPlugged: null },
    ]);
    batteries = [{ name: "BAT0", powerPlugged: true }];
    expect(await host.sensorsBattery()).to.equal(null);
    expect(await host.sensorsBatteries()).to.have.length(1);
  });
});
