// SPDX-License-Identifier: Apache-2.0
// Programs that run JavaScript as each target's machines do, on this one.

import { crossTool, installCrossTools } from "./cross-tools.mjs";
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
  return [emulator, "-L", `/usr/${processor}-linux-gnu`, crossTool(target, `node-${target}`, "bin", "node")];
}

const RUNNERS = {
  "linux-x64": async () => (process.platform === "linux" && process.arch === "x64" ? [process.execPath] : null),
  "linux-arm64": async (target) => await emulated(target, "aarch64"),
};

/** The command, as a list, that stands for `node` of a target; null if there is none here. */
export const nodeOf = async (target) => (await RUNNERS[target]?.(target)) ?? null;
