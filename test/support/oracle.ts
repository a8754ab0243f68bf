// SPDX-License-Identifier: Apache-2.0

/**
 * Goes on only if an independent second opinion is there. Otherwise skips the test, or in a `before` hook the whole
 * suite, with a message; with HOSTSCOPE_REQUIRE_ORACLES=1 (CI) it throws instead.
 */
export function requireOracle(this: Mocha.Context, name: string, found: boolean): void {
  if (found) return;
  if (process.env.HOSTSCOPE_REQUIRE_ORACLES === "1") {
    throw new Error(`${name} is not installed, and HOSTSCOPE_REQUIRE_ORACLES=1 demands it`);
  }
  const runnable = this.runnable() as Mocha.Test | Mocha.Hook;
  const skipped = runnable.type === "hook" ? runnable.parent : runnable;
  Object.assign(skipped ?? runnable, { skipReason: `${name} is not installed here` }); // the reporter prints it
  this.skip();
}
