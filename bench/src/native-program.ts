// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

interface CcObjects {
  SOURCE: string;
  namedSources(file: string): string[];
  compileObjects(name: string, command: readonly string[], sources: readonly string[]): Promise<Map<string, string>>;
  runCompiler(compiler: string, args: readonly string[]): Promise<void>;
}

/** Builds a C++ program of bench/native with the collector's own sources and optimisation. Gives its path. */
export async function buildNativeProgram(name: string): Promise<{ program: string; remove(): void }> {
  const library = new URL("../../scripts/lib/cc-objects.mjs", import.meta.url).href;
  const { SOURCE, namedSources, compileObjects, runCompiler } = (await import(library)) as CcObjects;
  const main = fileURLToPath(new URL(`../native/${name}.cc`, import.meta.url));
  const compiler = process.env.CXX?.trim() || "g++";
  const flags = ["-std=c++20", "-O2", "-pthread", "-I", SOURCE];
  const about = ['-DHOSTSCOPE_VERSION="0.0.0"', '-DHOSTSCOPE_PLATFORM="linux"'];
  const objects = await compileObjects("bench", [compiler, ...flags, ...about], namedSources(main));
  const folder = mkdtempSync(join(tmpdir(), "hostscope-bench-"));
  const program = join(folder, name);
  await runCompiler(compiler, [...flags, main, ...objects.values(), "-o", program]);
  return { program, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
