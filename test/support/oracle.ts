// SPDX-License-Identifier: Apache-2.0

/** Where the reporter looks for the reason of a skip. */
interface Skippable {
  skipReason?: string;
}

/**
 * Goes on only if an independent second opinion is there. Otherwise skips the test, or in a `before` hook the whole
 * suite, with a message; with HOSTSCOPE_REQUIRE_ORACLES=1 (CI) it throws instead.
 */
export function requireOracle(this: Mocha.Context, name: string, found: boolean): void {
  if (found) return;
  if (process.env.HOSTSCOPE_REQUIRE_ORACLES === "1") {
    throw new Error(`${name} is not installed, and HOSTSCOPE_REQUIRE_ORACLES=1 demands it`);
  }
  const runnable = this.runnable();
  const skipped: Skippable | undefined = runnable instanceof Object && "type" in runnable && runnable.type === "hook" ? runnable.parent : runnable;
  if (skipped !== undefined) skipped.skipReason = `${name} is not installed here`;
  this.skip();
}
