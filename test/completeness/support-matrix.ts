// SPDX-License-Identifier: Apache-2.0
// docs/support.md as data.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export type Support = "yes" | "unseen" | "not yet" | "never";

/** One row: what psutil calls it, where the SDK has it ("host.pids"), which RPC answers it. Null: there is none. */
export interface SupportRow {
  readonly psutil: string | null;
  readonly hostscope: string | null;
  readonly rpc: string | null;
  readonly linux: Support;
  readonly windows: Support;
}

const FILE = fileURLToPath(new URL("../../docs/support.md", import.meta.url));
const SUPPORT = new Set<string>(["yes", "unseen", "not yet", "never"]);

const nameOf = (cell: string): string | null => /^`(.+)`$/.exec(cell)?.[1] ?? null;

/** All rows, in the order of the page. Throws for a row that is not made as the others are. */
export function supportRows(): SupportRow[] {
  const lines = readFileSync(FILE, "utf8").split("\n");
  return lines.flatMap((line) => {
    if (!line.startsWith("|") || line.startsWith("|---") || line.startsWith("| psutil |")) return [];
    const cells = line.slice(1, -1).split("|");
    const [psutil = "", hostscope = "", rpc = "", ...platforms] = cells.map((cell) => cell.trim());
    if (platforms.length !== 3 || !platforms.every((cell) => SUPPORT.has(cell))) throw new Error(`odd row: ${line}`);
    const [linux, windows] = platforms as Support[];
    if (linux === undefined || windows === undefined) throw new Error(`odd row: ${line}`);
    return [{ psutil: nameOf(psutil), hostscope: nameOf(hostscope), rpc: nameOf(rpc), linux, windows }];
  });
}
