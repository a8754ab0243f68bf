// SPDX-License-Identifier: Apache-2.0

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./paths.mjs";

/** Paths of all files that are, or would be, committed. */
export function repoPaths() {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const listed = execFileSync("git", args, { cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 28 });
  return [...new Set(listed.split("\0"))].filter((path) => path !== "" && existsSync(join(ROOT, path))).sort();
}

/** The same with their texts; files with a NUL byte are no text and left out. */
export function repoFiles() {
  return repoPaths()
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }))
    .filter(({ text }) => !text.includes("\0"));
}

/** Written by scripts/gen.mjs. */
export const isGenerated = (path) => /(^|\/)gen\//.test(path);

/** A test, or help for tests beside the source. */
export const isTest = (path) => /\.spec\.(ts|mjs)$|_test\.cc$|\/spec-support\//.test(path);
