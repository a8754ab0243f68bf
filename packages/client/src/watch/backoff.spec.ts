// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { Backoff } from "./backoff.ts";

describe("Backoff", () => {
  it("doubles from a quarter of a second to half a minute, and begins anew", () => {
    const pauses = new Backoff(() => 1);
    const first = Array.from({ length: 10 }, () => pauses.next());
    expect(first).to.deep.equal([250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
    pauses.reset();
    expect(pauses.next()).to.equal(250);
    expect(pauses.longest()).to.equal(30_000);
  });

  it("leaves half of each pause to chance", () => {
    expect(new Backoff(() => 0).next()).to.equal(125);
    const many = Array.from({ length: 200 }, () => new Backoff().next());
    expect(Math.min(...many)).to.be.within(125, 170);
    expect(Math.max(...many)).to.be.within(205, 250);
    expect(new Set(many).size).to.be.above(100);
  });
});
