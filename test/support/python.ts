// SPDX-License-Identifier: Apache-2.0

import { spawnSync } from "node:child_process";
import { requireOracle } from "./oracle.ts";

/** The one on the path is often a user's own, without the distribution's packages, so the usual places are looked at too. */
const CANDIDATES = ["python3", "/usr/bin/python3", "/usr/local/bin/python3", "python"];
/** The release of psutil that the expectations are of: later ones have renamed and dropped some of it. */
const RELEASE = "5.9";

const answers = new Map<string, string | null>();

/** What one prints for a program, once for all; null if it fails or there is none. */
function ask(python: string, program: string): string | null {
  const key = `${python} ${program}`;
  const known = answers.get(key);
  if (known !== undefined) return known;
  const { status, stdout } = spawnSync(python, ["-c", program], { stdio: ["ignore", "pipe", "ignore"] });
  const answer = status === 0 ? stdout.toString().trim() : null;
  answers.set(key, answer);
  return answer;
}

/** A Python that can import all of these modules, or null. */
export function findPython(modules: readonly string[]): string | null {
  return CANDIDATES.find((python) => ask(python, `import ${modules.join(", ")}`) !== null) ?? null;
}

/** The first Python with a psutil of that release, or null, and the versions that were found until then. */
export function findPsutil(candidates: readonly string[] = CANDIDATES): { python: string | null; versions: string[] } {
  const versions: string[] = [];
  for (const python of candidates) {
    const version = ask(python, "import psutil; print(psutil.__version__)");
    if (version?.startsWith(`${RELEASE}.`)) return { python, versions: [...versions, version] };
    if (version !== null && !versions.includes(version)) versions.push(version);
  }
  return { python: null, versions };
}

/** Goes on, with a Python that has it, only if psutil of that release is there. Otherwise as `requireOracle`. */
export function requirePsutil(this: Mocha.Context): string {
  const { python, versions } = findPsutil();
  const others = versions.length === 0 ? "" : ` (only ${versions.join(" and ")})`;
  requireOracle.call(this, `python3-psutil ${RELEASE}${others}`, python !== null);
  return python as string;
}
