// SPDX-License-Identifier: Apache-2.0

import { existsSync, lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { git } from "./git.mjs";
import { ROOT } from "./paths.mjs";

/** Paths of all files that are, or would be, committed. */
export async function repoPaths() {
  const { code, output } = await git("ls-files", "-z", "--cached", "--others", "--exclude-standard");
  if (code !== 0) throw new Error(`cannot list the files of this checkout: ${output}`);
  return [...new Set(output.split("\0"))].filter((path) => path !== "" && existsSync(join(ROOT, path))).sort();
}

/** The same with their texts, but for links, and for files with a NUL byte, which are no text. */
export async function repoFiles() {
  return (await repoPaths())
    .filter((path) => lstatSync(join(ROOT, path)).isFile())
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }))
    .filter(({ text }) => !text.includes("\0"));
}

/** Written by scripts/gen.mjs. */
export const isGenerated = (path) => /(^|\/)gen\//.test(path);

/** A test, or help for tests beside the source. */
export const isTest = (path) => /\.spec\.(ts|mjs)$|_test\.cc$|\/spec-support\//.test(path);
