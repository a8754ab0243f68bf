// SPDX-License-Identifier: Apache-2.0

import { createCollector } from "@hostscope/native";
import { expect } from "chai";
import { collectorOf, machineFolder } from "../support/linux-machine.ts";
import { itProves } from "../support/proofs.ts";
import { PsutilOracle } from "../support/psutil-oracle.ts";
import { requirePsutil } from "../support/python.ts";
import { fans, type SensorRow, temperatures } from "../support/sensors.ts";
import { SysTree } from "../support/sys-tree.ts";

type Chips = Record<string, SensorRow[]>;

describe("Sensors of a made-up machine, as psutil sees them", () => {
  let psutil: PsutilOracle;
  before(async function () {
    psutil = new PsutilOracle(requirePsutil.call(this));
    await psutil.redirectSysfs();
  });
  after(() => psutil?.stop());

  /** What psutil reads, before its public function makes up what is missing. */
  async function theirs(sysRoot: string, name: string): Promise<Chips> {
    const call = `on_tree(${JSON.stringify(sysRoot)}, psutil._psplatform.${name})`;
    const chips = await psutil.value<Record<string, object[]>>(call);
    const absent = (value: unknown) => (value === "" || value === null ? undefined : value);
    return Object.fromEntries(
      Object.entries(chips).map(([chip, rows]) => [chip, rows.map((row) => Object.values(row).map(absent))]),
    ) as Chips;
  }

  itProves(
    "agree on temperatures, but for a chip at its device only and what is below absolute zero",
    ["host.sensorsTemperatures"],
    async () => {
      const {
        coretemp = [],
        nct6775 = [],
        ...rest
      } = await theirs(`${machineFolder("workstation")}/sys`, "sensors_temperatures");
      const host = collectorOf("workstation");
      const ours = await temperatures(host);
      await host.close();
      expect(ours).to.deep.include(rest);
      expect(Object.keys(rest)).to.have.length(3);
      expect(ours.coretemp).to.deep.equal([...coretemp, ["Package id 1", 61, 100, undefined]]);
      expect(ours.nct6775).to.deep.equal(nct6775.filter(([, current]) => current !== -274));
    },
  );

  it("agree on thermal zones, but for their trip points", async () => {
    const chips = await theirs(`${machineFolder("raspberry-pi")}/sys`, "sensors_temperatures");
    const host = collectorOf("raspberry-pi");
    const ours = await temperatures(host);
    await host.close();
    const current = (chips: Chips) =>
      Object.entries(chips).map(([name, rows]) => [name, rows.map(([label, current]) => [label, current])]);
    expect(current(ours)).to.deep.equal(current(chips));
  });

  for (const device of ["", "device/"]) {
    const what = `agree on fans below ${device === "" ? "their chips" : "the devices of their chips"}`;
    itProves(what, ["host.sensorsFans"], async () => {
      const tree = new SysTree({
        [`class/hwmon/hwmon2/${device}name`]: "dell_smm\n",
        [`class/hwmon/hwmon2/${device}fan1_input`]: "0\n",
        [`class/hwmon/hwmon2/${device}fan2_input`]: "4200\n",
        [`class/hwmon/hwmon2/${device}fan2_label`]: "Processor Fan\n",
        [`class/hwmon/hwmon2/${device}fan3_min`]: "100\n",
        [`class/hwmon/hwmon10/${device}name`]: "dell_smm\n",
        [`class/hwmon/hwmon10/${device}fan1_input`]: "900\n",
      });
      const chips = await theirs(tree.root, "sensors_fans");
      const collector = createCollector({ sysRoot: tree.root });
      const ours = await fans(collector);
      await collector.close();
      tree.remove();
      expect(ours).to.deep.equal(chips);
      expect(ours.dell_smm).to.have.length(3);
    });
  }
});
