// SPDX-License-Identifier: Apache-2.0
// Suites of the conformance tests, held against the table of what is otherwise on Windows.

import { existsSync } from "node:fs";
import { basename } from "node:path";
import { DIFFERENCES, type Difference } from "../conformance/expectations.ts";
import { markDiffering } from "./differences.ts";
import { machine } from "./machine/machine.ts";

/** Starting programs under Wine takes seconds, on a busy machine many. */
const WINDOWS_TIMEOUT_MS = 120_000;

/** Files that were loaded, with the titles in them that the table may name. */
const loaded = new Map<string, Set<string>>();

/** A suite that `title` names in the table and that is shown as `shown`. */
export function describeExpected(title: string, shown: string, suite: () => void): void {
  describe(shown, function () {
    if (machine.os === "windows") this.timeout(WINDOWS_TIMEOUT_MS).slow(30_000);
    const file = basename(this.file ?? "");
    const differences = DIFFERENCES[file] ?? {};
    const titles = loaded.get(file) ?? new Set();
    loaded.set(file, titles.add(title));
    const whole = differences[title];
    if (whole !== undefined && isElsewhere(whole)) {
      Object.assign(this, { skipReason: reasonOf(whole) });
      this.pending = true; // before its hooks are made, which then are not
    }
    suite();
    const differ = (at: Mocha.Suite) => {
      for (const test of at.tests) {
        const name = `${title}: ${test.title}`;
        titles.add(name);
        const difference = differences[name] ?? whole;
        if (difference !== undefined) expectDifference(test, difference);
      }
      at.suites.forEach(differ);
    };
    differ(this);
  });
}

/** The same for what is tested on one way only, or is no matter of hosts. */
export const describeOnMachine = (title: string, suite: () => void): void => describeExpected(title, title, suite);

function reasonOf(difference: Difference): string {
  if ("linuxOnly" in difference) return `Linux only: ${difference.linuxOnly}`;
  return `Wine lacks it: ${difference.wineLacks}`;
}

/** Whether it is for another system than this one. */
function isElsewhere(difference: Difference): boolean {
  return machine.os === "windows" && "linuxOnly" in difference;
}

function expectDifference(test: Mocha.Test, difference: Difference): void {
  if (isElsewhere(difference)) {
    markDiffering(test);
    Object.assign(test, { skipReason: reasonOf(difference) });
    test.pending = true;
    return;
  }
  if (machine.os !== "windows") return;
  markDiffering(test);
  const work = test.fn as Mocha.AsyncFunc;
  test.fn = async function (this: Mocha.Context) {
    try {
      await work.call(this);
    } catch (error) {
      Object.assign(test, { skipReason: `${reasonOf(difference)} (${String(error).split("\n")[0]})` });
      this.skip();
    }
    throw new Error(`it passes, and test/conformance/expectations.ts says that it cannot: ${reasonOf(difference)}`);
  };
}

after("the table of differences names what there is", () => {
  const unknown = Object.entries(DIFFERENCES).flatMap(([file, differences]) => {
    const titles = loaded.get(file);
    if (titles === undefined) return existsSync(new URL(`../conformance/${file}`, import.meta.url)) ? [] : [file];
    return Object.keys(differences)
      .filter((title) => !titles.has(title))
      .map((title) => `${file}: ${title}`);
  });
  if (unknown.length > 0) throw new Error(`test/conformance/expectations.ts names no test by\n${unknown.join("\n")}`);
});
