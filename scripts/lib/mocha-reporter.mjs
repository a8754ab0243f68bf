// SPDX-License-Identifier: Apache-2.0

import Mocha from "mocha";
import { describeHandles } from "./open-handles.mjs";

const LINGER_MS = 5_000;

/** Why a test did not run: written down by whoever skipped it, on the test or on a suite around it. Null if it is not. */
function skipReason(runnable) {
  if (runnable === undefined) return null;
  return runnable.skipReason ?? skipReason(runnable.parent);
}

/**
 * Mocha's own listing, then every skipped test with its reason, then what keeps the process alive if it will not end.
 * Each result also goes to the parent process, which so has the counts even if this one dies half-way.
 */
export class TallyReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const tell = (event, title, reason = null) => process.send?.({ event, title, reason });
    const skipped = [];
    runner.on("test", (test) => tell("start", test.fullTitle()));
    runner.on("hook", (hook) => tell("start", hook.fullTitle()));
    runner.on("pass", (test) => tell("pass", test.fullTitle()));
    runner.on("fail", (test) => tell("fail", test.fullTitle()));
    runner.on("pending", (test) => {
      const reason = skipReason(test);
      skipped.push(`  SKIPPED ${test.fullTitle()}\n          ${reason ?? "no reason given"}`);
      tell("skip", test.fullTitle(), reason);
    });
    runner.once("end", () => {
      if (skipped.length > 0) console.log(`${skipped.join("\n")}\n`);
      tell("end", "");
      setTimeout(() => {
        console.error(`\nThe tests are over, but something they opened is not closed:\n${describeHandles()}`);
        process.exit(1);
      }, LINGER_MS).unref();
    });
  }
}
