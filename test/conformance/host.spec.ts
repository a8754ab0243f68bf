// SPDX-License-Identifier: Apache-2.0

import { execFileSync } from "node:child_process";
import { Unsupported } from "@hostscope/client";
import { expect } from "chai";
import { supportSections } from "../../scripts/lib/support-matrix.mjs";
import { describeOnEveryTransport } from "../support/every-transport.ts";
import { configured } from "../support/linux-machine.ts";
import { machine, type Oracle } from "../support/machine/machine.ts";
import { itProves } from "../support/proofs.ts";
import type { PsutilOracle } from "../support/psutil-oracle.ts";
import { expectClose, TOLERANCE } from "../support/tolerance.ts";

const run = (program: string, ...args: string[]): string => execFileSync(program, args, { encoding: "utf8" }).trim();

describeOnEveryTransport("The host itself", (host) => {
  let oracle: Oracle;
  let psutil: PsutilOracle;
  before(async function () {
    oracle = await machine.oracle(this);
    psutil = oracle.psutil;
    await psutil.value("exec('import platform, signal', globals())");
  });
  after(() => oracle?.stop());

  itProves("hostInfo has the names of the machine and its system", ["host.hostInfo"], async () => {
    const info = await host().hostInfo();
    expect(info).to.include({ platform: machine.os, hostname: run("uname", "-n"), machine: machine.architecture });
    expect(info.os).to.be.a("string").and.not.equal("");
    expect(await host().pids()).to.not.be.empty;
    expect(info.methods).to.include("System.HostInfo");
  });

  it("hostInfo has the kernel's version as uname gives it", async () => {
    expect((await host().hostInfo()).kernel).to.equal(run("uname", "-r"));
  });

  it("hostInfo has the distribution's name and version as Python reads os-release", async () => {
    const release = await psutil.value<Record<string, string>>("platform.freedesktop_os_release()");
    const { os, osVersion } = await host().hostInfo();
    expect(os).to.equal(release.PRETTY_NAME);
    expect(osVersion).to.equal(release.VERSION_ID ?? null);
  });

  it("hostInfo knows when the host booted", async () => {
    const { bootTime } = await host().hostInfo();
    expectClose(bootTime, await psutil.value<number>("psutil.boot_time()"), TOLERANCE.bootSeconds, "bootTime");
    expectClose(bootTime, await host().bootTime(), TOLERANCE.bootSeconds, "bootTime");
  });

  it("hostInfo knows as what the host booted", async () => {
    const { bootId, boot } = await host().hostInfo();
    expect(bootId).to.equal(run("sysctl", "-n", "kernel.random.boot_id"));
    expect(boot).to.equal(Number.parseInt((bootId as string).slice(0, 8), 16));
  });

  it("hostInfo has the size of a page", async () => {
    expect((await host().hostInfo()).constants?.pageSize).to.equal(await oracle.system("page_size"));
  });

  it("hostInfo has the kernel's constants", async () => {
    const { constants } = await host().hostInfo();
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

  it("says of what the platform does not have that it is not supported", async () => {
    const calls: Readonly<Record<string, () => Promise<unknown>>> = {
      "host.winServiceGet": () => host().winServiceGet("alg"),
      "host.winServiceIter": async () => {
        for await (const _ of host().winServiceIter());
      },
      "host.sensorsTemperatures": () => host().sensorsTemperatures(),
      "host.sensorsFans": () => host().sensorsFans(),
      "host.pressure": () => host().pressure(),
    };
    const { methods } = await host().hostInfo();
    for (const { hostscope, rpc, otherwise } of supportSections().flatMap(({ rows }) => rows)) {
      if (otherwise[machine.os] !== "never" || rpc === null || rpc === "Process.Get") continue;
      expect(methods, rpc).to.not.include(rpc);
      const call = calls[hostscope ?? ""];
      if (call === undefined) continue;
      const error = await call().then(
        () => null,
        (reason: unknown) => reason,
      );
      expect(error, hostscope ?? "")
        .to.be.instanceOf(Unsupported)
        .and.include({ platform: machine.os });
    }
  });
});
