// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { elfProblems } from "./check-prebuild.mjs";
import { compareReleases, elfFacts } from "./elf-facts.mjs";
import { runCaptured } from "./run-captured.mjs";
import { answerProblems } from "./smoke-prebuild.mjs";

const MACHINE = "Advanced Micro Devices X86-64";
const TARGET = { libc: "glibc", floor: "2.28", machine: MACHINE };
const OF_NODE = new Set(["napi_get_value_int32", "napi_module_register"]);
const GOOD = {
  machine: MACHINE,
  needed: ["libc.so.6", "ld-linux-x86-64.so.2"],
  exports: ["napi_register_module_v1", "node_api_module_get_api_version_v1"],
  imports: ["napi_get_value_int32", "read@GLIBC_2.2.5"],
  versions: [{ family: "GLIBC", release: "2.28" }],
};
const problems = (changed, bytes = 2 << 20) => elfProblems(TARGET, { ...GOOD, ...changed }, bytes, OF_NODE).join("; ");

describe("The check of an addon for publishing", () => {
  it("passes one that asks for no more than it may", () => expect(problems({})).to.equal(""));

  it("refuses a newer C library, and the C++ library's versions", () => {
    expect(problems({ versions: [{ family: "GLIBC", release: "2.30" }] })).to.equal("asks for GLIBC_2.30");
    expect(problems({ versions: [{ family: "GLIBCXX", release: "3.4" }] })).to.equal("asks for GLIBCXX_3.4");
  });

  it("refuses other libraries, other names, another processor, and a file that is too big", () => {
    expect(problems({ needed: ["libc.so.6", "libstdc++.so.6"] })).to.equal("needs libstdc++.so.6");
    expect(problems({ exports: [...GOOD.exports, "_ZSt4cout"] })).to.equal("offers _ZSt4cout");
    expect(problems({ exports: GOOD.exports.slice(1) })).to.equal("lacks napi_register_module_v1");
    expect(problems({ machine: "AArch64" })).to.contain("is for AArch64");
    expect(problems({}, 5 << 20)).to.contain("5242880 bytes");
  });

  it("refuses what newer releases of Node have, and what asks Node for nothing", () => {
    expect(problems({ imports: ["napi_get_value_int32", "node_api_post_finalizer"] })).to.contain("not in Node-API 8");
    expect(problems({ imports: ["read@GLIBC_2.2.5"] })).to.equal("asks Node for nothing");
  });

  it("compares releases as numbers", () => {
    expect(compareReleases("2.9", "2.28")).to.be.lessThan(0);
    expect(compareReleases("2.28", "2.28")).to.equal(0);
    expect(compareReleases("2.2.5", "2.2")).to.be.greaterThan(0);
  });

  it("reads a library that a compiler has just made", async () => {
    const folder = mkdtempSync(join(tmpdir(), "hostscope-elf-"));
    try {
      const [source, library] = [join(folder, "a.c"), join(folder, "a.so")];
      const asks = "int getpid(void); __attribute__((weak)) int elsewhere(void);";
      writeFileSync(
        source,
        `${asks} static int own = 1; int offered(void) { return own + getpid() + (elsewhere ? 1 : 0); }`,
      );
      const { code, output } = await runCaptured("gcc", ["-shared", "-fPIC", "-o", library, source]);
      expect(code, output).to.equal(0);
      const facts = await elfFacts(library);
      expect(facts.exports).to.deep.equal(["offered"]);
      expect(facts.imports.map((name) => name.split("@")[0])).to.deep.equal(["getpid"]);
      expect(facts.needed).to.deep.equal(["libc.so.6"]);
      expect(facts.versions.map(({ family }) => family)).to.include("GLIBC");
      await elfFacts(source).then(
        () => expect.fail("it read a text"),
        (error) => expect(error.message).to.contain("cannot read"),
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("believes no answer of a program that saw another machine, or nothing", () => {
    const answer = {
      platform: "linux",
      arch: "x64",
      user: 1,
      system: 1,
      idle: 1,
      processes: 9,
      name: "node",
      cpuSeconds: 0.1,
    };
    expect(answerProblems("linux-x64", answer)).to.deep.equal([]);
    expect(answerProblems("linux-arm64", answer)).to.deep.equal(["ran on linux-x64"]);
    for (const wrong of [{ user: 0, system: 0 }, { processes: 0 }, { name: undefined }, { cpuSeconds: null }]) {
      expect(answerProblems("linux-x64", { ...answer, ...wrong })).to.have.lengthOf(1);
    }
  });
});
