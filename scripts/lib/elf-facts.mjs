// SPDX-License-Identifier: Apache-2.0

import { runCaptured } from "./run-captured.mjs";

/** Release numbers such as "2.28", compared as numbers. */
export function compareReleases(a, b) {
  const [left, right] = [a, b].map((text) => text.split(".").map(Number));
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** What a library asks of others and offers them, from the output of `readelf --wide --dynamic --dyn-syms --version-info`. */
export function parseReadelf(text) {
  const symbols = [...text.matchAll(/^ *\d+: [0-9a-f]+ +\w+ +\w+ +(\w+) +\w+ +(\w+) (\S+)/gm)].map(
    ([, binding, section, name]) => ({
      name,
      isImport: section === "UND",
      isWeak: binding === "WEAK",
      isLocal: binding === "LOCAL",
    }),
  );
  const versions = [...text.matchAll(/\bName: ([A-Z_]+)_(\d[\d.]*)\b/g)].map(([, family, release]) => ({
    family,
    release,
  }));
  return {
    machine: /^ +Machine: +(.+)$/m.exec(text)?.[1] ?? null,
    needed: [...text.matchAll(/\(NEEDED\) +Shared library: \[(.+)\]/g)].map(([, name]) => name),
    exports: symbols.filter(({ isImport, isLocal }) => !isImport && !isLocal).map(({ name }) => name),
    imports: symbols.filter(({ isImport, isWeak }) => isImport && !isWeak).map(({ name }) => name),
    versions,
  };
}

/** The same of a file; throws if it is no ELF library. */
export async function elfFacts(path) {
  const flags = ["--wide", "--file-header", "--dynamic", "--dyn-syms", "--version-info"];
  const { code, output } = await runCaptured("readelf", [...flags, path], { env: { ...process.env, LC_ALL: "C" } });
  const facts = parseReadelf(output);
  if (code !== 0 || facts.machine === null) throw new Error(`readelf cannot read ${path}:\n${output}`);
  return facts;
}
