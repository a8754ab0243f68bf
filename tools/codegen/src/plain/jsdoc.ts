// SPDX-License-Identifier: Apache-2.0

/** A doc comment of some lines. */
export function jsDoc(lines: readonly string[], indent = ""): string[] {
  const safe = lines.map((line) => line.replaceAll("*/", "*\\/"));
  const [only, ...more] = safe;
  if (only === undefined) {
    return [];
  }
  const single = `${indent}/** ${only} */`;
  if (more.length === 0 && single.length <= 120) {
    return [single];
  }
  return [`${indent}/**`, ...safe.map((line) => `${indent} * ${line}`.trimEnd()), `${indent} */`];
}
