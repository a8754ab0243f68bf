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
  skipAs(this, `${name} is not installed here`);
}

/**
 * Goes on only if this machine can do what the test needs, by its kernel, its devices and the rights of its user.
 * Otherwise skips, in CI too, as nobody can install that; it is counted, and said at the end.
 */
export function requireMachine(this: Mocha.Context, need: string, can: boolean): void {
  if (!can) skipAs(this, `this machine cannot: it takes ${need}`);
}

/** As `requireMachine`, for what only root may do. */
export function requireRoot(this: Mocha.Context): void {
  requireMachine.call(this, "root", process.getuid?.() === 0);
}

function skipAs(context: Mocha.Context, skipReason: string): never {
  const runnable = context.runnable() as Mocha.Test | Mocha.Hook;
  const skipped = runnable.type === "hook" ? runnable.parent : runnable;
  Object.assign(skipped ?? runnable, { skipReason }); // the reporter prints it
  context.skip();
}
