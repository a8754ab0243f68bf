// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from "node:fs";
import { safeText } from "../safe-text.ts";

const LARGEST_GID = 2 ** 32 - 2;

/** Number of a group, given by number or by a name in /etc/group. Throws an Error that says what to write instead. */
export function parseGroup(text: string, file = "/etc/group"): number {
  if (/^[0-9]{1,10}$/.test(text)) {
    const gid = Number(text);
    if (gid <= LARGEST_GID) return gid;
  }
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const [name, , gid] = line.split(":");
    if (name === text && gid !== undefined && /^[0-9]+$/.test(gid)) return Number(gid);
  }
  throw new Error(
    `there is no group "${safeText(text, 80)}" in ${file}; a group of a directory service goes by number`,
  );
}
