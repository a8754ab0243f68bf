// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { type GroupedProcess, OTHER, ProcessGroups } from "./process-groups.ts";

function process(pid: number, name: string, cpuSeconds: number, residentBytes = 100): GroupedProcess {
  return { key: String(pid), name, cpuSeconds, residentBytes, threads: 2 };
}

/** CPU seconds by group. */
function seconds(groups: ProcessGroups, ...processes: GroupedProcess[]): Record<string, number> {
  return Object.fromEntries(groups.update(processes).map(({ group, cpuSeconds }) => [group, cpuSeconds]));
}

describe("process groups", () => {
  it("sum up the processes of a name", () => {
    const rows = new ProcessGroups().update([process(1, "www", 1), process(2, "www", 2), process(3, "db", 1, 900)]);
    expect(rows).to.deep.equal([
      { group: "db", processes: 1, threads: 2, residentBytes: 900, cpuSeconds: 1 },
      { group: "www", processes: 2, threads: 4, residentBytes: 200, cpuSeconds: 3 },
    ]);
  });

  it("show the heaviest and put the rest into one row, however many there are", () => {
    const many = Array.from({ length: 3_000 }, (_, i) => process(i, `p${i}`, i === 7 ? 1_000 : 0, i === 8 ? 1e9 : 1));
    const rows = new ProcessGroups(3).update(many);
    expect(rows.map(({ group }) => group))
      .to.include.members(["p7", "p8", OTHER])
      .and.have.lengthOf(4);
    expect(rows.at(-1)).to.deep.include({ group: OTHER, processes: 2_997, threads: 5_994 });
  });

  it("have CPU times that go on when members end, and count new members in", () => {
    const groups = new ProcessGroups();
    expect(seconds(groups, process(1, "www", 10), process(2, "www", 5)).www).to.equal(15);
    expect(seconds(groups, process(2, "www", 6)).www).to.equal(16);
    expect(seconds(groups, process(2, "www", 6), process(3, "www", 2)).www).to.equal(18);
    // Its clock went back: another process, or a kernel that corrects itself.
    expect(seconds(groups, process(2, "www", 1), process(3, "www", 2)).www).to.equal(18);
  });

  it("have an other row that never decreases, whoever comes and goes", () => {
    const groups = new ProcessGroups(1);
    let last = 0;
    for (let turn = 0; turn < 20; turn++) {
      const busy = turn % 2 === 0 ? 50 : 1;
      const other = seconds(groups, process(1, "a", turn * busy), process(2, "b", turn * (51 - busy)))[OTHER] ?? 0;
      expect(other).to.be.at.least(last);
      last = other;
    }
    expect(last).to.be.above(0);
  });

  it("go on where they were when they come back into the rows", () => {
    const groups = new ProcessGroups(1);
    expect(seconds(groups, process(1, "a", 100), process(2, "b", 0, 1))).to.deep.equal({ a: 100, [OTHER]: 0 });
    expect(seconds(groups, process(1, "a", 100, 1), process(2, "b", 900, 1_000))).to.have.keys("b", OTHER);
    const back = seconds(groups, process(1, "a", 5_000, 1_000), process(2, "b", 900, 1));
    expect(back.a).to.equal(5_000);
  });

  it("keep their row against what is little heavier", () => {
    const groups = new ProcessGroups(1);
    expect(seconds(groups, process(1, "a", 0, 110), process(2, "b", 0, 100))).to.have.property("a");
    expect(seconds(groups, process(1, "a", 0, 100), process(2, "b", 0, 110))).to.have.property("a");
    expect(seconds(groups, process(1, "a", 0, 100), process(2, "b", 0, 300))).to.have.property("b");
  });

  it("take a program called other as one of the others", () => {
    const groups = new ProcessGroups();
    expect(seconds(groups, process(1, OTHER, 3), process(2, "a", 1))).to.deep.equal({ a: 1, [OTHER]: 3 });
  });

  it("forget groups that are long gone", () => {
    const groups = new ProcessGroups(2);
    for (let turn = 0; turn < 30; turn++) {
      groups.update(Array.from({ length: 100 }, (_, i) => process(turn * 100 + i, `t${turn}-${i}`, 1)));
    }
    const rows = groups.update([process(1, "t0-0", 5)]);
    // Had it been remembered, it would be 6.
    expect(rows[0]).to.deep.include({ group: "t0-0", cpuSeconds: 5 });
  });

  it("can be one only", () => {
    const rows = new ProcessGroups(0).update([process(1, "a", 1), process(2, "b", 2)]);
    expect(rows).to.deep.equal([{ group: OTHER, processes: 2, threads: 4, residentBytes: 200, cpuSeconds: 3 }]);
  });

  it("are no rows where there are no processes", () => {
    expect(new ProcessGroups().update([])).to.deep.equal([]);
  });
});
