// SPDX-License-Identifier: Apache-2.0

import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

/** What makes Node run our TypeScript, from any working directory. Only after the setup: tsx is a package. */
export function tsxFlags() {
  return ["--import", pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href];
}
