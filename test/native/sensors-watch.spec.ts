// SPDX-License-Identifier: Apache-2.0
// Sensors of a machine made of files, watched while the files change: what is told is what was written.

import { cpSync } from "node:fs";
import { join } from "node:path";
import { type Host, open, type SensorsMetricName, type SensorsUpdate } from "@hostscope/client";
import { expect } from "chai";
import { startAgent } from "../support/agent-process.ts";
import { machineFolder } from "../support/linux-machine.ts";
import { itProves } from "../support/proofs.ts";
import { stateFolder } from "../support/state-folder.ts";
import { SysTree } from "../support/sys-tree.ts";

const METRICS = ["sensorsTemperatures", "sensorsFans", "sensorsBattery"] as const;
const BATTERY = "class/power_supply/BAT0";
const HWMON = "class/hwmon";

type Update = SensorsUpdate<SensorsMetricName>;

/** The temperatures of one chip: label, current, high, critical. */
const temperaturesOf = ({ sensorsTemperatures }: Update, chip: string) =>
  sensorsTemperatures?.chips
    .find(({ name }) => name === chip)
    ?.temperatures.map(({ label, current, high, critical }) => [label, current, high, critical]);

/** All fans by chip: label, current. */
const fansOf = ({ sensorsFans }: Update) =>
  sensorsFans?.chips.map(({ name, fans }) => [name, ...fans.map(({ label, current }) => [label, current])]);

const WAYS: Record<string, (sysfs: string) => Promise<{ host: Host; stop(): Promise<void> }>> = {
  local: async (sysfs) => {
    const state = stateFolder();
    const host = await open("local:", { sysfs, stateDir: state.path });
    return {
      host,
      async stop() {
        await host.close();
        state.remove();
      },
    };
  },
  "over gRPC": async (sysfs) => {
    const state = stateFolder();
    const agent = await startAgent("--sysfs", sysfs, "--state-dir", state.path);
    const host = await open(agent.target);
    return {
      host,
      async stop() {
        await host.close();
        await agent.stop();
        state.remove();
      },
    };
  },
};

for (const [way, start] of Object.entries(WAYS)) {
  describe(`Sensors that are watched, ${way}`, function () {
    this.timeout(60_000);
    this.slow(15_000);

    let tree: SysTree;
    let opened: Awaited<ReturnType<typeof start>>;
    before(async () => {
      tree = new SysTree();
      cpSync(join(machineFolder("workstation"), "sys"), tree.root, { recursive: true, verbatimSymlinks: true });
      tree.put(`${BATTERY}/energy_now`, "30000000\n");
      tree.put(`${BATTERY}/energy_full`, "40000000\n");
      tree.put(`${BATTERY}/power_now`, "10000000\n");
      tree.put(`${BATTERY}/status`, "Discharging\n");
      opened = await start(tree.root);
    });
    after(async () => {
      await opened?.stop();
      tree?.remove();
    });

    itProves("are told as they are, then each as it changes", ["host.watchSensors"], async () => {
      const updates = opened.host.watchSensors({ metrics: METRICS, interval: 1 });
      const next = async () => (await updates.next()).value as Update;
      /** Writes, then the next update that tells of anything. */
      const afterWriting = async (path: string, text: string) => {
        tree.replace(path, text);
        for (let tries = 0; tries < 10; tries++) {
          const update = await next();
          if (update.changed.length > 0) return update;
        }
        throw new Error(`nobody saw ${path}`);
      };
      try {
        const first = await next();
        expect(first.failures).to.deep.equal([]);
        expect(first.changed).to.have.members([...METRICS]);
        expect(temperaturesOf(first, "coretemp")).to.deep.equal([
          ["Package id 0", 52, 100, 105],
          ["Core 8", 47.5, 100, 105],
          ["Core 0", 45, 100, 105],
          ["Package id 1", 61, 100, null],
        ]);
        const fans = [
          ["nct6775", ["cpu_fan", 1200], [null, 0]],
          ["w83627_hf", [null, 2700]],
        ];
        expect(fansOf(first)).to.deep.equal(fans);
        const battery = { name: "BAT0", percent: 75, secsleft: 10_800, powerPlugged: false };
        expect(first.sensorsBattery?.batteries).to.have.length(1);
        expect(first.sensorsBattery?.batteries[0]).to.deep.include(battery);

        const second = await next();
        expect([second.changed, second.failures]).to.deep.equal([[], []]);
        expect(second.interval).to.be.within(0.5, 10);
        expect(fansOf(second)).to.deep.equal(fans);

        const warmer = await afterWriting(`${HWMON}/hwmon0/temp2_input`, "58250\n");
        expect(warmer.changed).to.deep.equal(["sensorsTemperatures"]);
        expect(temperaturesOf(warmer, "coretemp")?.[2]).to.deep.equal(["Core 0", 58.25, 100, 105]);
        expect(temperaturesOf(warmer, "acpitz")).to.deep.equal([[null, 27.8, null, 119]]);
        expect(warmer.sensorsBattery?.batteries[0]).to.deep.include(battery);

        const faster = await afterWriting(`${HWMON}/hwmon4/device/fan1_input`, "3150\n");
        expect(faster.changed).to.deep.equal(["sensorsFans"]);
        expect(fansOf(faster)).to.deep.equal([fans[0], ["w83627_hf", [null, 3150]]]);

        const emptier = await afterWriting(`${BATTERY}/energy_now`, "20000000\n");
        expect(emptier.changed).to.deep.equal(["sensorsBattery"]);
        expect(emptier.sensorsBattery?.batteries[0]).to.deep.include({ ...battery, percent: 50, secsleft: 7200 });

        const added = await afterWriting(`${HWMON}/hwmon3/fan9_input`, "640\n");
        expect(added.changed).to.deep.equal(["sensorsFans"]);
        expect(fansOf(added)?.[0]).to.deep.equal(["nct6775", ["cpu_fan", 1200], [null, 0], [null, 640]]);
        expect(added.sequence).to.be.above(first.sequence + 4);
      } finally {
        await updates.return(undefined);
      }
    });
  });
}
