// SPDX-License-Identifier: Apache-2.0

import { createCollector } from "@hostscope/native";
import type { Transport } from "@hostscope/proto";
import { type Battery, Sensors } from "@hostscope/proto/gen/sensors";
import { expect } from "chai";
import { itProves } from "../support/proofs.ts";
import { PsutilOracle } from "../support/psutil-oracle.ts";
import { requirePsutil } from "../support/python.ts";
import { type SysEntry, SysTree } from "../support/sys-tree.ts";
import { unaryCall } from "../support/unary-call.ts";

type Files = Readonly<Record<string, SysEntry>>;
type TimeLeft = number | "unknown" | "unlimited";
type Answer = { percent: number; secsleft: TimeLeft; powerPlugged: boolean | null };

/** Files of one supply below /sys/class/power_supply. */
function supply(name: string, files: Files): Files {
  return Object.fromEntries(
    Object.entries(files).map(([file, text]) => [`class/power_supply/${name}/${file}`, text] as const),
  );
}

const ENERGY = { energy_now: "30000000\n", energy_full: "40000000\n", power_now: "10000000\n" };
const CHARGE = { charge_now: "1000000\n", charge_full: "3000000\n", current_now: "250000\n" };
const mains = (online: number) => ({ type: "Mains\n", online: `${online}\n` });
const left = (percent: number, secsleft: TimeLeft, powerPlugged: boolean | null): Answer => ({
  percent,
  secsleft,
  powerPlugged,
});

/** Hosts on which psutil is right. */
const AGREED: Record<string, { files: Files; answer: Answer | null }> = {
  "no battery": { files: supply("AC", mains(1)), answer: null },
  "energy, discharging": {
    files: supply("BAT0", { ...ENERGY, status: "Discharging\n" }),
    answer: left(75, 3 * 3600, false),
  },
  "charge, discharging": {
    files: supply("BAT1", { ...CHARGE, status: "Discharging\n" }),
    answer: left(100 / 3, 4 * 3600, false),
  },
  "both, of which energy counts": {
    files: supply("BAT0", { ...ENERGY, ...CHARGE, status: "Discharging\n" }),
    answer: left(75, 3 * 3600, false),
  },
  "a share of a second": {
    files: supply("BAT0", { energy_now: "1000\n", energy_full: "3000\n", power_now: "7\n", status: "Discharging\n" }),
    answer: left(100 / 3, 514_285, false),
  },
  "capacity only": { files: supply("BAT0", { capacity: "63\n" }), answer: left(63, "unknown", null) },
  charging: { files: supply("BAT0", { ...ENERGY, status: "Charging\n" }), answer: left(75, "unlimited", true) },
  full: { files: supply("BAT0", { ...ENERGY, status: "Full\n" }), answer: left(75, "unlimited", true) },
  "a status that tells nothing": {
    files: supply("BAT0", { ...ENERGY, status: "Unknown\n" }),
    answer: left(75, 3 * 3600, null),
  },
  "no status": { files: supply("BAT0", ENERGY), answer: left(75, 3 * 3600, null) },
  "AC connected": {
    files: { ...supply("BAT0", { ...ENERGY, status: "Discharging\n" }), ...supply("AC0", mains(1)) },
    answer: left(75, "unlimited", true),
  },
  "AC not connected, whatever the status": {
    files: { ...supply("BAT0", { ...ENERGY, status: "Charging\n" }), ...supply("AC", mains(0)) },
    answer: left(75, 3 * 3600, false),
  },
  "AC without a type": {
    files: { ...supply("BAT0", ENERGY), ...supply("AC", { online: "1\n" }) },
    answer: left(75, "unlimited", true),
  },
  "no use of power": {
    files: supply("BAT0", { ...ENERGY, power_now: "0\n", status: "Discharging\n" }),
    answer: left(75, "unknown", false),
  },
  "a full charge of 0": {
    files: supply("BAT0", { ...ENERGY, energy_full: "0\n", status: "Discharging\n" }),
    answer: left(0, 3 * 3600, false),
  },
  "a name with battery in it": {
    files: supply("sbs-Battery-5", { ...ENERGY, status: "Discharging\n" }),
    answer: left(75, 3 * 3600, false),
  },
  "two batteries": {
    files: {
      ...supply("BAT1", { ...CHARGE, status: "Discharging\n" }),
      ...supply("BAT0", { ...ENERGY, status: "Discharging\n" }),
    },
    answer: left(75, 3 * 3600, false),
  },
  "a first battery that tells nothing": {
    files: { ...supply("BAT0", { status: "Unknown\n" }), ...supply("BAT1", ENERGY) },
    answer: null,
  },
};

