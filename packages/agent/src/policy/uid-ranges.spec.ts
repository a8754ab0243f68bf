// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { includes, MAX_UID, parseUidRange, subtract } from "./uid-ranges.ts";

describe("ranges of user ids", () => {
  it("are read", () => {
    expect(parseUidRange("0")).to.deep.equal([0, 0]);
    expect(parseUidRange("1000-1999")).to.deep.equal([1000, 1999]);
    for (const odd of ["", "-1", "1-", "2-1", "4294967295", "0x1", "1 - 2", "1-2-3", "1e3"]) {
      expect(parseUidRange(odd), odd).to.equal(null);
    }
  });

  it("are subtracted from each other, and from all there are", () => {
    expect(subtract(null, [[0, 0]])).to.deep.equal([[1, MAX_UID]]);
    expect(
      subtract(
        [[10, 20]],
        [
          [12, 13],
          [20, 30],
        ],
      ),
    ).to.deep.equal([
      [10, 11],
      [14, 19],
    ]);
    expect(subtract([[10, 20]], [[0, 100]])).to.deep.equal([]);
    expect(
      subtract(
        [
          [30, 40],
          [10, 20],
        ],
        [],
      ),
    ).to.deep.equal([
      [10, 20],
      [30, 40],
    ]);
  });

  it("agree with asking each id", () => {
    const from = [
      [3, 9],
      [7, 15],
    ] as const;
    const without = [
      [0, 3],
      [8, 8],
      [14, 20],
    ] as const;
    const left = subtract(from, without);
    for (let uid = 0; uid < 25; uid++) {
      expect(includes(left, uid), String(uid)).to.equal(includes(from, uid) && !includes(without, uid));
    }
  });
});
