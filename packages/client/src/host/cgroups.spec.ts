// SPDX-License-Identifier: Apache-2.0

import type { ProcessRef } from "@hostscope/proto/gen/common";
import { System } from "@hostscope/proto/gen/system";
import { expect } from "chai";
import { InternalError, InvalidArgument } from "../errors.ts";
import { failureOf } from "../spec-support/failure-of.ts";
import { FakeProcesses } from "../spec-support/fake-processes.ts";

describe("Host's control groups", () => {
  const pidOf = (ref: ProcessRef | undefined) => ref && [Number(ref.pid), ref.start];

  it("limits are those of the host and of the agent's group, unless a process is named", async () => {
    const asked: unknown[] = [];
    const fake = new FakeProcesses().set(7);
    fake.on(System.method.limits, ({ ref }) => {
      asked.push(pidOf(ref));
      return { host: { cpus: 8 }, cgroup: { path: "/x", version: 2, cpuQuota: 1.5 }, effectiveCpus: 1.5 };
    });
    const host = fake.host();
    const limits = await host.limits();
    expect(limits).to.include({ effectiveCpus: 1.5, effectiveMemory: null }).and.not.have.property("sample");
    expect(limits.cgroup).to.include({ path: "/x", cpuQuota: 1.5, memoryMax: null });
    const process = await host.process(7);
    await host.limits({ process });
    await host.limits({ process: process.ref });
    await host.limits({ process: 8 });
    expect(asked).to.deep.equal([undefined, [7, 1n], [7, 1n], [8, undefined]]);
    for (const wrong of [-1, "7", null, {}]) {
      await failureOf(host.limits({ process: wrong as number }), InvalidArgument);
    }
    fake.on(System.method.limits, () => ({}));
    await failureOf(host.limits(), InternalError);
  });

  it("pressure is null where it is not counted", async () => {
    const asked: unknown[] = [];
    const fake = new FakeProcesses().on(System.method.pressure, ({ ref }) => {
      asked.push(pidOf(ref));
      return { host: { io: { some: { avg10: 1.5, total: 9 } } } };
    });
    const host = (fake as FakeProcesses).host();
    const pressure = await host.pressure({ process: 3 });
    expect(pressure).to.include({ cgroup: null, cgroupPath: null });
    expect(pressure.host?.io).to.deep.equal({ some: { avg10: 1.5, avg60: 0, avg300: 0, total: 9 }, full: null });
    expect(pressure.host?.irq).to.equal(null);
    expect(asked).to.deep.equal([[3, undefined]]);
  });
});
