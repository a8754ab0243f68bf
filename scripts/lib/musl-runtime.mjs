// SPDX-License-Identifier: Apache-2.0

import { existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { runCompiler, SOURCE } from "./cc-objects.mjs";
import { buildMuslLibrary, MUSL_ARCHIVE, MUSL_FLAGS, MUSL_LIBC } from "./musl-library.mjs";
import { CACHE } from "./paths.mjs";
import { hashOf, isStamped, stamp } from "./stamp.mjs";

const STAMP = "musl-runtime";
const FOLDER = join(CACHE, "musl-runtime");

/**
 * A folder with the two libraries that programs for musl are linked with, by the names that they have on Alpine: what
 * Debian has is the C library alone.
 */
export async function buildMuslRuntime() {
  await buildMuslLibrary();
  const unwinding = join(SOURCE, "libc", "find_object.cc");
  const hash = hashOf([], [MUSL_ARCHIVE, unwinding]);
  const library = join(FOLDER, "libstdc++.so.6");
  if (isStamped(STAMP, hash) && existsSync(library)) return FOLDER;
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  symlinkSync(MUSL_LIBC, join(FOLDER, "libc.musl-x86_64.so.1"));
  const whole = ["-Wl,--whole-archive", MUSL_ARCHIVE, "-lgcc_eh", "-Wl,--no-whole-archive", "-lgcc"];
  const flags = ["-shared", "-fPIC", "-O2", ...MUSL_FLAGS, "-nodefaultlibs", "-Wl,-soname,libstdc++.so.6"];
  await runCompiler("g++", [...flags, unwinding, ...whole, `-L${dirname(MUSL_LIBC)}`, "-l:libc.so", "-o", library]);
  stamp(STAMP, hash);
  return FOLDER;
}
