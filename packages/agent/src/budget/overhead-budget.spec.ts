// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { type BudgetLimits, OverheadBudget } from "./overhead-budget.ts";

/** A process whose clock and cost the spec turns. */
class FakeProcess {
  #now = 1_000;
  #cpuMs = 300;
  rss = 50e6;
  readonly budget: OverheadBudget;

  constructor(limits: Partial<BudgetLimits>) {
    const probe = { now: () => this.#now, cpuMs: () => this.#cpuMs, rssBytes: () => this.rss };
    this.budget = new OverheadBudget({ maxCpuPercent: null, maxRssBytes: null, ...limits }, probe);
  }

  /** Lets seconds pass at this use of CPU, with a watch of one second that keeps to the pace. Gives the factor then. */
  run(seconds: number, percentUnstretched: number): number {
    const end = this.#now + seconds * 1000;
    while (this.#now < end) {
      this.budget.update();
      this.#now += 1_000 * this.budget.stretch;
      this.#cpuMs += (1_000 * percentUnstretched) / 100;
    }
    return this.budget.stretch;
  }
}

describe("the overhead budget", () => {
  it("without limits measures, and stretches nothing", () => {
    const { budget } = new FakeProcess({});
    expect(budget.cpuPercent).to.equal(null);
    const process = new FakeProcess({});
    expect(process.run(60, 90)).to.equal(1);
    expect(process.budget.cpuPercent).to.be.closeTo(90, 1);
    expect(process.budget.rssBytes).to.equal(50e6);
    expect([budget.limited, new FakeProcess({ maxRssBytes: 1e9 }).budget.limited]).to.deep.equal([false, true]);
  });

  it("stretches intervals until the agent keeps to its limit", () => {
    const process = new FakeProcess({ maxCpuPercent: 2 });
    expect(process.run(120, 10)).to.be.within(4.5, 12);
    expect(process.budget.cpuPercent).to.be.at.most(2);
  });

  it("settles: the factor does not swing to and fro", () => {
    const process = new FakeProcess({ maxCpuPercent: 2 });
    process.run(300, 9);
    const factors = new Set(Array.from({ length: 40 }, () => process.run(10, 9)));
    expect([...factors]).to.have.lengthOf(1);
  });

  it("lets one short burst pass", () => {
    const process = new FakeProcess({ maxCpuPercent: 2 });
    process.run(30, 0.5);
    expect(process.run(4, 50)).to.equal(1);
    expect(process.run(60, 0.5)).to.equal(1);
  });

  it("recovers when the work gets cheaper", () => {
    const process = new FakeProcess({ maxCpuPercent: 2 });
    expect(process.run(300, 20)).to.be.above(8);
    expect(process.run(900, 0.5)).to.equal(1);
  });

  it("has an end: a watch of a second is one of a minute at the least", () => {
    const process = new FakeProcess({ maxCpuPercent: 0.1 });
    expect(process.run(3_000, 95)).to.equal(60);
    expect(process.run(3_600, 0)).to.equal(1);
  });

  it("stretches for memory, but not as far", () => {
    const process = new FakeProcess({ maxRssBytes: 100e6 });
    expect(process.run(60, 1)).to.equal(1);
    process.rss = 300e6;
    expect(process.run(300, 1)).to.equal(4);
    process.rss = 95e6;
    expect(process.run(300, 1)).to.equal(4);
    process.rss = 60e6;
    expect(process.run(300, 1)).to.equal(1);
  });

  it("takes no reading before there is something to read", () => {
    let readings = 0;
    const probe = { now: () => 0, cpuMs: () => readings++, rssBytes: () => 0 };
    const budget = new OverheadBudget({ maxCpuPercent: 1, maxRssBytes: null }, probe);
    for (let i = 0; i < 1_000; i++) expect(budget.update()).to.equal(false);
    expect(readings).to.equal(1);
  });

  it("reads this very process when nothing else is said", async () => {
    const budget = new OverheadBudget({ maxCpuPercent: 2, maxRssBytes: 1 });
    expect(budget.rssBytes).to.be.above(10e6);
    expect(budget.stretch).to.equal(1);
  });
});
