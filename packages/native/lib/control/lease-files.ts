// SPDX-License-Identifier: Apache-2.0

import { randomBytes } from "node:crypto";
import { readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import type { SavedRef } from "./owner.ts";
import type { StateDirectory } from "./state-directory.ts";
import { createWhole, readWhole, remove, replaceWhole, UNFINISHED } from "./state-file.ts";

/** The part of the state directory that holds leases. */
export const LEASES = "leases";

/** One lease as its file tells it. */
export interface LeaseRecord {
  readonly target: SavedRef;
  /** The process that resumes it. */
  readonly owner: SavedRef;
  /** On the monotonic clock. */
  readonly expiresMs: number;
  /** Whether a lease stopped the process; if not, it was stopped before and stays so. */
  readonly stopped: boolean;
  /** Its owner is about to resume the process, if no other lease holds it. */
  readonly ending: boolean;
}

/** A lease in a file. */
export interface LeaseFile {
  readonly path: string;
  readonly record: LeaseRecord;
}

/** The files of leases, which several agents of one host may share: one lease, one file, named after its process. */
export class LeaseFiles {
  readonly #state: StateDirectory;

  constructor(state: StateDirectory) {
    this.#state = state;
  }

  /** Writes a new lease; gives the path of its file. */
  async add(record: LeaseRecord): Promise<string> {
    const folder = await this.#state.part(LEASES);
    const path = join(folder, `${prefix(record.target)}${randomBytes(8).toString("hex")}`);
    await createWhole(path, JSON.stringify(record));
    return path;
  }

  /** Replaces what a file says. */
  async update({ path, record }: LeaseFile): Promise<void> {
    await replaceWhole(path, JSON.stringify(record));
  }

  remove(path: string): Promise<void> {
    return remove(path);
  }

  /** All leases, of one process if a ref is given. A file that cannot be read says nothing and is removed. */
  async list(target?: SavedRef): Promise<LeaseFile[]> {
    const folder = await this.#state.part(LEASES);
    const wanted = target === undefined ? "" : prefix(target);
    const found: LeaseFile[] = [];
    for (const name of await readdir(folder)) {
      if (name.startsWith(UNFINISHED) || !name.startsWith(wanted)) continue;
      const path = join(folder, name);
      const text = await readWhole(path);
      const record = text === null ? null : parse(text);
      if (record !== null) found.push({ path, record });
      else if (text !== null) await remove(path);
    }
    return found;
  }

  /** Takes the file of a lease whose owner has ended: the new path, or null if another process was first. */
  async adopt({ path, record }: LeaseFile): Promise<string | null> {
    const folder = await this.#state.part(LEASES);
    const adopted = join(folder, `${prefix(record.target)}${randomBytes(8).toString("hex")}`);
    try {
      await rename(path, adopted);
      return adopted;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    }
  }
}

function prefix({ pid, start }: SavedRef): string {
  return `${pid}-${start ?? "unknown"}-`;
}

function parse(text: string): LeaseRecord | null {
  try {
    const { target, owner, expiresMs, stopped, ending } = JSON.parse(text);
    const sound = [target?.pid, owner?.pid].every((pid) => typeof pid === "string" && /^\d+$/.test(pid));
    if (!sound || typeof expiresMs !== "number") return null;
    return { target, owner, expiresMs, stopped: stopped === true, ending: ending === true };
  } catch {
    return null;
  }
}
