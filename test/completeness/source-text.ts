// SPDX-License-Identifier: Apache-2.0
// What the sources say, as far as completeness is a matter of their text: doc comments, and which tests call what.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

function textsBelow(folder: string, isMeant: (name: string) => boolean): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => !name.includes("node_modules") && isMeant(name))
    .map((name) => readFileSync(join(ROOT, folder, name), "utf8"));
}

const sdk = textsBelow("packages/client/src", (name) => name.endsWith(".ts") && !name.endsWith(".spec.ts"));

/** Whether a member of a class has a doc comment, at its first overload. */
export function isMemberDocumented(name: string): boolean {
  const words = "(?:async |override |static |readonly |protected )*";
  const documented = new RegExp(`\\*/\\n  ${words}\\*?${name}(?:<[^\\n]*|\\(|:)`);
  return sdk.some((text) => documented.test(text));
}

/** Whether an exported constant, class or function has a doc comment. */
export function isExportDocumented(name: string): boolean {
  const documented = new RegExp(`\\*/\\nexport (?:abstract )?(?:const|class|function|async function) ${name}\\b`);
  return sdk.some((text) => documented.test(text));
}
