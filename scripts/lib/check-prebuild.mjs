// SPDX-License-Identifier: Apache-2.0

import { statSync } from "node:fs";
import { nodeFunctions } from "./cross-build.mjs";
import { CROSS_TARGETS } from "./cross-targets.mjs";
import { compareReleases, elfFacts } from "./elf-facts.mjs";
import { peFacts } from "./pe-facts.mjs";

/** All that an addon offers; as in packages/native/src/addon/exports.map. */
const EXPORTS = ["napi_register_module_v1", "node_api_module_get_api_version_v1"];
/** Beyond that something is in it that should not be: it has about 2 MiB. */
const MOST_BYTES = 4 << 20;

/** What the loader brings with each C library; the C++ library is linked in. */
const NEEDED = {
  glibc: /^(libc|libm|ld-linux-[\w-]+)\.so\.\d$/,
  musl: /^libc\.so$/,
};

/** Libraries that every Windows 10 has. The C++ library is linked in; what some Windows lack is looked for when needed. */
const OF_WINDOWS = new Set(["kernel32.dll", "advapi32.dll", "iphlpapi.dll", "ws2_32.dll", "msvcrt.dll"]);
/** Without these the file is an easier prey. */
const CHARACTERISTICS = ["DYNAMIC_BASE", "HIGH_ENTROPY_VA", "NX_COMPAT"];

/** What is wrong with an addon for Windows, in words. */
export function peProblems({ machine }, facts, bytes, ofNode) {
  const unneeded = facts.needed.filter((name) => !OF_WINDOWS.has(name));
  const newer = facts.nodeNames.filter((name) => !ofNode.has(name) && !EXPORTS.includes(name));
  const open = CHARACTERISTICS.filter((name) => !facts.characteristics.includes(name));
  return [
    ...(facts.machine === machine ? [] : [`is for ${facts.machine}, not for ${machine}`]),
    ...(unneeded.length === 0 ? [] : [`needs ${unneeded.join(", ")}`]),
    ...(open.length === 0 ? [] : [`is not marked ${open.join(", ")}`]),
    ...commonProblems(facts.exports, newer, bytes),
    ...(facts.nodeNames.some((name) => ofNode.has(name)) ? [] : ["asks Node for nothing"]),
  ];
}

/** What is wrong anywhere with names that are offered and asked for, and with the size. */
function commonProblems(offered, newer, bytes) {
  const missing = EXPORTS.filter((name) => !offered.includes(name));
  const strangers = offered.filter((name) => !EXPORTS.includes(name));
  return [
    ...(missing.length === 0 ? [] : [`lacks ${missing.join(", ")}`]),
    ...(strangers.length === 0 ? [] : [`offers ${strangers.join(", ")}`]),
    ...(newer.length === 0 ? [] : [`asks Node for ${newer.join(", ")}, which are not in Node-API 8`]),
    ...(bytes <= MOST_BYTES ? [] : [`has ${bytes} bytes, more than ${MOST_BYTES}`]),
  ];
}

/** What is wrong with an addon for Linux, in words. */
export function elfProblems({ machine, floor, libc }, facts, bytes, ofNode) {
  const tooNew = facts.versions.filter(
    ({ family, release }) => family !== "GLIBC" || floor === undefined || compareReleases(release, floor) > 0,
  );
  const newer = facts.imports.filter((name) => /^(napi|node_api)_/.test(name) && !ofNode.has(name));
  const unneeded = facts.needed.filter((name) => !NEEDED[libc].test(name));
  return [
    ...(facts.machine === machine ? [] : [`is for ${facts.machine}, not for ${machine}`]),
    ...(tooNew.length === 0
      ? []
      : [`asks for ${tooNew.map(({ family, release }) => `${family}_${release}`).join(", ")}`]),
    ...(unneeded.length === 0 ? [] : [`needs ${unneeded.join(", ")}`]),
    ...commonProblems(facts.exports, newer, bytes),
    ...(facts.imports.some((name) => name.startsWith("napi_")) ? [] : ["asks Node for nothing"]),
  ];
}

/** Looks into the built addon of a target. Gives what it found in words; throws with all that is wrong. */
export async function checkPrebuild(name, path) {
  const target = CROSS_TARGETS[name];
  const bytes = statSync(path).size;
  const ofNode = nodeFunctions(name);
  const facts = target.libc === undefined ? peFacts(path) : await elfFacts(path);
  const problems = (target.libc === undefined ? peProblems : elfProblems)(target, facts, bytes, ofNode);
  if (problems.length > 0) throw new Error(problems.map((problem) => `${path} ${problem}`).join("\n"));
  if (target.libc === undefined) return `${bytes} bytes`;
  const releases = facts.versions.map(({ release }) => release).sort(compareReleases);
  return [`${bytes} bytes`, ...(target.floor === undefined ? [] : [`glibc ${releases.at(-1)}`])].join(", ");
}
