// SPDX-License-Identifier: Apache-2.0

import { spawnSync } from "node:child_process";

const CANDIDATES = ["python3", "/usr/bin/python3", "/usr/local/bin/python3", "python"];

const found = new Map<string, string | null>();

function canImport(python: string, modules: readonly string[]): boolean {
  return spawnSync(python, ["-c", `import ${modules.join(", ")}`], { stdio: "ignore" }).status === 0;
}

/**
 * A Python that can import all of these modules, or null. The one on the path is often a user's own, without the
 * distribution's packages, so the usual places are looked at too.
 */
export function findPython(modules: readonly string[]): string | null {
  const key = modules.join();
  const known = found.get(key);
  if (known !== undefined) return known;
  const python = CANDIDATES.find((candidate) => canImport(candidate, modules)) ?? null;
  found.set(key, python);
  return python;
}
