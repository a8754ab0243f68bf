// SPDX-License-Identifier: Apache-2.0

/**
 * Ends a run of tests: says in lines what was wrong, and with the last line how many there were. `isStrict` fails what
 * was skipped without a reason; what was skipped with one, as the machine cannot do it, is said and let be.
 * Returns `{exitCode, lines}`.
 */
export function testOutcome({ passed, failed, skipped, reasons, problems }, { isStrict = false } = {}) {
  const all = [...problems];
  if (passed + failed === 0) all.push("no test ran");
  const unexplained = reasons.get(null) ?? 0;
  if (isStrict && unexplained > 0)
    all.push(`${unexplained} skipped for no reason, and HOSTSCOPE_REQUIRE_ORACLES=1 allows none`);
  const explained = [...reasons].filter(([reason]) => reason !== null);
  return {
    exitCode: failed > 0 || all.length > 0 ? 1 : 0,
    lines: [
      ...(isStrict ? explained.map(([reason, count]) => `NOT PROVED HERE, ${count} skipped: ${reason}`) : []),
      ...all.map((problem) => `FAILED: ${problem}`),
      `${passed} passed, ${failed} failed, ${skipped} skipped`,
    ],
  };
}

/** What a run comes to that could not begin. */
export const notRun = (problem) => ({ passed: 0, failed: 0, skipped: 0, reasons: new Map(), problems: [problem] });

/** Says it, and leaves the exit code to the process. */
export function tellOutcome(tally, options) {
  const { exitCode, lines } = testOutcome(tally, options);
  process.exitCode = exitCode;
  process.stdout.write(`${lines.join("\n")}\n`);
}
