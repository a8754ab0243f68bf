// SPDX-License-Identifier: Apache-2.0
// Unity builds: most of the time that a source takes goes into headers that its neighbours include, too. A few files that
// include many sources each compile in a third of it. So names are unique in a folder, those in anonymous namespaces too.
const { mkdirSync, readFileSync, writeFileSync } = require("node:fs");
const { join, posix } = require("node:path");

/** Sources in one file, at most: few enough that each core has some. */
const MOST = 24;

/**
 * Writes the files for these sources, given relative to src with slashes, into a folder; what is there already and the same
 * stays untouched. Gives the path of each and the sources in it.
 */
function unityFiles(sources, folder) {
  mkdirSync(folder, { recursive: true });
  const folders = new Map();
  for (const source of sources) {
    const name = posix.dirname(source);
    folders.set(name, [...(folders.get(name) ?? []), source]);
  }
  return [...folders].flatMap(([name, all]) => {
    const count = Math.ceil(all.length / MOST);
    return Array.from({ length: count }, (_, at) => {
      const part = all.slice(Math.round((at * all.length) / count), Math.round(((at + 1) * all.length) / count));
      const path = join(folder, `${name === "." ? "src" : name.replaceAll("/", "-")}-${at + 1}.cc`);
      write(path, part.map((source) => `#include "${source}"\n`).join(""));
      return { path, sources: part };
    });
  });
}

function write(path, text) {
  try {
    if (readFileSync(path, "utf8") === text) return;
  } catch {}
  writeFileSync(path, text);
}

module.exports = { unityFiles };
