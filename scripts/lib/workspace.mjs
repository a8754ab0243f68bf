// SPDX-License-Identifier: Apache-2.0

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./paths.mjs";

/** The `packages:` list of pnpm-workspace.yaml; read by hand because nothing is installed yet. */
function patterns() {
  const lines = readFileSync(join(ROOT, "pnpm-workspace.yaml"), "utf8").split("\n");
  const first = lines.indexOf("packages:") + 1;
  const length = lines.slice(first).findIndex((line) => !line.startsWith("  - "));
  return lines.slice(first, first + length).map((line) => line.slice(4).trim());
}

/** Folders of all packages of the workspace, the root first. */
export function packageFolders() {
  const found = patterns().flatMap((pattern) => {
    if (!pattern.endsWith("/*")) return [join(ROOT, pattern)];
    const parent = join(ROOT, pattern.slice(0, -2));
    return existsSync(parent) ? readdirSync(parent).map((name) => join(parent, name)) : [];
  });
  return [ROOT, ...found.sort()].filter((folder) => existsSync(join(folder, "package.json")));
}

/** The parsed package.json of a folder. */
export function manifest(folder) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}
