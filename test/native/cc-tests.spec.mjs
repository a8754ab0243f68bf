// SPDX-License-Identifier: Apache-2.0

import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { ccTestName, ccTests, compileTests, plain, sanitized } from "../../scripts/lib/cc-tests.mjs";

const run = promisify(execFile);
/** In CI, where the libraries for it are installed. */
const KIND = process.env.HOSTSCOPE_REQUIRE_ORACLES === "1" ? sanitized : plain;

describe("C++ unit tests", function () {
  this.timeout(600_000);
  this.slow(30_000);

  const tests = ccTests();
  let folder;
  let link;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "hostscope-cc-tests-"));
    link = await compileTests(KIND, tests, folder);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("are found", () => expect(tests).not.to.be.empty);

  for (const test of tests) {
    it(ccTestName(test), async () => {
      await run(await link(test), [], { timeout: 60_000, maxBuffer: 1 << 26 });
    });
  }
});
