// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { BAR_EXTRA, bar, cpuGrid } from "./bars.ts";
import { renderLine } from "./line.ts";

const text = (line: Parameters<typeof renderLine>[0]) => renderLine(line, Number.POSITIVE_INFINITY, false);
const use = (percents: readonly number[]) => percents.map((percent, cpu) => ({ cpu, percent }));

describe("bars", () => {
  it("fills the bar only at 100 percent and never hides a little", () => {
    expect(text(bar(0, 4))).to.equal("[    ]   0.0%");
    expect(text(bar(0.1, 4))).to.equal("[|   ]   0.1%");
    expect(text(bar(50, 4))).to.equal("[||  ]  50.0%");
    expect(text(bar(99.9, 4))).to.equal("[||| ]  99.9%");
    expect(text(bar(100, 4))).to.equal("[||||] 100.0%");
  });

  it("keeps its width for values out of range and for none", () => {
    for (const percent of [-5, 250, null]) {
      const width = bar(percent, 8).reduce((sum, { text }) => sum + text.length, 0);
      expect(width).to.equal(8 + BAR_EXTRA);
    }
  });

  it("shows every CPU once, in even rows that fit", () => {
    for (const [count, columns] of [
      [1, 40],
      [2, 80],
      [8, 80],
      [12, 100],
      [64, 200],
    ] as const) {
      const lines = cpuGrid(use(Array.from({ length: count }, (_, index) => index)), columns, 99).map(text);
      for (const line of lines) expect(line.length).to.be.at.most(columns);
      expect(lines.join("").match(/\[/g)).to.have.lengthOf(count);
    }
    expect(cpuGrid(use(Array(8).fill(5)), 80, 99).map((line) => text(line).match(/\[/g)?.length)).to.deep.equal([
      3, 3, 2,
    ]);
  });

  it("names each CPU by the kernel's number", () => {
    const [line = []] = cpuGrid(
      [
        { cpu: 0, percent: 1 },
        { cpu: 7, percent: 2 },
      ],
      80,
      4,
    );
    expect(text(line)).to.match(/^ +0 \[.* +7 \[/);
  });

  it("falls back to a digit per CPU where bars would take too many lines", () => {
    expect(cpuGrid(use([0, 9.9, 10, 55, 100]), 40, 1).map(text)).to.deep.equal(["each 00159"]);
    const lines = cpuGrid(use(Array(256).fill(42)), 80, 4).map(text);
    expect(lines).to.have.lengthOf(4);
    expect(lines.join("").match(/4/g)).to.have.lengthOf(256);
  });

  it("shows nothing where there is no room or no CPU is known", () => {
    expect(cpuGrid([], 80, 4)).to.deep.equal([]);
    expect(cpuGrid(use([1]), 80, 0)).to.deep.equal([]);
  });
});
