// SPDX-License-Identifier: Apache-2.0
// Builds and runs the fuzz targets of packages/native/fuzz, which are one program.

import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileObjects, compileUnity, namedSources, runCompiler, SOURCE } from "./cc-objects.mjs";
import { CACHE, NATIVE } from "./paths.mjs";
import { runCaptured } from "./run-captured.mjs";
import { filesBelow, hashOf } from "./stamp.mjs";
import { findProgram } from "./toolchain.mjs";

const FUZZ = join(NATIVE, "fuzz");
const CORPUS = join(FUZZ, "corpus");
const SANITIZE = ["-fsanitize=fuzzer,address,undefined", "-fno-sanitize-recover=all"];
const FLAGS = ["-std=c++20", "-O1", "-gline-tables-only", "-UNDEBUG", ...SANITIZE, "-I", SOURCE, "-I", FUZZ];

/** The compiler that has libFuzzer, or null. */
export const fuzzCompiler = () => findProgram(["clang++", "clang++-14"]);

const targetFiles = () => filesBelow(FUZZ).filter((file) => file.endsWith("_fuzz.cc"));

/** Names of all targets, sorted. */
export function fuzzTargets() {
  const names = targetFiles().flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/^FUZZ_TARGET\((\w+)\)/gm)].map(([, name]) => name),
  );
  return names.sort();
}

/** Inputs that a target starts from. */
export function seedsOf(target) {
  const folder = join(CORPUS, target);
  return existsSync(folder) ? filesBelow(folder) : [];
}

/** Seeds of no target: its name has changed. */
export function orphanedCorpora() {
  const targets = new Set(fuzzTargets());
  return readdirSync(CORPUS).filter((name) => !targets.has(name));
}

/** Path of the program with all targets, built if a source has changed. */
export async function buildFuzzer() {
  const files = targetFiles();
  const command = [fuzzCompiler(), ...FLAGS];
  const objects = [
    ...(await compileUnity("fuzz", command, files.flatMap(namedSources))),
    ...(await compileObjects("fuzz", command, [join(FUZZ, "main.cc"), ...files])).values(),
  ];
  const program = join(CACHE, "objects", "fuzz", `fuzzer-${hashOf(SANITIZE, objects).slice(0, 16)}`);
  if (existsSync(program)) return program;
  await runCompiler(fuzzCompiler(), [...SANITIZE, ...objects, "-o", `${program}.${process.pid}`]);
  renameSync(`${program}.${process.pid}`, program);
  return program;
}

/**
 * Runs one target for so many seconds. Gives `{code, output}`; what it found is in the output, as Base64 too.
 * New inputs are thrown away: the corpus in the repository is for seeds.
 */
export async function fuzz(program, target, seconds, flags = []) {
  const folder = mkdtempSync(join(tmpdir(), `hostscope-fuzz-${target}-`));
  const limits = [`-max_total_time=${seconds}`, "-timeout=10", "-rss_limit_mb=1024", "-max_len=4096"];
  const args = [...limits, "-print_final_stats=1", `-artifact_prefix=${folder}/`, ...flags];
  try {
    const env = { ...process.env, HOSTSCOPE_FUZZ_TARGET: target };
    return await runCaptured(program, [...args, folder, join(CORPUS, target)], { env });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
