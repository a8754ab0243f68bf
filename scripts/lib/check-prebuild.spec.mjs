// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { elfProblems, peProblems } from "./check-prebuild.mjs";
import { compareReleases, elfFacts } from "./elf-facts.mjs";
import { nodeThunks, undefinedNames } from "./node-thunks.mjs";
import { parsePe, peFacts } from "./pe-facts.mjs";
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

const GOOD_PE = {
  machine: "x86-64",
  characteristics: ["HIGH_ENTROPY_VA", "DYNAMIC_BASE", "NX_COMPAT"],
  needed: ["kernel32.dll", "msvcrt.dll"],
  exports: GOOD.exports,
  nodeNames: ["napi_get_value_int32", "napi_register_module_v1"],
};
const peProblemsOf = (changed, bytes = 2 << 20) =>
  peProblems({ machine: "x86-64" }, { ...GOOD_PE, ...changed }, bytes, OF_NODE).join("; ");

const MAIN_OF_THUNKS = `#include <stdio.h>
#include <string.h>
extern void* hostscope_node_functions[];
extern const char hostscope_node_names[];
int napi_a(void), napi_b(void);
static int one(void) { return 1; }
static int two(void) { return 2; }
int main(void) {
  for (const char* name = hostscope_node_names; *name; name += strlen(name) + 1) printf("%s ", name);
  hostscope_node_functions[0] = one;
  hostscope_node_functions[1] = two;
  printf("%d %d\\n", napi_a(), napi_b());
}
`;

/** A library of one section for a 64-bit Windows that needs two others, one of them late, and offers one name. */
function tinyPe() {
  const bytes = Buffer.alloc(0x600);
  const address = 0x1000; // of what lies at 0x200 of the file
  const put32 = (at, ...values) => {
    for (const [index, value] of values.entries()) bytes.writeUInt32LE(value, at + 4 * index);
  };
  const text = (at, value) => bytes.write(`${value}\0`, at, "latin1");
  text(0, "MZ");
  put32(0x3c, 0x80);
  text(0x80, "PE\0");
  bytes.writeUInt16LE(0x8664, 0x84);
  bytes.writeUInt16LE(1, 0x86);
  bytes.writeUInt16LE(240, 0x94);
  bytes.writeUInt16LE(0x20b, 0x98);
  bytes.writeUInt16LE(0x40 | 0x100, 0x98 + 70);
  put32(0x98 + 108, 16);
  const [section, directories] = [0x98 + 240, 0x98 + 112];
  put32(section + 8, 0x400, address, 0x400, 0x200);
  put32(directories, address, 40, address + 0x40, 40); // exports, imports
  put32(directories + 8 * 13, address + 0x80, 64);
  put32(0x200 + 24, 1);
  put32(0x200 + 32, address + 0x100);
  put32(0x240 + 12, address + 0x110);
  put32(0x280 + 4, address + 0x120);
  put32(0x300, address + 0x130);
  text(0x310, "KERNEL32.dll");
  text(0x320, "node.exe");
  text(0x330, "offered");
  text(0x340, "napi_later");
  return bytes;
}

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

  it("passes one for Windows that asks for no more than it may, and refuses all else", () => {
    expect(peProblemsOf({})).to.equal("");
    expect(peProblemsOf({ machine: "ARM64" })).to.equal("is for ARM64, not for x86-64");
    for (const name of ["libstdc++-6.dll", "libgcc_s_seh-1.dll", "libwinpthread-1.dll", "node.exe", "pdh.dll"]) {
      expect(peProblemsOf({ needed: [...GOOD_PE.needed, name] })).to.equal(`needs ${name}`);
    }
    expect(peProblemsOf({ characteristics: ["DYNAMIC_BASE"] })).to.equal("is not marked HIGH_ENTROPY_VA, NX_COMPAT");
    expect(peProblemsOf({ exports: [] })).to.contain("lacks napi_register_module_v1");
    expect(peProblemsOf({ exports: [...GOOD.exports, "DllMain"] })).to.equal("offers DllMain");
    expect(peProblemsOf({ nodeNames: [...GOOD_PE.nodeNames, "node_api_post_finalizer"] })).to.contain(
      "node_api_post_finalizer, which are not in Node-API 8",
    );
    expect(peProblemsOf({ nodeNames: ["napi_register_module_v1"] })).to.equal("asks Node for nothing");
    expect(peProblemsOf({}, 5 << 20)).to.contain("5242880 bytes");
  });

  it("reads a library for Windows by its bytes, and says so of what is none", () => {
    expect(parsePe(tinyPe())).to.deep.equal({
      machine: "x86-64",
      characteristics: ["DYNAMIC_BASE", "NX_COMPAT"],
      needed: ["kernel32.dll", "node.exe"],
      exports: ["offered"],
      nodeNames: ["napi_later"],
    });
    const outside = tinyPe();
    outside.writeUInt32LE(0x99999, 0x98 + 112);
    const narrow = tinyPe();
    narrow.writeUInt16LE(0x10b, 0x98);
    for (const odd of [
      Buffer.alloc(0),
      Buffer.from("MZ"),
      Buffer.alloc(4096),
      tinyPe().subarray(0, 0x150),
      outside,
      narrow,
    ]) {
      expect(() => parsePe(odd)).to.throw();
    }
    expect(() => peFacts("/etc/passwd")).to.throw("/etc/passwd is no library for Windows");
  });

  it("makes jumps of what objects want of Node", async () => {
    const names = undefinedNames(
      "\na.o:\n                 U napi_b\n                 U __imp_napi_a\n0000 T own\n U napi_b\n",
    );
    expect(names).to.deep.equal(["napi_a", "napi_b"]);
    const folder = mkdtempSync(join(tmpdir(), "hostscope-thunks-"));
    try {
      // For ELF, which has no section of that type: all else is the same to the assembler.
      const source = nodeThunks(names).replace('.rdata,"dr"', '.rodata,"a"');
      writeFileSync(join(folder, "t.s"), source);
      writeFileSync(join(folder, "m.c"), MAIN_OF_THUNKS);
      const build = ["-no-pie", "-z", "noexecstack", "-o", join(folder, "m"), join(folder, "m.c"), join(folder, "t.s")];
      const built = await runCaptured("gcc", build);
      expect(built.code, built.output).to.equal(0);
      const { code, output } = await runCaptured(join(folder, "m"), []);
      expect([code, output.trim()]).to.deep.equal([0, "napi_a napi_b 1 2"]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
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
