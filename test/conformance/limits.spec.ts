// SPDX-License-Identifier: Apache-2.0

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { NoSuchProcess } from "@hostscope/client";
import { expect } from "chai";
import { ControlGroup } from "../support/control-group.ts";
import { describeOnEveryTransport } from "../support/every-transport.ts";
import { requireMachine } from "../support/oracle.ts";
import { itProves } from "../support/proofs.ts";
import { expectBetween } from "../support/tolerance.ts";

const number = (path: string) => Number(readFileSync(path, "utf8"));
const MIB = 1024 ** 2;

/** Seconds of waiting so far that a pressure file tells, by its lines. */
function waited(path: string): Record<string, number> {
  const lines = [...readFileSync(path, "utf8").matchAll(/^(some|full) .* total=(\d+)$/gm)];
  return Object.fromEntries(lines.map(([, kind, total]) => [kind as string, Number(total) / 1e6]));
}

describeOnEveryTransport("Limits and pressure", (host) => {
  itProves("of the host are the kernel's", ["host.limits"], async () => {
    const { host: whole, effectiveCpus, effectiveMemory } = await host().limits();
    expect(whole.cpus).to.equal(cpus().length);
    expect(whole.memory).to.equal(totalmem());
    expect(whole.pids).to.equal(Math.min(number("/proc/sys/kernel/pid_max"), number("/proc/sys/kernel/threads-max")));
    expect(effectiveCpus).to.be.within(0.001, whole.cpus as number);
    expect(effectiveMemory).to.be.within(1, whole.memory as number);
  });

  itProves(
    "of the host's pressure lie between two readings of the kernel's files",
    ["host.pressure"],
    async function () {
      const files = ["cpu", "memory", "io"] as const;
      const read = () => Object.fromEntries(files.map((file) => [file, waited(`/proc/pressure/${file}`)]));
      let before: ReturnType<typeof read>;
      try {
        before = read();
      } catch {
        requireMachine.call(this, "a kernel that counts pressure", false);
        return;
      }
      const { host: whole } = await host().pressure();
      const after = read();
      for (const file of files) {
        for (const kind of ["some", "full"] as const) {
          const total = whole?.[file]?.[kind]?.total ?? null;
          expectBetween(
            total,
            before[file]?.[kind] ?? Number.NaN,
            after[file]?.[kind] ?? Number.NaN,
            `${file} ${kind}`,
          );
        }
        expect(whole?.[file]?.some?.avg10).to.be.within(0, 100);
      }
    },
  );

  it("refuse a process that is not there", async () => {
    const child = spawn("true");
    await new Promise((resolve) => child.on("close", resolve));
    const which = { process: child.pid };
    for (const call of [() => host().limits(which), () => host().pressure(which)]) {
      const error = await call().catch((failure: unknown) => failure);
      expect(error).to.be.instanceOf(NoSuchProcess);
    }
  });

  describe("of a control group", () => {
    let group: ControlGroup;
    let busy: ReturnType<typeof spawn>;
    before(async function () {
      this.timeout(15_000);
      requireMachine.call(this, "a control group of one's own", ControlGroup.possible());
      group = new ControlGroup();
      group.limit({ cpuMicroseconds: 5_000, memory: 96 * MIB, pids: 40 });
      // Begins its work once it is in the group, so that all of it counts there.
      busy = spawn("sh", ["-c", "read go; exec sh -c 'while :; do :; done'"], { stdio: ["pipe", "ignore", "inherit"] });
      group.add(busy.pid as number);
      busy.stdin?.end("go\n");
      // It counts once it is over; version 1 has it by the second name.
      const hasStopped = () => ["throttled_usec", "throttled_time"].some((key) => group.cpuStat(key) > 0);
      for (let tries = 0; !hasStopped() && tries < 200; tries++) await sleep(50);
    });
    after(async () => {
      busy?.kill("SIGKILL");
      await group?.remove();
    });

    it("are those that were set, and count for what can be used", async () => {
      const { cgroup, effectiveCpus, effectiveMemory } = await host().limits({ process: busy.pid });
      expect(cgroup).to.include({ version: group.version, cpuQuota: 0.05, cpuPeriod: 0.1 });
      expect(cgroup).to.include({ memoryMax: 96 * MIB, pidsMax: 40 });
      expect(cgroup?.memoryCurrent).to.be.within(1, 96 * MIB);
      expect(cgroup?.pidsCurrent).to.be.within(1, 40);
      expect([effectiveCpus, effectiveMemory]).to.deep.equal([0.05, 96 * MIB]);
    });

    it("tell how often its processes were stopped", async () => {
      const keys = ["nr_periods", "nr_throttled"];
      const before = keys.map((key) => group.cpuStat(key));
      const throttling = (await host().limits({ process: busy.pid })).cgroup?.throttling;
      const after = keys.map((key) => group.cpuStat(key));
      expectBetween(throttling?.periods ?? null, before[0] as number, after[0] as number, "periods");
      expectBetween(throttling?.throttled ?? null, before[1] as number, after[1] as number, "throttled");
      expect(throttling?.throttledTime).to.be.greaterThan(0);
    });

    itProves("have the group as the process's own", ["process.cgroup"], async () => {
      const cgroup = await (await host().process(busy.pid as number)).cgroup();
      const paths = [cgroup?.path, ...Object.values(cgroup?.v1Paths ?? {})];
      expect(paths.filter((path) => path?.endsWith(`/${group.name}`))).not.to.be.empty;
      expect(cgroup).to.include({ containerId: null, containerRuntime: null });
    });
  });
});
