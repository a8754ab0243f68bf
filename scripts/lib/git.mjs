// SPDX-License-Identifier: Apache-2.0

import { ROOT } from "./paths.mjs";
import { runCaptured } from "./run-captured.mjs";

/** Runs git on this checkout, also if another user owns it, as in many CI containers. Gives `{code, output}`. */
export function git(...args) {
  return runCaptured("git", ["-c", `safe.directory=${ROOT}`, ...args]);
}
