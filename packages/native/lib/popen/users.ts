// SPDX-License-Identifier: Apache-2.0

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ErrorReason } from "@hostscope/proto/gen/error";
import { popenError, systemError } from "./popen-error.ts";

/** A user as a process has it. */
export interface UserIds {
  readonly uid: number;
  readonly gid: number;
}

/** The user of this name or number in the text of /etc/passwd; null if there is none. A name comes before a number. */
export function findUser(passwd: string, user: string): UserIds | null {
  const rows = passwd.split("\n").map((line) => line.split(":"));
  const row = rows.find(([name]) => name === user) ?? rows.find(([, , uid]) => isId(user) && uid === user);
  const [, , uid = "", gid = ""] = row ?? [];
  return isId(uid) && isId(gid) ? { uid: Number(uid), gid: Number(gid) } : null;
}

/** The ids of a user of the host. Fails with NOT_FOUND if there is no such user. */
export async function readUser(rootfs: string, user: string): Promise<UserIds> {
  let passwd: string;
  try {
    passwd = await readFile(join(rootfs, "etc/passwd"), "utf8");
  } catch (error) {
    throw systemError(error, "start.username");
  }
  const found = findUser(passwd, user);
  if (found === null) throw popenError(ErrorReason.NOT_FOUND, "start.username is no user of this host");
  return found;
}

// 2^32 - 1 is "no change" to the kernel.
function isId(text: string): boolean {
  return /^(0|[1-9]\d{0,9})$/.test(text) && Number(text) < 2 ** 32 - 1;
}
