// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { notRun, testOutcome } from "./test-outcome.mjs";

const tally = (more = {}) => ({ passed: 2, failed: 0, skipped: 0, reasons: new Map(), problems: [], ...more });
const LACKING = "this machine cannot: it takes root";

describe("the outcome of a run of tests", () => {
  it("is good if all passed, and bad if one failed, none ran, or something else was wrong", () => {
    expect(testOutcome(tally())).to.deep.equal({ exitCode: 0, lines: ["2 passed, 0 failed, 0 skipped"] });
    expect(testOutcome(tally({ failed: 1 }))).to.include({ exitCode: 1 });
    expect(testOutcome(tally({ passed: 0 })).lines[0]).to.equal("FAILED: no test ran");
    expect(testOutcome(tally({ problems: ["it died"] }))).to.deep.include({ exitCode: 1 });
    expect(testOutcome(notRun("the setup failed"))).to.include({ exitCode: 1 });
  });

  it("lets a test be skipped that the machine cannot run, and says so where all are demanded", () => {
    const lacking = tally({ skipped: 2, reasons: new Map([[LACKING, 2]]) });
    expect(testOutcome(lacking)).to.deep.equal({ exitCode: 0, lines: ["2 passed, 0 failed, 2 skipped"] });
    const strict = testOutcome(lacking, { isStrict: true });
    expect(strict.exitCode).to.equal(0);
    expect(strict.lines).to.deep.equal([`NOT PROVED HERE, 2 skipped: ${LACKING}`, "2 passed, 0 failed, 2 skipped"]);
  });

  it("is bad where all are demanded and one was skipped for no reason", () => {
    const bare = tally({ skipped: 1, reasons: new Map([[null, 1]]) });
    expect(testOutcome(bare)).to.include({ exitCode: 0 });
    const strict = testOutcome(bare, { isStrict: true });
    expect(strict.exitCode).to.equal(1);
    expect(strict.lines[0]).to.match(/^FAILED: 1 skipped for no reason/);
  });
});
