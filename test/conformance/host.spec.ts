// SPDX-License-Identifier: Apache-2.0

import { execFileSync } from "node:child_process";
import { Unsupported } from "@hostscope/client";
import { expect } from "chai";
import { describeOnEveryTransport } from "../support/every-transport.ts";
import { configured } from "../support/linux-machine.ts";
import { requireOracle } from "../support/oracle.ts";
import { PsutilOracle } from "../support/psutil-oracle.ts";
import { findPython } from "../support/python.ts";
import { expectClose, TOLERANCE } from "../support/tolerance.ts";

const run = (program: string, ...args: string[]): string => execFileSync(program, args, { encoding: "utf8" }).trim();

describeOnEveryTransport("The host itself against the system's tools", (host) => {
  let psutil: PsutilOracle;
  before(async function () {
    const python = findPython(["psutil"]);
    requireOracle.call(this, "python3-psutil", python !== null);
    psutil = new PsutilOracle(python as string);
    await psutil.value("exec('import platform, signal', globals())");
  });
  after(() => psutil?.stop());

  it("hostInfo has the names and versions that uname gives", async () => {
    const { hostname, kernel, machine, platform } = await host().hostInfo();
    expect([hostname, kernel, machine]).to.deep.equal([run("uname", "-n"), run("uname", "-r"), run("uname", "-m")]);
    expect(platform).to.equal("linux");
  });

  it("hostInfo has the distribution's name and version as Python reads os-release", async () => {
    const release = await psutil.value<Record<string, string>>("platform.freedesktop_os_release()");
    const { os, osVersion } = await host().hostInfo();
    expect(os).to.equal(release.PRETTY_NAME);
    expect(osVersion).to.equal(release.VERSION_ID ?? null);
  });

  it("hostInfo knows when and as what the host booted", async () => {
    const { bootId, boot, bootTime } = await host().hostInfo();
    expect(bootId).to.equal(run("sysctl", "-n", "kernel.random.boot_id"));
    expect(boot).to.equal(Number.parseInt((bootId as string).slice(0, 8), 16));
    expectClose(bootTime, await psutil.value<number>("psutil.boot_time()"), TOLERANCE.bootSeconds, "bootTime");
    expectClose(bootTime, await host().bootTime(), TOLERANCE.bootSeconds, "bootTime");
  });

  it("hostInfo has the platform's constants", async () => {
    const { constants } = await host().hostInfo();
    expect(constants?.pageSize).to.equal(configured("PAGESIZE"));
    expect(constants?.clockTicks).to.equal(configured("CLK_TCK"));
    expect(constants?.pidMax).to.equal(Number(run("sysctl", "-n", "kernel.pid_max")));
  });

  it("hostInfo has every signal once, by number and by the name that kill prints", async () => {
    const { constants } = await host().hostInfo();
    const listed = run("bash", "-c", "kill -l").matchAll(/(\d+)\) (\S+)/g);
    const signals = constants?.signals.map(({ name, number }) => [name, number]);
    expect(signals).to.deep.equal([...listed].map(([, number, name]) => [name, Number(number)]));
    expect(signals?.map(([, number]) => number)).to.deep.equal(
      await psutil.value("sorted(int(number) for number in signal.valid_signals())"),
    );
  });

  it("sensors are psutil's, of which most virtual machines have none", async () => {
    type Chips = Record<string, { label: string; current: number; high?: number | null; critical?: number | null }[]>;
    const plain = (value: string | number | null | undefined) => (value === "" ? null : value);
    for (const [name, ours] of [
      ["sensors_temperatures", await host().sensorsTemperatures()],
      ["sensors_fans", await host().sensorsFans()],
    ] as const) {
      const theirs = await psutil.value<Chips>(`psutil.${name}()`);
      expect(Object.keys(ours).sort(), name).to.deep.equal(Object.keys(theirs).sort());
      for (const [chip, rows] of Object.entries(theirs)) {
        expect(ours[chip]?.map(({ label }) => label)).to.deep.equal(rows.map(({ label }) => plain(label)));
      }
    }
  });

  it("sensorsBattery is psutil's, null on most servers", async () => {
    const theirs = await psutil.value<{ percent: number } | null>("psutil.sensors_battery()");
    const ours = await host().sensorsBattery();
    if (theirs === null) expect(ours).to.equal(null);
    else expectClose(ours?.percent ?? null, theirs.percent, 1, "percent");
  });

  it("says of what only Windows has that Linux does not have it", async () => {
    const unsupported = async (answer: Promise<unknown>): Promise<Unsupported> => {
      const error = await answer.then(
        () => null,
        (reason: unknown) => reason,
      );
      expect(error).to.be.instanceOf(Unsupported);
      return error as Unsupported;
    };
    const services = async () => {
      for await (const _ of host().winServiceIter());
    };
    expect((await unsupported(host().winServiceGet("alg"))).platform).to.equal("linux");
    expect((await unsupported(services())).platform).to.equal("linux");
    await unsupported((await host().process(process.pid)).numHandles());
  });
});
