// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { DenialLimit } from "./denial-limit.ts";

describe("limit of refusals that are written down", () => {
  it("lets some through for each caller, and counts the others", () => {
    const limit = new DenialLimit();
    const told = Array.from({ length: 1_000 }, () => limit.take("a", 0)).filter((each) => each !== null);
    expect(told).to.have.length(20);
    expect(limit.take("b", 0)).to.equal(0);
    expect(limit.take("a", 500)).to.equal(980);
    expect(limit.take("a", 500)).to.equal(null);
  });

  it("forgets the one that has been quiet the longest, not one that goes on", () => {
    const limit = new DenialLimit();
    for (let refusal = 0; refusal < 21; refusal++) limit.take("loud", 0);
    for (let caller = 0; caller < 3_000; caller++) {
      limit.take(String(caller), 0);
      expect(limit.take("loud", 0)).to.equal(null);
    }
  });

  it("remembers no more than so many callers", () => {
    const limit = new DenialLimit();
    for (let caller = 0; caller < 5_000; caller++) expect(limit.take(String(caller), 0)).to.equal(0);
    expect(limit.take("0", 0)).to.equal(0);
  });
});
