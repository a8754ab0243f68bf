// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { SOURCE } from "../../scripts/lib/cc-objects.mjs";
import { CROSS_TARGETS } from "../../scripts/lib/cross-targets.mjs";
import { compareReleases, elfFacts } from "../../scripts/lib/elf-facts.mjs";
import { ROOT } from "../../scripts/lib/paths.mjs";
import { runCaptured } from "../../scripts/lib/run-captured.mjs";
import { requireMachine } from "../support/oracle.ts";

const { floor, sources, flags } = CROSS_TARGETS["linux-x64"];
const isHere =
  process.platform === "linux" &&
  process.arch === "x64" &&
  process.report.getReport().header.glibcVersionRuntime !== undefined;

/** Its sources are those of the addon for publishing; that one is built in CI only, as it takes minutes. */
describe("What stands in for a newer glibc", function () {
  this.timeout(120_000);
  this.slow(20_000);

  let folder;
  before(function () {
    requireMachine.call(this, "Linux with glibc on x86-64", isHere);
    folder = mkdtempSync(join(tmpdir(), "hostscope-old-glibc-"));
  });
  after(() => folder && rmSync(folder, { recursive: true, force: true }));

  it("does what glibc does, and asks for none after the floor", async () => {
    const program = join(folder, "program");
    const files = [join(ROOT, "test", "support", "old_glibc.cc"), ...sources.map((file) => join(SOURCE, file))];
    const link = ["-static-libstdc++", "-static-libgcc", "-Wl,--gc-sections"];
    const built = await runCaptured("g++", [
      "-std=c++20",
      "-O1",
      "-Wall",
      "-Werror",
      ...flags,
      ...link,
      ...files,
      "-o",
      program,
    ]);
    expect(built.code, built.output).to.equal(0);
    symlinkSync(program, join(folder, "link"));
    const { code, output } = await runCaptured(program, [program, join(folder, "link")]);
    expect(output).to.equal("");
    expect(code).to.equal(0);
    const { imports } = await elfFacts(program);
    const newer = imports.filter((name) => compareReleases(/@GLIBC_([\d.]+)/.exec(name)?.[1] ?? "0", floor) > 0);
    // Programs, unlike libraries, begin in a function that is itself newer.
    expect(newer.filter((name) => !name.startsWith("__libc_start_main@"))).to.deep.equal([]);
    expect(newer).to.have.lengthOf(1);
  });
});
