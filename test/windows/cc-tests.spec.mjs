// SPDX-License-Identifier: Apache-2.0
// The C++ unit tests that know no Linux, built for Windows.

import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { ccTestName, compileNamed, windowsCcTests, windowsKind } from "../../scripts/lib/cc-tests.mjs";

const run = promisify(execFile);

describe("C++ unit tests on Windows", function () {
  this.timeout(600_000);
  this.slow(60_000);

  const { wine, env, compiler } = JSON.parse(process.env.HOSTSCOPE_WINDOWS);
  const tests = windowsCcTests();
  let folder;
  let link;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "hostscope-cc-tests-"));
    link = await compileNamed(windowsKind(compiler), tests, folder);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("are found, those for Windows alone too", () =>
    expect(tests.map(ccTestName)).to.include.members(["windows/account_names_test.cc", "core/worker_pool_test.cc"]));

  for (const test of tests) {
    it(ccTestName(test), async () => {
      const options = { env: { ...process.env, ...env }, timeout: 120_000, maxBuffer: 1 << 26 };
      await run(wine, [await link(test)], options);
    });
  }
});
