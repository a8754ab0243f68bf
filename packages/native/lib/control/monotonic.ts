// SPDX-License-Identifier: Apache-2.0

/**
 * Milliseconds on the clock that all processes of one boot share and nobody can set. It stands while the host sleeps, and
 * so does what is measured by it.
 */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint() / 1_000_000n);
}
