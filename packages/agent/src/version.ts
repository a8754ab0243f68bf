// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from "node:fs";

/** This agent's version, from its package.json, which lies one folder above this file built or not. */
export function agentVersion(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
