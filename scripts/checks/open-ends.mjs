// SPDX-License-Identifier: Apache-2.0

const SOURCE = /\.(ts|mjs|cjs|cc|h|py|proto|sh|gyp|yaml|jsonc)$/;
const MARKER = new RegExp(`\\b(${["TO" + "DO", "FIX" + "ME", "HA" + "CK"].join("|")})\\b`);

/** What is left to do stands in the tracker, where somebody finds it. */
export const openEnds = {
  name: "open ends",
  inspect: (files) =>
    files
      .filter(({ path }) => SOURCE.test(path) && path !== "pnpm-lock.yaml")
      .flatMap(({ path, text }) =>
        text.split("\n").flatMap((line, at) => (MARKER.test(line) ? [`${path}:${at + 1}: ${line.trim()}`] : [])),
      ),
  bad: [["packages/client/src/a.ts", `// ${"TO" + "DO"}: finish`]],
  good: [["packages/client/src/a.ts", "// done\n"]],
};
