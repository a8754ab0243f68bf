// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { customGates, selfTest } from "./custom-gates.mjs";

describe("gates of npm run check", () => {
  for (const gate of customGates) {
    it(`${gate.name}: finds every bad sample and no good one`, () => expect(selfTest([gate])).to.deep.equal([]));
  }

  it("cannot pass their own test without finding anything, or by finding everything", () => {
    const [gate] = customGates;
    expect(selfTest([{ ...gate, inspect: () => [] }])).to.have.lengthOf(gate.bad.length);
    expect(selfTest([{ ...gate, inspect: () => ["x"] }])).to.have.lengthOf(gate.good.length);
    expect(selfTest([{ ...gate, bad: [] }])).to.have.lengthOf(1);
  });
});
