// SPDX-License-Identifier: Apache-2.0
// What an audit log needs of the file that it is in, by the means of each system.

import { constants, type Stats } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { dirname } from "node:path";
import { loadTrustedFiles } from "@hostscope/native";

const IS_WINDOWS = process.platform === "win32";

/** Why a file cannot be used as an audit log, for the person who reads the agent's log. */
export class AuditFileError extends Error {
  override readonly name = "AuditFileError";
}

/** Throws unless the file that is open is a regular one of ours that nobody else can write. */
export function checkAuditFile(path: string, stats: Stats): void {
  if (!stats.isFile()) throw new AuditFileError("it is not a regular file");
  if (stats.nlink > 1) throw new AuditFileError("it has another name, too");
  if (IS_WINDOWS) checkList(path);
  else checkMode(stats);
}

function checkMode({ uid, mode }: Stats): void {
  const own = process.geteuid?.();
  if (own !== undefined && uid !== own) throw new AuditFileError(`it belongs to user ${uid}, not ${own}`);
  if ((mode & 0o022) !== 0) throw new AuditFileError("others than its owner may write it");
}

/** Where rights are lists, Node's modes tell nothing of them. */
function checkList(path: string): void {
  try {
    loadTrustedFiles().check(path);
  } catch (cause) {
    throw new AuditFileError((cause as Error).message, { cause });
  }
}

/** Takes off what is behind the first `size` bytes of a file that is open for appending. */
export async function cutFile(handle: FileHandle, path: string, size: number): Promise<void> {
  if (!IS_WINDOWS) return await handle.truncate(size);
  // Whoever may only append may not do this there.
  const other = await open(path, "r+");
  try {
    const [own, there] = await Promise.all([handle.stat({ bigint: true }), other.stat({ bigint: true })]);
    if (own.ino !== there.ino || own.dev !== there.dev) throw new AuditFileError("another file is in its place");
    await other.truncate(size);
  } finally {
    await other.close();
  }
}

/** A new file is lost in a crash as long as its folder does not know it. */
export async function syncFolder(path: string): Promise<void> {
  if (IS_WINDOWS) return; // writes folders by itself, and lets nobody open one like a file
  const folder = await open(dirname(path), constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
