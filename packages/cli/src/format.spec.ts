// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { formatBytes, formatCpuTime, formatPercent, formatUptime } from "./format.ts";

describe("number formats", () => {
  it("writes bytes in at most six columns", () => {
    const K = 1024;
    expect([0, 1023, K, 10_000, 1023.6 * K, 123 * K ** 2, 2 * K ** 3].map(formatBytes)).to.deep.equal([
      "0B",
      "1023B",
      "1.0K",
      "9.8K",
      "1.0M",
      "123M",
      "2.0G",
    ]);
    for (let power = 0; power < 64; power++) expect(formatBytes(2 ** power - 1).length).to.be.at.most(6);
    expect(formatBytes(null)).to.equal("-");
  });

  it("writes percentages in at most five columns", () => {
    expect([0, 37.54, 100, 999.9, 999.96, 12_800].map(formatPercent)).to.deep.equal([
      "0.0",
      "37.5",
      "100.0",
      "999.9",
      "1000",
      "12800",
    ]);
    expect(formatPercent(null)).to.equal("-");
  });

  it("writes CPU time and uptime", () => {
    expect([0, 1.25, 59.999, 727.5, 3599.99, 12_345].map(formatCpuTime)).to.deep.equal([
      "0:00.00",
      "0:01.25",
      "1:00.00",
      "12:07.50",
      "59:59.99",
      "3:25:45",
    ]);
    expect([-1, 0, 15_129, 274_329].map(formatUptime)).to.deep.equal([
      "00:00:00",
      "00:00:00",
      "04:12:09",
      "3d 04:12:09",
    ]);
  });
});
