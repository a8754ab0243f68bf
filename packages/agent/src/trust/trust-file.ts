// SPDX-License-Identifier: Apache-2.0

import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { loadTrustedFiles } from "@hostscope/native";
import { safeText } from "../safe-text.ts";

/** Bytes of a file of certificates, keys or tokens; a whole bundle of public CAs has a quarter of that. */
const MOST_BYTES = 1 << 20;

/** How secret a file is. */
export type Secrecy = "public" | "secret";

/**
 * Reads a file that decides whom an agent trusts. Throws an Error that names the file, unless it is a regular one of
 * this user's or root's that nobody else can write, and if it is secret, that not everybody can read.
 */
export function readTrustFile(path: string, secrecy: Secrecy): Buffer {
  // Where rights are lists, Node's modes tell nothing of them.
  if (process.platform === "win32") return Buffer.from(loadTrustedFiles().read(path, secrecy === "secret", MOST_BYTES));
  const shown = safeText(path, 200);
  let fd: number;
  try {
    // A FIFO in its place must not hold up the agent.
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (cause) {
    throw new Error(`${shown} cannot be read: ${(cause as NodeJS.ErrnoException).code}`, { cause });
  }
  try {
    const { mode, uid, size } = fstatSync(fd);
    if ((mode & constants.S_IFMT) !== constants.S_IFREG) throw new Error(`${shown} is not a regular file`);
    const owner = process.geteuid?.() ?? 0;
    if (uid !== owner && uid !== 0) throw new Error(`${shown} belongs to another user (${uid})`);
    if ((mode & 0o022) !== 0) throw new Error(`${shown} can be written by others; chmod it to 0600 or 0640`);
    if (secrecy === "secret" && (mode & 0o007) !== 0) {
      throw new Error(`${shown} can be read by everybody; chmod it to 0600 or 0640`);
    }
    if (size > MOST_BYTES) throw new Error(`${shown} has more than ${MOST_BYTES} bytes`);
    const bytes = Buffer.alloc(MOST_BYTES);
    let length = 0;
    for (let got = -1; got !== 0 && length < MOST_BYTES; length += got) {
      got = readSync(fd, bytes, length, MOST_BYTES - length, length);
    }
    return Buffer.from(bytes.subarray(0, length));
  } finally {
    closeSync(fd);
  }
}
