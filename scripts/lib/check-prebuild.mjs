// SPDX-License-Identifier: Apache-2.0

import { statSync } from "node:fs";
import { createRequire } from "node:module";
import { CROSS_TARGETS } from "./cross-targets.mjs";
import { crossTool } from "./cross-tools.mjs";
import { compareReleases, elfFacts } from "./elf-facts.mjs";

/** All that an addon offers; as in packages/native/src/addon/exports.map. */
const EXPORTS = ["napi_register_module_v1", "node_api_module_get_api_version_v1"];
/** Beyond that something is in it that should not be: it has about 2 MiB. */
const MOST_BYTES = 4 << 20;

/** What the loader brings with each C library; the C++ library is linked in. */
const NEEDED = {
  glibc: /^(libc|libm|ld-linux-[\w-]+)\.so\.\d$/,
  musl: /^libc\.so$/,
};

/** Functions of Node that the oldest Node for this package has: those of Node-API 8. */
export function nodeFunctions(name) {
  const { symbols } = createRequire(import.meta.url)(crossTool(name, "node-api-headers"));
  return new Set([...symbols.v8.js_native_api_symbols, ...symbols.v8.node_api_symbols]);
}

/** What is wrong with an addon for Linux, in words. */
export function elfProblems({ machine, floor, libc }, facts, bytes, ofNode) {
  const tooNew = facts.versions.filter(
    ({ family, release }) => family !== "GLIBC" || floor === undefined || compareReleases(release, floor) > 0,
  );
  const missing = EXPORTS.filter((name) => !facts.exports.includes(name));
  const strangers = facts.exports.filter((name) => !EXPORTS.includes(name));
  const newer = facts.imports.filter((name) => /^(napi|node_api)_/.test(name) && !ofNode.has(name));
  const unneeded = facts.needed.filter((name) => !NEEDED[libc].test(name));
  return [
    ...(facts.machine === machine ? [] : [`is for ${facts.machine}, not for ${machine}`]),
    ...(tooNew.length === 0
      ? []
      : [`asks for ${tooNew.map(({ family, release }) => `${family}_${release}`).join(", ")}`]),
    ...(unneeded.length === 0 ? [] : [`needs ${unneeded.join(", ")}`]),
    ...(missing.length === 0 ? [] : [`lacks ${missing.join(", ")}`]),
    ...(strangers.length === 0 ? [] : [`offers ${strangers.join(", ")}`]),
    ...(newer.length === 0 ? [] : [`asks Node for ${newer.join(", ")}, which are not in Node-API 8`]),
    ...(facts.imports.some((name) => name.startsWith("napi_")) ? [] : ["asks Node for nothing"]),
    ...(bytes <= MOST_BYTES ? [] : [`has ${bytes} bytes, more than ${MOST_BYTES}`]),
  ];
}

/** Looks into the built addon of a target. Gives what it found in words; throws with all that is wrong. */
export async function checkPrebuild(name, path) {
  const target = CROSS_TARGETS[name];
  const bytes = statSync(path).size;
  if (target.libc === undefined) return `${bytes} bytes`;
  const facts = await elfFacts(path);
  const problems = elfProblems(target, facts, bytes, nodeFunctions(name));
  if (problems.length > 0) throw new Error(problems.map((problem) => `${path} ${problem}`).join("\n"));
  const releases = facts.versions.map(({ release }) => release).sort(compareReleases);
  return [`${bytes} bytes`, ...(target.floor === undefined ? [] : [`glibc ${releases.at(-1)}`])].join(", ");
}
