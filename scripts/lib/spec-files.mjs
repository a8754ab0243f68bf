// SPDX-License-Identifier: Apache-2.0

import { existsSync, readdirSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
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

/** Not run by `npm test`, as they need another compiler and Wine. */
const WINDOWS = join("test", "windows");

const sorted = (paths) => paths.map((path) => relative(ROOT, path)).sort();

/** Every test file of `npm test`, relative to the top, in a fixed order. */
export function specFiles() {
  return sorted(TOPS.flatMap((top) => specsBelow(join(ROOT, top)))).filter((path) => !path.startsWith(WINDOWS));
}

/** Those of `npm run test:windows`: the conformance suite runs on both. */
export function windowsSpecFiles() {
  return sorted([join("test", "conformance"), WINDOWS].flatMap((folder) => specsBelow(join(ROOT, folder))));
}

/** Arguments for Mocha: folders among them are the test files below, and without any path they are for all `files`. */
export function withSpecFiles(args, files) {
  let isNamed = false;
  const given = args.flatMap((arg) => {
    const path = resolve(ROOT, arg);
    if (arg.startsWith("-") || !existsSync(path)) return [arg];
    isNamed = true;
    return statSync(path).isDirectory() ? specsBelow(path) : [arg];
  });
  return isNamed ? given : [...given, ...files];
}
