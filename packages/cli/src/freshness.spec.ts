// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { FRESH, freshnessOf, worstOf } from "./freshness.ts";

describe("freshness", () => {
  const state = { asked: 1, interval: 1, heardAt: 50_000, gapAt: null, lost: null };

  it("is nothing to tell of while values come as asked for", () => {
    expect(freshnessOf(state, 50_900)).to.deep.equal(FRESH);
    expect(freshnessOf(state, 52_900)).to.deep.equal(FRESH);
  });

  it("tells of values that are late, by the pace of the host", () => {
    const late = { isOld: true, alarm: "values are 4 s old: no news from the host", note: null };
    expect(freshnessOf(state, 54_000)).to.deep.equal(late);
    const slow = { ...state, interval: 4 };
    expect(freshnessOf(slow, 54_000)).to.deep.equal({ ...FRESH, note: "every 4 s: the agent keeps to its budget" });
    expect(freshnessOf(slow, 60_000).isOld).to.equal(true);
  });

  it("tells of a lost connection at once", () => {
    const { isOld, alarm } = freshnessOf({ ...state, lost: "a could not be reached" }, 50_100);
    expect([isOld, alarm]).to.deep.equal([true, "values are 0 s old: a could not be reached"]);
  });

  it("tells of a gap for a while", () => {
    const gap = { ...state, gapAt: 49_000 };
    expect(freshnessOf(gap, 50_500).note).to.include("unseen");
    expect(freshnessOf({ ...gap, heardAt: 60_000 }, 60_000).note).to.equal(null);
    expect(freshnessOf({ ...gap, interval: 2.04 }, 50_500).note).to.match(/^every 2 s.*; after a gap/);
  });

  it("of two streams is that of the older one, whichever it is, and of the first with a note", () => {
    const old = { ...state, heardAt: 40_000 };
    const lost = { ...state, lost: "lost" };
    expect(worstOf([state, state], 50_100)).to.deep.equal(FRESH);
    for (const streams of [
      [state, old],
      [old, state],
      [lost, old],
    ]) {
      expect(worstOf(streams, 50_100).alarm).to.equal("values are 10 s old: no news from the host");
    }
    expect(worstOf([state, lost], 50_100).isOld).to.equal(true);
    expect(
      worstOf(
        [
          { ...state, gapAt: 49_000 },
          { ...state, interval: 4 },
        ],
        50_100,
      ).note,
    ).to.include("unseen");
    expect(worstOf([state, { ...state, interval: 4 }], 50_100).note).to.include("every 4 s");
  });
});
