// SPDX-License-Identifier: Apache-2.0

import { fileSize } from "./file-size.mjs";
import { forbiddenCalls } from "./forbidden-calls.mjs";
import { fuzzTargets } from "./fuzz-targets.mjs";
import { importDirection } from "./import-direction.mjs";
import { licenceLine } from "./licence-line.mjs";
import { machinePaths } from "./machine-paths.mjs";
import { openEnds } from "./open-ends.mjs";

/**
 * Rules of our own. Each has `inspect(files)`, which gives problems in words, and samples [path, text]: every bad one
 * must be found, no good one may be.
 */
export const customGates = [
  forbiddenCalls,
  fileSize,
  licenceLine,
  importDirection,
  machinePaths,
  openEnds,
  fuzzTargets,
];

/** Every sample that its gate judges wrongly, in words. */
export function selfTest(gates = customGates) {
  const judge = (gate, [path, text]) => gate.inspect([{ path, text }]).length > 0;
  return gates.flatMap((gate) => [
    ...gate.bad
      .filter((sample) => !judge(gate, sample))
      .map((sample) => `${gate.name} lets pass: ${sample.join(": ")}`),
    ...gate.good.filter((sample) => judge(gate, sample)).map((sample) => `${gate.name} refuses: ${sample.join(": ")}`),
    ...(gate.bad.length > 0 && gate.good.length > 0 ? [] : [`${gate.name} has no samples`]),
  ]);
}
