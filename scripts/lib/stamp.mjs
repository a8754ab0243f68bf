// SPDX-License-Identifier: Apache-2.0

import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CACHE } from "./paths.mjs";

/** Paths of all files below a folder, sorted. */
export function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    })
    .sort();
}

/** One hash of texts and of the names and contents of files. */
export function hashOf(texts, files) {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${text}\0`);
  for (const file of files) {
    const content = readFileSync(file);
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/** True if the last success under this name was with the same hash. */
export function isStamped(name, hash) {
  try {
    return readFileSync(join(CACHE, `${name}.stamp`), "utf8") === hash;
  } catch {
    return false;
  }
}

/** Remembers a success; whole or not at all. */
export function stamp(name, hash) {
  mkdirSync(CACHE, { recursive: true });
  const path = join(CACHE, `${name}.stamp`);
  writeFileSync(`${path}.${process.pid}`, hash);
  renameSync(`${path}.${process.pid}`, path);
}
