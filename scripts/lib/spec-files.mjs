// SPDX-License-Identifier: Apache-2.0

import { existsSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { ROOT } from "./paths.mjs";

const TOPS = ["packages", "proto", "scripts", "test", "tools", "bench"];
const SKIPPED = new Set(["node_modules", "gen", "build", "dist", "prebuilds"]);

function specsBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : specsBelow(path);
    return /\.spec\.(ts|mjs)$/.test(entry.name) ? [path] : [];
  });
}

/** Every test file of the repository, relative to its top, in a fixed order. */
export function specFiles() {
  return TOPS.flatMap((top) => specsBelow(join(ROOT, top)))
    .map((path) => relative(ROOT, path))
    .sort();
}
