// SPDX-License-Identifier: Apache-2.0

import { posix } from "node:path";
import { isGenerated } from "../lib/repo-files.mjs";

/** What each package may import of the others, statically and by import(). What is not here may import any. */
const ALLOWED = {
  proto: { statically: [], dynamically: [] },
  "packages/native": { statically: ["proto"], dynamically: [] },
  "packages/agent": { statically: ["proto", "native"], dynamically: [] },
  // A program that reads remote hosts only must not load native code.
  "packages/client": { statically: ["proto"], dynamically: ["native"] },
  "packages/cli": { statically: ["client", "proto"], dynamically: [] },
  "tools/codegen": { statically: ["proto"], dynamically: [] },
};

const STATIC = /^\s*(?:import|export)\b[^"';]*?["']([^"']+)["']/gm;
const DYNAMIC = /\b(?:import|require)\s*\(\s*["'`]([^"'`]+)["'`]/g;

const packageOf = (path) => Object.keys(ALLOWED).find((folder) => path.startsWith(`${folder}/`));
const specifiers = (text, pattern) => [...text.matchAll(pattern)].map(([whole, name]) => ({ whole, name }));

function problem(path, folder, { name }, allowed) {
  if (name.startsWith(".")) {
    const target = posix.join(posix.dirname(path), name);
    return target.startsWith(`${folder}/`) ? null : `${path}: ${name} leaves the package; import it by its name`;
  }
  const other = /^@hostscope\/(\w+)/.exec(name)?.[1];
  if (other === undefined || allowed.includes(other)) return null;
  return `${path}: ${folder} must not import @hostscope/${other}`;
}

function inspectFile({ path, text }) {
  const folder = packageOf(path);
  if (folder === undefined) return [];
  const { statically, dynamically } = ALLOWED[folder];
  return [
    ...specifiers(text, STATIC).map((found) => problem(path, folder, found, statically)),
    ...specifiers(text, DYNAMIC).map((found) => problem(path, folder, found, [...statically, ...dynamically])),
  ].filter((found) => found !== null);
}

/** The seam holds only while nothing reaches around it. */
export const importDirection = {
  name: "import direction",
  inspect: (files) => files.filter(({ path }) => /\.(ts|mjs)$/.test(path) && !isGenerated(path)).flatMap(inspectFile),
  bad: [
    ["packages/client/src/a.ts", 'import { serve } from "@hostscope/agent";'],
    ["packages/agent/src/a.ts", 'export { open } from "@hostscope/client";'],
    ["packages/client/src/a.ts", 'import {\n  createCollector,\n} from "@hostscope/native";'],
    ["packages/cli/src/a.ts", 'const native = await import("@hostscope/native");'],
    ["packages/cli/src/a.ts", 'import "@hostscope/agent";'],
    ["packages/agent/src/a.ts", 'import { open } from "../../client/src/open.ts";'],
    ["proto/src/a.ts", 'import type { Host } from "@hostscope/client";'],
  ],
  good: [
    ["packages/client/src/a.ts", 'const native = await import("@hostscope/native");'],
    ["packages/agent/src/a.ts", 'import { createCollector } from "@hostscope/native";'],
    ["packages/agent/src/a.ts", 'import { b } from "./b.ts";\nimport { StatusCode } from "@hostscope/proto";'],
    ["test/e2e/a.spec.ts", 'import { open } from "@hostscope/client";\nimport { serve } from "@hostscope/agent";'],
  ],
};
