// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from "node:fs";
import { safeText } from "../safe-text.ts";

/** The user that the network front runs as. */
export interface FrontUser {
  readonly uid: number;
  readonly gid: number;
}

/** Finds a user by name or number in /etc/passwd. Throws an Error that says what to write instead. */
export function parseFrontUser(text: string, file = "/etc/passwd"): FrontUser {
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const [name, , uid = "", gid = ""] = line.split(":");
    const found = /^[0-9]+$/.test(uid) && /^[0-9]+$/.test(gid);
    if (found && (name === text || uid === text)) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(`there is no user "${safeText(text, 80)}" in ${file}`);
}
