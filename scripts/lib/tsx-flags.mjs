// SPDX-License-Identifier: Apache-2.0

import { pathToFileURL } from "node:url";
import { createRequire } from "node:module";

/** What makes Node run our TypeScript, from any working directory. Only after the setup: tsx is a package. */
export function tsxFlags() {
  return ["--import", pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href];
}
