// SPDX-License-Identifier: Apache-2.0
// Programs that run JavaScript as each target's machines do, on this one.

import { crossTool, installCrossTools } from "./cross-tools.mjs";
import { buildMuslRuntime } from "./musl-runtime.mjs";
import { SetupError } from "./say.mjs";
import { findProgram } from "./toolchain.mjs";

function needed(names, debianPackage) {
  const found = findProgram(names);
  if (found === null) throw new SetupError(`running it here needs ${names[0]} (Debian: ${debianPackage})`);
  return found;
}

/** An emulator of another processor, and the C library that Debian's cross compiler brings. */
async function emulated(target, processor) {
  const emulator = needed([`qemu-${processor}-static`, `qemu-${processor}`], "qemu-user-static");
  await installCrossTools(target);
  const node = crossTool(target, `node-${target}`, "bin", "node");
  return { command: [emulator, "-L", `/usr/${processor}-linux-gnu`, node], env: {} };
}

/** No registry has a Node for musl. Bun has the same Node-API, and is built for it. */
async function onMusl(target) {
  await installCrossTools(target);
  const bun = crossTool(target, "@oven", "bun-linux-x64-musl", "bin", "bun");
  // node-gyp-build knows musl by Alpine's files, which are not here.
  return { command: [bun], env: { LD_LIBRARY_PATH: await buildMuslRuntime(), LIBC: "musl" } };
}

const isOwn = process.platform === "linux" && process.arch === "x64";

const RUNNERS = {
  "linux-x64": async () => (isOwn ? { command: [process.execPath], env: {} } : null),
  "linux-x64-musl": async (target) => (isOwn ? await onMusl(target) : null),
  "linux-arm64": async (target) => await emulated(target, "aarch64"),
};

/** The command, as a list, that stands for `node` of a target, and what its environment needs; null if there is none here. */
export const nodeOf = async (target) => (await RUNNERS[target]?.(target)) ?? null;
