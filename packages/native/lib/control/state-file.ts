// SPDX-License-Identifier: Apache-2.0

import { randomBytes } from "node:crypto";
import { link, readFile, rename, unlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** How names of files begin that are being written, and mean nothing yet. */
export const UNFINISHED = ".new-";

/**
 * Makes a file with all its content at once, so that no reader ever meets half of it. False if there is one already.
 * Not flushed to a disk: it has to outlive this process, and nothing that it is about outlives the kernel.
 */
export async function createWhole(path: string, content: string): Promise<boolean> {
  const draft = await write(path, content);
  try {
    // Unlike a rename this replaces nothing: of several that try, one succeeds.
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    await remove(draft);
  }
}

/** Replaces a file by another content, all at once. */
export async function replaceWhole(path: string, content: string): Promise<void> {
  const draft = await write(path, content);
  try {
    await rename(draft, path);
  } catch (error) {
    await remove(draft);
    throw error;
  }
}

/** What is in a file; null if it is not there. */
export async function readWhole(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** Removes a file, if it is there. */
export async function remove(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

async function write(path: string, content: string): Promise<string> {
  const draft = join(dirname(path), UNFINISHED + randomBytes(8).toString("hex"));
  try {
    await writeFile(draft, content, { flag: "wx", mode: 0o600 });
  } catch (error) {
    await remove(draft).catch(() => {});
    throw error;
  }
  return draft;
}
