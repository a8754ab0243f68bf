// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { STANDARD_TIMEOUT_MS, scrapeTimeout } from "./scrape-timeout.ts";

describe("the time of a scrape", () => {
  it("is a little less than the asker waits", () => {
    expect(scrapeTimeout("10")).to.equal(9_500);
    expect(scrapeTimeout("10.000000")).to.equal(9_500);
    expect(scrapeTimeout(" 1 ")).to.equal(900);
    expect(scrapeTimeout("0.25")).to.equal(225);
  });

  it("has bounds", () => {
    expect(scrapeTimeout("0.001")).to.equal(50);
    expect(scrapeTimeout("999999999")).to.equal(30_000);
  });

  it("is the usual one where nothing sensible is said", () => {
    for (const header of [undefined, "", "0", "-1", "soon", "1e3", "Infinity", "1".repeat(100), ["1", "2"]]) {
      expect(scrapeTimeout(header), String(header)).to.equal(STANDARD_TIMEOUT_MS);
    }
  });
});
