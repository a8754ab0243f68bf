// SPDX-License-Identifier: Apache-2.0

import { closeSync, openSync } from "node:fs";
import { type Host, open } from "@hostscope/client";
import { expect } from "chai";
import { ProcTree } from "../support/proc-tree.ts";

const KIB = 1024;
const NOTHING = { uss: 0, pss: 0, swap: 0 };

const smaps = (privateKib: number): string =>
  `1000-3000 rw-p 00000000 fe:00 7                          /a file\nSize: 8 kB\nRss: 6 kB\nPss: 5 kB\nPss_Anon: 90 kB\n` +
  `Private_Dirty: ${privateKib} kB\nPrivate_Hugetlb: 2 kB\nSwap: 1 kB\nSwapPss: 90 kB\nTHPeligible: 1\nVmFlags: rd wr\n`;

/** Kernels and processes that a live host does not have when a test needs them. */
describe("Memory of processes of other kernels", () => {
  const tree = new ProcTree();
  let host: Host;
  let fifo: string;
  before(async () => {
    for (const pid of [10, 11, 12, 13, 14, 15]) tree.process(pid);
    tree.file("10/smaps", smaps(3));
    tree.file("11/smaps", smaps(3));
    tree.file("11/smaps_rollup", smaps(4));
    const stat = (state: string, flags: number) =>
      `(x) ${state} 1 1 1 0 -1 ${flags} 1 0 2 0 150 50 0 0 20 0 1 0 200 1000 200 0 0 0 0 0 0 0 0 0 0 0 0 0 17 3 0 0 0 0 0\n`;
    tree.replace("13/stat", `13 ${stat("S", 0x208040)}`);
    tree.replace("14/stat", `14 ${stat("Z", 0)}`);
    tree.file("14/smaps", "");
    tree.file("15/smaps_rollup", smaps(4));
    fifo = tree.stuck("15/smaps");
    host = await open("local:", { procfs: tree.root });
  });
  after(async () => {
    closeSync(openSync(fifo, "r+"));
    await host?.close();
    tree.remove();
  });
  const row = async (pid: number, ...attrs: ("memoryFullInfo" | "memoryMaps" | "name")[]) => {
    const { processes } = await host.processList({ attrs: ["name", ...attrs] });
    const found = processes.find(({ ref }) => ref.pid === pid);
    if (found === undefined) throw new Error(`no row of ${pid}`);
    expect(found.name).not.to.equal(null);
    const failures = Object.fromEntries(found.failures.map(({ attribute, outcome }) => [attribute, outcome]));
    return { full: found.memoryFullInfo ?? null, maps: found.memoryMaps ?? [], failures };
  };

  it("a kernel that does not sum up: the sums of all regions", async () => {
    const { full, failures } = await row(10, "memoryFullInfo");
    expect(full).to.deep.include({ uss: 5 * KIB, pss: 5 * KIB, swap: KIB, rss: 5 * 4096 });
    expect(failures).to.deep.equal({});
  });

  it("a kernel that does: its own sum, unless the regions are read anyway", async () => {
    expect((await row(11, "memoryFullInfo")).full).to.deep.include({ uss: 6 * KIB });
    const both = await row(11, "memoryFullInfo", "memoryMaps");
    expect(both.full).to.deep.include({ uss: 5 * KIB });
    expect(both.maps).to.have.length(1);
    expect(both.maps[0]).to.deep.include({ path: "/a file", rss: 6 * KIB, swap: KIB, privateClean: null });
  });

  it("a kernel without smaps: both are unsupported, and the row is there", async () => {
    const { failures } = await row(12, "memoryFullInfo", "memoryMaps");
    expect(failures).to.deep.equal({ memory_full_info: "unsupported", memory_maps: "unsupported" });
  });

  it("a kernel thread has no memory, whatever its files", async () => {
    const { full, maps, failures } = await row(13, "memoryFullInfo", "memoryMaps");
    expect(full).to.deep.include(NOTHING);
    expect(maps).to.deep.equal([]);
    expect(failures).to.deep.equal({});
  });

  it("a zombie has no memory, and no regions to ask for", async () => {
    const { full, failures } = await row(14, "memoryFullInfo", "memoryMaps");
    expect(full).to.deep.include(NOTHING);
    expect(failures).to.deep.equal({ memory_maps: "zombie" });
  });

  it("a process that holds its regions back: they time out, and what the kernel sums up is there", async () => {
    const { full, failures } = await row(15, "memoryFullInfo", "memoryMaps");
    expect(full).to.deep.include({ uss: 6 * KIB });
    expect(failures).to.deep.equal({ memory_maps: "timed_out" });
  });
});
