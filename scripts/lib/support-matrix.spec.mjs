// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { problemsOf, supportPages } from "./support-matrix.mjs";

const row = (id, otherwise = {}) => ({ id, psutil: null, hostscope: id, rpc: null, otherwise });
const sections = (...rows) => [{ title: "A", rows }];
const none = { linux: {}, windows: {}, macos: {} };

describe("The support matrix", () => {
  const everywhereElse = { windows: "unseen", macos: "not yet" };

  it("takes a row that is proved, or of which something else is said", () => {
    expect(
      problemsOf(sections(row("host.a", everywhereElse)), { ...none, linux: { "host.a": ["x: y"] } }),
    ).to.deep.equal([]);
  });

  it("refuses a row of which nothing is known", () => {
    const [problem, ...more] = problemsOf(sections(row("host.a", everywhereElse)), none);
    expect(problem).to.match(/no test proves host\.a on linux/);
    expect(more).to.deep.equal([]);
  });

  it("refuses a claim that a proof contradicts, a claim that is none, and what is proved of no row", () => {
    const problems = problemsOf(sections(row("host.a", { ...everywhereElse, linux: "yes" })), {
      ...none,
      windows: { "host.a": ["x: y"], "host.b": ["x: y"] },
    });
    expect(problems).to.have.length(3);
    expect(problems.join()).to.match(/host\.a is proved on windows; "unseen" is to go/);
    expect(problems.join()).to.match(/host\.a is "yes" on linux/);
    expect(problems.join()).to.match(/no row is host\.b/);
  });

  it("refuses two rows of one id", () => {
    const twice = { linux: "not yet", ...everywhereElse };
    expect(problemsOf(sections(row("host.a", twice), row("host.a", twice)), none)).to.have.length(1);
  });

  it("is what the pages show", () => {
    for (const { path, text, made } of supportPages()) expect(text === made, path).to.equal(true);
  });
});
