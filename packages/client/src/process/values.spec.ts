// SPDX-License-Identifier: Apache-2.0

import { ConnectionStatus } from "@hostscope/proto/gen/network";
import { AttributeOutcome, ProcessAttribute } from "@hostscope/proto/gen/process_info";
import { expect } from "chai";
import { AccessDenied, Unsupported } from "../errors.ts";
import type { NetConnection } from "../gen/hostscope/v1/network_plain.ts";
import { failureOf } from "../spec-support/failure-of.ts";
import { FakeProcesses } from "../spec-support/fake-processes.ts";
import type { Process } from "./process.ts";
import type { ProcessMemoryFootprint } from "./values.ts";

const memoryInfo = { rss: 10n, vms: 20n };
const row = {
  pid: 7n,
  name: "seven",
  memoryFullInfo: { memoryInfo, uss: 1n, pss: 2n, swap: 3n },
  memoryInfoEx: { memoryInfo, peakRss: 11n },
  connections: [{ fd: 3, status: ConnectionStatus.LISTEN }],
};
const unsupported = (attribute: ProcessAttribute) => ({ attribute, outcome: AttributeOutcome.UNSUPPORTED });

describe("Values of a process", () => {
  let fake: FakeProcesses;
  let process: Process;
  beforeEach(async () => {
    fake = new FakeProcesses().set(7, row);
    process = await fake.host().process(7);
    fake.asked.length = 0;
  });

  it("have memoryInfo's fields beside the others, as in psutil", async () => {
    const full = await process.memoryFullInfo();
    expect(full).to.include({ rss: 10, vms: 20, shared: null, uss: 1, pss: 2, swap: 3 });
    expect(full).to.not.have.property("memoryInfo");
    expect(await process.memoryInfoEx()).to.include({ rss: 10, peakRss: 11, rssAnon: null });
  });

  it("by psutil's later names are read like those by the first, once", async () => {
    const [footprint, full, sockets, connections] = await Promise.all([
      process.memoryFootprint(),
      process.memoryFullInfo(),
      process.netConnections(),
      process.connections(),
    ]);
    expect(footprint).to.deep.equal({ uss: 1, pss: 2, swap: 3 });
    expect(full).to.include(footprint);
    expect(sockets).to.deep.equal(connections);
    expect(fake.asked).to.deep.equal([[ProcessAttribute.MEMORY_FULL_INFO, ProcessAttribute.CONNECTIONS]]);
  });

  it("by later names are in asDict, processIter and processList under the names asked for, with their types", async () => {
    const attrs = ["memoryFootprint", "netConnections"] as const;
    const values = await process.asDict({ attrs });
    expect(Object.keys(values)).to.deep.equal(attrs);
    const footprint: ProcessMemoryFootprint | null = values.memoryFootprint;
    const sockets: NetConnection[] | null = values.netConnections;
    expect([footprint?.uss, sockets?.[0]?.fd]).to.deep.equal([1, 3]);
    // @ts-expect-error: not asked for under this name
    expect(values.connections).to.equal(undefined);
    for await (const { info } of fake.host().processIter({ attrs })) {
      expect(info).to.deep.equal(values);
    }
    const { processes } = await fake.host().processList({ attrs: ["memoryFullInfo", ...attrs] });
    const [first] = processes;
    const uss: number | undefined = first?.memoryFullInfo?.uss;
    expect(uss).to.equal(first?.memoryFootprint?.uss);
    expect(first?.memoryFullInfo).to.include({ rss: 10, uss: 1 });
    expect(first?.netConnections.map(({ status }) => status)).to.deep.equal(["LISTEN"]);
  });

  it("that fail, fail under both names", async () => {
    fake.set(7, { failures: [{ attribute: ProcessAttribute.MEMORY_FULL_INFO, outcome: AttributeOutcome.DENIED }] });
    await failureOf(process.memoryFootprint(), AccessDenied);
    await failureOf(process.memoryFullInfo(), AccessDenied);
    expect(await process.asDict({ attrs: ["memoryFootprint"], adValue: "?" })).to.deep.equal({ memoryFootprint: "?" });
    const { processes } = await fake.host().processList({ attrs: ["memoryFootprint"] });
    expect(processes[0]?.memoryFootprint).to.equal(null);
  });

  it("of an empty list or record are that, not an error", async () => {
    fake.set(7, {});
    const [files, maps, environ, cpus] = await Promise.all([
      process.openFiles(),
      process.memoryMaps(),
      process.environ(),
      process.cpuAffinity(),
    ]);
    expect([files, maps, environ, cpus]).to.deep.equal([[], [], {}, []]);
    expect(await process.cgroup()).to.equal(null);
  });

  describe("that the platform does not have", () => {
    beforeEach(() => {
      fake.set(7, { ...row, failures: [unsupported(ProcessAttribute.NUM_HANDLES)] });
    });

    it("are left out unless they were named", async () => {
      const values = await process.asDict();
      expect(values).to.include({ pid: 7, name: "seven" }).and.not.have.property("numHandles");
      const handles: number | null | undefined = values.numHandles;
      expect(handles).to.equal(undefined);
      for await (const { info } of fake.host().processIter({ attrs: [] })) {
        expect(info).to.include({ name: "seven" }).and.not.have.property("numHandles");
      }
    });

    it("are Unsupported if they were", async () => {
      await failureOf(process.numHandles(), Unsupported);
      await failureOf(process.asDict({ attrs: ["name", "numHandles"] }), Unsupported);
      await failureOf(
        fake
          .host()
          .processIter({ attrs: ["numHandles"] })
          .next(),
        Unsupported,
      );
    });
  });
});
