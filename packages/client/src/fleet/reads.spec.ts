// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { Host } from "../host/host.ts";
import { METHODS } from "../methods.ts";
import { fleet } from "./fleet.ts";
import { READS, type ReadName } from "./reads.ts";

/** Reading methods of Host that are of no use over many: about processes of one host, or without a single answer. */
const OF_ONE_HOST = new Set(["winServiceIter", "wait", "waitProcs", "previewSignal"]);

describe("Reading methods of a fleet", () => {
  it("are all that Host has and the schema says change nothing", () => {
    for (const [name, { mutates }] of Object.entries(METHODS)) {
      if (!mutates && name in Host.prototype && !OF_ONE_HOST.has(name)) expect(READS).to.have.property(name);
    }
    for (const name of Object.keys(READS)) {
      expect(Host.prototype, name).to.respondTo(name);
      expect(METHODS[name as keyof typeof METHODS]?.mutates ?? false, name).to.equal(false);
    }
  });

  it("are there, and give answers", async () => {
    await using all = fleet([]);
    for (const name of Object.keys(READS) as ReadName[]) {
      const read = all[name] as unknown as (...args: unknown[]) => PromiseLike<unknown[]>;
      const args = { pidExists: [1], diskUsage: ["/"], winServiceGet: ["x"], processesByName: ["x"] }[name as string];
      expect(await read.call(all, ...(args ?? [])), name).to.deep.equal([]);
    }
  });
});
