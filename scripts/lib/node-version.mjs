// SPDX-License-Identifier: Apache-2.0

import { SetupError } from "./say.mjs";

/** True for the Node releases that can load what we are made of: ES modules through require() came with these. */
export function isSupportedNode(version) {
  const [major, minor] = version.split(".").map(Number);
  return (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
}

/** Throws if this Node is too old. */
export function requireNode(version = process.versions.node) {
  if (!isSupportedNode(version)) {
    throw new SetupError(
      `this is Node ${version}; hostscope needs Node 20.19 or later (of Node 22: 22.12 or later). See https://nodejs.org`,
    );
  }
}
