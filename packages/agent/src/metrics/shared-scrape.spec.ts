// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { type Family, gauge } from "./family.ts";
import { SharedScrape } from "./shared-scrape.ts";

function controlled() {
  const finishes: ((families: readonly Family[]) => void)[] = [];
  const failures: ((error: Error) => void)[] = [];
  const shared = new SharedScrape(
    () =>
      new Promise((resolve, reject) => {
        finishes.push(resolve);
        failures.push(reject);
      }),
  );
  return { shared, finishes, failures };
}

describe("scrapes", () => {
  it("that are asked for while one runs are that one", async () => {
    const { shared, finishes } = controlled();
    const [first, second] = [shared.text("text", 5_000), shared.text("openmetrics", 5_000)];
    expect(finishes).to.have.lengthOf(1);
    finishes[0]?.([gauge("x", "X.").add(1)]);
    expect(await first)
      .to.contain("x 1\n")
      .and.not.to.contain("EOF");
    expect(await second).to.contain("x 1\n# EOF\n");
    const third = shared.text("text", 5_000);
    expect(finishes).to.have.lengthOf(2);
    finishes[1]?.([]);
    expect(await third).to.equal("");
  });

  it("that have far less time than is given are not shared", async () => {
    const { shared, finishes } = controlled();
    const hasty = shared.text("text", 100);
    const patient = shared.text("text", 10_000);
    expect(finishes).to.have.lengthOf(2);
    const joined = shared.text("text", 10_000);
    expect(finishes).to.have.lengthOf(2);
    finishes[0]?.([gauge("hasty", "X.").add(1)]);
    expect(await hasty).to.contain("hasty 1\n");
    expect([await Promise.race([patient, joined, "not yet"])]).to.deep.equal(["not yet"]);
    finishes[1]?.([gauge("patient", "X.").add(1)]);
    expect(await patient)
      .to.contain("patient 1\n")
      .and.equal(await joined);
  });

  it("do not keep one that has less time than the other waiting", async () => {
    const { shared, finishes } = controlled();
    const patient = shared.text("text", 60_000);
    expect(await shared.text("text", 20)).to.equal(null);
    finishes[0]?.([]);
    expect(await patient).to.equal("");
  });

  it("go on after one that failed", async () => {
    const { shared, finishes, failures } = controlled();
    const first = shared.text("text", 5_000).catch((error: Error) => error.message);
    failures[0]?.(new Error("a defect"));
    expect(await first).to.equal("a defect");
    const second = shared.text("text", 5_000);
    finishes[1]?.([]);
    expect(await second).to.equal("");
  });
});
