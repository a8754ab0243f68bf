// SPDX-License-Identifier: Apache-2.0

import { cpus } from "node:os";
import { expect } from "chai";
import { buildFuzzer, fuzz, fuzzCompiler, fuzzTargets, orphanedCorpora, seedsOf } from "../../scripts/lib/fuzzers.mjs";
import { inParallel } from "../../scripts/lib/in-parallel.mjs";
import { requireOracle } from "../support/oracle.ts";

/** Long enough to go through the seeds and some ten thousand changes of them. `npm run fuzz` takes its time. */
const SECONDS = 1;

describe("Parsers of what kernels and clients send, fuzzed", function () {
  this.timeout(600_000);
  this.slow(60_000);

  const targets = fuzzTargets();
  const results = new Map();
  before(async function () {
    requireOracle.call(this, "clang with libFuzzer (packages clang, libclang-rt-14-dev)", fuzzCompiler() !== null);
    const program = await buildFuzzer();
    // The same seed gives the same changes: what fails here fails again.
    await inParallel(targets, cpus().length, async (target) => {
      results.set(target, await fuzz(program, target, SECONDS, ["-seed=1"]));
    });
  });

  it("have seeds, and no seeds are left of what is gone", () => {
    expect(targets.filter((target) => seedsOf(target).length === 0)).to.deep.equal([]);
    expect(orphanedCorpora()).to.deep.equal([]);
  });

  for (const target of targets) {
    it(target, () => {
      const { code, output } = results.get(target);
      expect(code, output).to.equal(0);
      expect(Number(/number_of_executed_units: (\d+)/.exec(output)?.[1]), output).to.be.above(1_000);
    });
  }
});
