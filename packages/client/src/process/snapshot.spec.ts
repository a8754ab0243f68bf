// SPDX-License-Identifier: Apache-2.0

import { Process as ProcessService } from "@hostscope/proto/gen/process";
import { AttributeOutcome, ProcessAttribute } from "@hostscope/proto/gen/process_info";
import { expect } from "chai";
import * as errors from "../errors.ts";
import { failureOf } from "../spec-support/failure-of.ts";
import { FakeProcesses, used } from "../spec-support/fake-processes.ts";
import type { Process } from "./process.ts";

describe("Process.oneshot", () => {
  let fake: FakeProcesses;
  let process: Process;
  beforeEach(async () => {
    fake = new FakeProcesses().set(7, { name: "seven", ppid: 1n, exe: "/bin/seven", memoryPercent: 2, ...used(1) });
    process = await fake.host().process(7);
    fake.asked.length = 0;
  });

  it("reads what is cheap once, and the rest when it is wanted", async () => {
    const seen = await process.oneshot(async (snapshot) => {
      const name = await snapshot.name();
      const ppid = await snapshot.ppid();
      expect(fake.asked).to.have.length(1);
      const exe = await snapshot.exe();
      await snapshot.exe();
      return { name, ppid, exe, pid: snapshot.pid };
    });
    expect(seen).to.deep.equal({ name: "seven", ppid: 1, exe: "/bin/seven", pid: 7 });
    expect(fake.asked).to.have.length(2);
    expect(fake.asked[0]).to.include(ProcessAttribute.NUM_CTX_SWITCHES).and.not.include(ProcessAttribute.EXE);
    expect(fake.asked[1]).to.deep.equal([ProcessAttribute.EXE]);
  });

  it("asks for all that its first tick wants in one RPC", async () => {
    await process.oneshot((snapshot) => Promise.all([snapshot.exe(), snapshot.name()]));
    expect(fake.asked).to.have.length(1);
  });

  it("keeps what it has read, and every block reads anew", async () => {
    await process.oneshot(async (snapshot) => {
      await snapshot.ppid();
      fake.set(7, { name: "changed" });
      expect(await snapshot.name()).to.equal("seven");
    });
    expect(await process.oneshot((snapshot) => snapshot.name())).to.equal("changed");
  });

  it("keeps the first answer when two reads overlap", async () => {
    const answers: ((name: string) => void)[] = [];
    fake.on(
      ProcessService.method.get,
      () =>
        new Promise((resolve) => {
          answers.push((name) => resolve({ sample: {}, process: { name, ppid: 1n } }));
        }),
    );
    const tick = () => new Promise((resolve) => setImmediate(resolve));
    await process.oneshot(async (snapshot) => {
      const name = snapshot.name();
      await tick();
      const ppid = snapshot.ppid();
      await tick();
      answers[0]?.("first");
      await name;
      answers[1]?.("second");
      await ppid;
      expect([await name, await snapshot.name()]).to.deep.equal(["first", "first"]);
    });
  });

  it("keeps an attribute's failure, and not that of an RPC", async () => {
    fake.set(7, {
      name: "seven",
      failures: [{ attribute: ProcessAttribute.USERNAME, outcome: AttributeOutcome.DENIED }],
    });
    await process.oneshot(async (snapshot) => {
      await failureOf(snapshot.name({ timeoutMs: 0 }), errors.DeadlineExceeded);
      expect(await snapshot.name()).to.equal("seven");
      await failureOf(snapshot.username(), errors.AccessDenied);
      await failureOf(snapshot.username(), errors.AccessDenied);
    });
    expect(fake.asked).to.have.length(1);
  });

  it("passes the block's options to its reads", async () => {
    await process.oneshot((snapshot) => snapshot.name(), { timeoutMs: 321 });
    expect(fake.calls.at(-1)?.options.timeoutMs).to.equal(321);
  });

  it("holds memoryPercent of each kind of memory apart", async () => {
    await process.oneshot(async (snapshot) => {
      await snapshot.memoryPercent();
      await snapshot.memoryPercent({ memtype: "vms" });
      await snapshot.memoryPercent({ memtype: "vms" });
      await snapshot.memoryPercent({ memtype: "rss" });
    });
    expect(fake.asked).to.have.length(2);
  });

  it("holds memoryMaps and connections of each kind apart, and the later names with the first", async () => {
    await process.oneshot(async (snapshot) => {
      await snapshot.memoryMaps();
      await snapshot.memoryMaps({ grouped: false });
      await snapshot.memoryMaps({ grouped: true });
      await snapshot.connections({ kind: "unix" });
      await snapshot.netConnections({ kind: "unix" });
      await snapshot.connections();
      await snapshot.netConnections({ kind: "inet" });
    });
    const { MEMORY_MAPS, CONNECTIONS } = ProcessAttribute;
    expect(fake.asked[0]).to.include(MEMORY_MAPS);
    expect(fake.asked.slice(1)).to.deep.equal([[MEMORY_MAPS], [CONNECTIONS], [CONNECTIONS]]);
  });

  it("measures cpuPercent from the process's last mark to the snapshot, once", async () => {
    fake.set(7, { ...used(1), cpuPercent: { percent: 3, interval: 0.1 } });
    await process.oneshot(async (snapshot) => {
      expect(await snapshot.cpuPercent()).to.deep.equal({ percent: 3, interval: 0.1 });
    });
    fake.now += 2;
    fake.set(7, used(2));
    await process.oneshot(async (snapshot) => {
      await snapshot.cpuTimes();
      fake.now += 2;
      expect(await snapshot.cpuPercent()).to.deep.equal({ percent: 50, interval: 2 });
      expect(await snapshot.cpuPercent()).to.deep.equal({ percent: 50, interval: 2 });
    });
    fake.now += 2;
    fake.set(7, used(3));
    expect(await process.cpuPercent()).to.deep.equal({ percent: 25, interval: 4 });
  });

  it("gives back what the block gives or throws, and takes only a function", async () => {
    expect(await process.oneshot(() => 5)).to.equal(5);
    const mine = new Error("mine");
    const thrown = await process.oneshot(() => Promise.reject(mine)).catch((error: unknown) => error);
    expect(thrown).to.equal(mine);
    await failureOf(process.oneshot({} as never), errors.InvalidArgument);
  });
});