/** Hosts on which psutil is wrong, fails or knows nothing; see docs/psutil-differences.md. */
const OURS: Record<string, { files: Files; answer: Answer | null }> = {
  "a negative current": {
    files: supply("BAT0", { ...CHARGE, current_now: "-250000\n", status: "Discharging\n" }),
    answer: left(100 / 3, 4 * 3600, false),
  },
  "an energy without the energy when full": {
    files: supply("BAT0", { ...CHARGE, energy_now: "30000000\n", status: "Discharging\n" }),
    answer: left(100 / 3, 4 * 3600, false),
  },
  "seconds until empty": {
    files: supply("BAT0", { capacity: "63\n", time_to_empty_now: "7200\n", status: "Discharging\n" }),
    answer: left(63, 7200, false),
  },
  "files that hold something else": {
    files: supply("BAT0", { ...ENERGY, energy_now: "unknown\n", capacity: "50 %\n", status: "Discharging\n" }),
    answer: null,
  },
  "AC by another name": {
    files: { ...supply("BAT0", { ...ENERGY, status: "Not charging\n" }), ...supply("ACAD", mains(1)) },
    answer: left(75, "unlimited", true),
  },
  "a charger at one of two USB sockets, next to mains that are off": {
    files: {
      ...supply("BAT0", { ...ENERGY, status: "Charging\n" }),
      ...supply("ADP1", mains(0)),
      ...supply("ucsi-source-psy-USBC000:001", { type: "USB\n", online: "0\n" }),
      ...supply("ucsi-source-psy-USBC000:002", { type: "USB\n", online: "1\n" }),
    },
    answer: left(75, "unlimited", true),
  },
  "a battery that only says what it is": {
    files: supply("CMB0", { ...ENERGY, type: "Battery\n", status: "Discharging\n" }),
    answer: left(75, 3 * 3600, false),
  },
  "a graphics tablet's battery by such a name": {
    files: supply("wacom_1", { type: "Battery\n", scope: "Device\n", capacity: "20\n" }),
    answer: null,
  },
  "no directory of supplies": { files: {}, answer: null },
};

/** What our first battery says; like psutil, nothing without its charge. */
function ofBattery(battery: Battery | undefined): Answer | null {
  if (battery?.percent === undefined) return null;
  const secsleft = battery.secsleft === undefined ? "unknown" : Number(battery.secsleft);
  return left(battery.percent, battery.unlimited ? "unlimited" : secsleft, battery.powerPlugged ?? null);
}

type Tuple = { percent: number; secsleft: number; power_plugged: boolean | null };

/** What psutil says. */
function ofTuple(tuple: Tuple | null): Answer | null {
  const special = new Map<number, TimeLeft>([
    [-1, "unknown"],
    [-2, "unlimited"],
  ]);
  return tuple && left(tuple.percent, special.get(tuple.secsleft) ?? tuple.secsleft, tuple.power_plugged);
}

async function onTree<T>(files: Files, ask: (root: string) => Promise<T>): Promise<T> {
  const tree = new SysTree(files);
  try {
    return await ask(tree.root);
  } finally {
    tree.remove();
  }
}

function batteries(files: Files): Promise<Battery[]> {
  return onTree(files, async (sysRoot) => {
    const collector: Transport = createCollector({ sysRoot });
    try {
      return (await unaryCall(collector, Sensors.method.sensorsBattery)).batteries;
    } finally {
      await collector.close();
    }
  });
}

describe("A host with a battery", () => {
  for (const [name, { files, answer }] of Object.entries({ ...AGREED, ...OURS })) {
    it(name, async () => expect(ofBattery((await batteries(files))[0])).to.deep.equal(answer));
  }

  itProves(
    "has all its batteries by name, the one first that psutil gives",
    ["host.sensorsBattery", "host.sensorsBatteries"],
    async () => {
      const files = {
        ...supply("CMB0", { type: "Battery\n", capacity: "10\n" }),
        ...supply("hidpp_battery_0", { type: "Battery\n", scope: "Device\n", capacity: "20\n" }),
        ...supply("BAT1", { type: "Battery\n" }),
        ...supply("BAT0", { type: "Battery\n", ...ENERGY }),
      };
      expect((await batteries(files)).map(({ name, percent }) => [name, percent])).to.deep.equal([
        ["BAT0", 75],
        ["BAT1", undefined],
        ["hidpp_battery_0", 20],
        ["CMB0", 10],
      ]);
    },
  );

  describe("as psutil sees it", () => {
    let psutil: PsutilOracle;
    before(async function () {
      psutil = new PsutilOracle(requirePsutil.call(this));
      await psutil.redirectSysfs();
    });
    after(() => psutil?.stop());

    for (const [name, { files, answer }] of Object.entries(AGREED)) {
      it(name, async () => {
        const tuple = await onTree(files, (root) =>
          psutil.value<Tuple | null>(`on_tree(${JSON.stringify(root)}, psutil.sensors_battery)`),
        );
        expect(ofTuple(tuple)).to.deep.equal(answer);
      });
    }
  });
});
