// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { parseBytes, parsePercent } from "./quantity.ts";

describe("quantities of flags", () => {
  it("are percents of one CPU", () => {
    expect(parsePercent("2%")).to.equal(2);
    expect(parsePercent("0.5%")).to.equal(0.5);
    expect(parsePercent("400%")).to.equal(400);
    for (const bad of ["", "2", "%", "-2%", "0%", "0.01%", "1e3%", "2 %", "2%%", "NaN%", "9999999%", "x".repeat(999)]) {
      expect(() => parsePercent(bad), bad).to.throw("is not a share of one CPU");
    }
  });

  it("are amounts of memory in powers of 1024", () => {
    const MIB = 1024 * 1024;
    expect(parseBytes("200M")).to.equal(200 * MIB);
    expect(parseBytes("200MiB")).to.equal(200 * MIB);
    expect(parseBytes("1.5g")).to.equal(1536 * MIB);
    expect(parseBytes("65536K")).to.equal(64 * MIB);
    for (const bad of ["", "200", "M", "-1M", "31M", "1T", "1 G", "1e9M", "2000G", "0x40M", "M200"]) {
      expect(() => parseBytes(bad), bad).to.throw("is not an amount of memory");
    }
  });
});
