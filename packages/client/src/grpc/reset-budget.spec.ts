// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { ResetBudget } from "./reset-budget.ts";

describe("What one connection may give up", () => {
  it("is spent by 900 calls at once, and comes back by 30 a second, never beyond", () => {
    let now = 0;
    const budget = new ResetBudget(() => now);
    const spend = (calls: number) => {
      for (let call = 0; call < calls; call++) budget.spend();
    };
    now = 3_600_000;
    spend(899);
    expect(budget.spent).to.equal(false);
    spend(1);
    expect(budget.spent).to.equal(true);
    now += 10;
    expect(budget.spent).to.equal(true);
    now += 30;
    expect(budget.spent).to.equal(false);
    now += 10_000;
    spend(301);
    expect(budget.spent).to.equal(true);
  });
});
