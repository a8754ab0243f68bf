// SPDX-License-Identifier: Apache-2.0
// C++ for tests: each source is compiled once for all programs that need it, and again only if something has changed.

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { inParallel } from "./in-parallel.mjs";
import { CACHE, NATIVE } from "./paths.mjs";
import { runCaptured } from "./run-captured.mjs";
import { filesBelow, hashOf } from "./stamp.mjs";

/** Folder of the C++ sources. */
export const SOURCE = join(NATIVE, "src");

/** Runs a compiler or linker; throws with its output if it fails. */
export async function runCompiler(compiler, args) {
  const { code, output } = await runCaptured(compiler, args);
  if (code !== 0) throw new Error(`${compiler} ${args.join(" ")}\n${output}`);
}

const require = createRequire(import.meta.url);
const { addonSources } = require(join(NATIVE, "sources.cjs"));
const { unityFiles } = require(join(NATIVE, "unity.cjs"));

/** Sources of an addon with this backend. */
export const addonSourcesOf = (backend) => addonSources(backend).map((file) => join(NATIVE, file));

const knowsNode = (file) => dirname(file) === join(SOURCE, "addon") || file === join(SOURCE, "addon.cc");

/** What of them knows Node. */
export const nodeSources = () => addonSourcesOf("linux").filter(knowsNode);

/** Everything but that. */
export const collectorSources = () => addonSourcesOf("linux").filter((file) => !knowsNode(file));

/** Whether a program can be built for Windows alone: its first line says `windows sources:`. */
export const isForWindows = (file) => readFileSync(file, "utf8").startsWith("// windows sources: ");

/** Sources that a program is linked with besides its own: the first line names them, or says `all`. */
export function namedSources(file) {
  const names =
    /^\/\/ (?:windows )?sources: (.+)$/.exec(readFileSync(file, "utf8").split("\n")[0])?.[1].split(/\s+/) ?? [];
  return names.flatMap((name) => (name === "all" ? collectorSources() : [join(SOURCE, name)]));
}

/** Compiles files, each unless it and what it `reads` is as before; paths of the objects, in the order of the files. */
async function compileAll(name, [compiler, ...flags], files) {
  const folder = join(CACHE, "objects", name);
  mkdirSync(folder, { recursive: true });
  const headers = ["src", "fuzz"].flatMap((part) => filesBelow(join(NATIVE, part))).filter((file) => /\.h$/.test(file));
  const common = hashOf([compiler, ...flags], headers);
  return await inParallel(files, cpus().length, async ({ path, stem, reads }) => {
    const object = join(folder, `${stem}-${hashOf([common], reads).slice(0, 16)}.o`);
    if (!existsSync(object)) {
      for (const old of readdirSync(folder)) if (old.startsWith(`${stem}-`)) rmSync(join(folder, old), { force: true });
      await runCompiler(compiler, [...flags, "-c", path, "-o", `${object}.${process.pid}`]);
      renameSync(`${object}.${process.pid}`, object);
    }
    return object;
  });
}

/** Compiles sources one by one and gives the path of the object of each. `name` keeps sets with different flags apart. */
export async function compileObjects(name, command, sources) {
  const each = [...new Set(sources)];
  const stem = (source) => relative(NATIVE, source).replaceAll(/[^\w.]/g, "-");
  const files = each.map((source) => ({ path: source, stem: stem(source), reads: [source] }));
  const objects = await compileAll(name, command, files);
  return new Map(each.map((source, at) => [source, objects[at]]));
}

/** Compiles sources of one program or library, many at a time, and gives the paths of the objects. */
export async function compileUnity(name, command, sources) {
  const units = unityFiles(
    [...new Set(sources)].map((source) => relative(SOURCE, source).replaceAll("\\", "/")),
    join(CACHE, "objects", name, "unity"),
  );
  const files = units.map(({ path, sources: parts }) => ({
    path,
    stem: `unity-${basename(path)}`,
    reads: [path, ...parts.map((part) => join(SOURCE, part))],
  }));
  return await compileAll(name, command, files);
}
