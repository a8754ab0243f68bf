// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import {
  collectorSources,
  compileObjects,
  compileUnity,
  isForWindows,
  namedSources,
  runCompiler,
  SOURCE,
} from "./cc-objects.mjs";
import { CROSS_TARGETS } from "./cross-targets.mjs";
import { NATIVE } from "./paths.mjs";
import { filesBelow } from "./stamp.mjs";

/** The compiler that the addon is built with. */
export const COMPILER = (process.env.CXX ?? "g++").trim().split(/\s+/);
const SANITIZE = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"];
/** What the sanitizers put into the code confuses this one warning; the plain build has it on. */
const CONFUSED = ["-Wno-maybe-uninitialized"];
const WARNINGS = ["-Wall", "-Wextra", "-Werror"];
const FLAGS = ["-std=c++20", "-O1", "-g1", "-fPIC", "-UNDEBUG", "-pthread", ...WARNINGS, "-I", SOURCE];

/** With sanitizers, a wrong access, an overflow or a leak ends the program too. */
export const sanitized = {
  name: "sanitized",
  compiler: [...COMPILER, ...FLAGS, ...SANITIZE, ...CONFUSED],
  link: SANITIZE,
};
export const plain = { name: "plain", compiler: [...COMPILER, ...FLAGS], link: [] };

const { version } = JSON.parse(readFileSync(join(NATIVE, "package.json"), "utf8"));
const VERSION = [`-DHOSTSCOPE_VERSION="${version}"`, '-DHOSTSCOPE_PLATFORM="linux"'];

const commandOf = (kind, flags = []) => [...kind.compiler, ...VERSION, ...flags];

/** Objects of these sources, compiled as `kind` says. */
export const unityOf = (kind, sources, flags) => compileUnity(kind.name, commandOf(kind, flags), sources);

/** Links objects into a program, or a library with `-shared` among the flags. */
export const link = (kind, objects, output, flags = []) => {
  const [linker, ...first] = kind.linker ?? COMPILER;
  return runCompiler(linker, [...first, "-pthread", ...flags, ...objects, ...kind.link, "-o", output]);
};

/** For Windows, with the compiler that the addon for it is built with. */
export const windowsKind = (compiler) => ({
  name: "windows",
  compiler: [...compiler, ...FLAGS, ...CROSS_TARGETS["win32-x64"].flags],
  suffix: ".exe",
  linker: compiler.slice(-1),
  link: CROSS_TARGETS["win32-x64"].link,
});

const allTests = () => filesBelow(SOURCE).filter((file) => file.endsWith("_test.cc"));

/** Every x_test.cc that can be built here, sorted. */
export const ccTests = () => allTests().filter((file) => !isForWindows(file));

/** Those that can be built for Windows: what knows no Linux. */
export function windowsCcTests() {
  const elsewhere = ["linux", "posix"].map((folder) => join(SOURCE, folder) + sep);
  const knows = (file) => elsewhere.some((folder) => file.startsWith(folder));
  return allTests().filter((file) => ![file, ...namedSources(file)].some(knows));
}

/** How a test is called: its path below src. */
export const ccTestName = (test) => relative(SOURCE, test);

const programName = (test, suffix = "") => ccTestName(test).replaceAll("/", "-").replace(/\.cc$/, suffix);

/** Compiles everything that the tests need into a folder; gives a function that links one of them there. */
export async function compileTests(kind, tests, folder) {
  const objects = await compileObjects(kind.name, commandOf(kind), tests);
  const library = join(folder, "libcollector.so");
  await link(kind, await unityOf(kind, [...collectorSources(), ...tests.flatMap(namedSources)]), library, ["-shared"]);
  return async (test) => {
    const program = join(folder, programName(test));
    await link(kind, [objects.get(test), library], program);
    return program;
  };
}

/** The same for tests that not everything can be compiled for: with the sources that each names. */
export async function compileNamed(kind, tests, folder) {
  const objects = await compileObjects(kind.name, commandOf(kind), [...tests, ...tests.flatMap(namedSources)]);
  return async (test) => {
    const program = join(folder, programName(test, kind.suffix));
    await link(
      kind,
      [...new Set([test, ...namedSources(test)])].map((source) => objects.get(source)),
      program,
    );
    return program;
  };
}
