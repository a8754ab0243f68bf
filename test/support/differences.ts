// SPDX-License-Identifier: Apache-2.0

/** Tests that the table of differences keeps from passing here. */
const differing = new WeakSet<Mocha.Test>();

export function isExpectedToDiffer(test: Mocha.Test): boolean {
  return differing.has(test);
}

export function markDiffering(test: Mocha.Test): void {
  differing.add(test);
}
