// SPDX-License-Identifier: Apache-2.0

import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "chai";

const run = promisify(execFile);
const SOURCE = fileURLToPath(new URL("../../packages/native/src", import.meta.url));
const [COMPILER = "g++", ...COMPILER_FLAGS] = (process.env.CXX ?? "g++").trim().split(/\s+/);
const SANITIZE = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-g"];
/** In CI, where the libraries for it are installed, a wrong access or an overflow ends the program too. */
const SANITIZERS = process.env.HOSTSCOPE_REQUIRE_ORACLES === "1" ? SANITIZE : [];
const WARNINGS = ["-Wall", "-Wextra", "-Werror"];
const FLAGS = [...COMPILER_FLAGS, "-std=c++20", "-UNDEBUG", "-pthread", ...WARNINGS, ...SANITIZERS, "-I", SOURCE];

/** Sources that a test program is linked with: those that its first line names, as `// sources: a.cc b.cc`. */
function sourcesOf(test: string): string[] {
  const [first = ""] = readFileSync(test, "utf8").split("\n");
  const names = /^\/\/ sources: (.+)$/.exec(first)?.[1] ?? "";
  return names.split(/\s+/).flatMap((name) => (name === "" ? [] : [join(SOURCE, name)]));
}

describe("C++ unit tests", function () {
  this.timeout(120_000);
  this.slow(30_000);

  const tests = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith("_test.cc"));
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "hostscope-cc-tests-"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("are found", () => expect(tests).not.to.be.empty);

  for (const test of tests.map((path) => join(SOURCE, path)).sort()) {
    it(relative(SOURCE, test), async () => {
      const program = join(folder, "test");
      await run(COMPILER, [...FLAGS, test, ...sourcesOf(test), "-o", program]);
      await run(program, [], { timeout: 60_000 });
    });
  }
});
