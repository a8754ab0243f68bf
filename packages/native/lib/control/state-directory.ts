// SPDX-License-Identifier: Apache-2.0

import { existsSync, type Stats } from "node:fs";
import { lstat, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, isAbsolute, join } from "node:path";
import { ErrorReason } from "@hostscope/proto/gen/error";
import { failure, wordsOf } from "./failure.ts";

const WRITABLE_BY_OTHERS = 0o022;
const STICKY = 0o1000;

/**
 * Where state is kept if nobody says otherwise: what the service manager made for it, else where this user's run-time
 * files are. Never on a disk on purpose: what it holds means nothing after a reboot.
 */
export function defaultStateDirectory(
  env: NodeJS.ProcessEnv = process.env,
  uid: number | null = process.getuid?.() ?? null,
): string {
  const given = env.RUNTIME_DIRECTORY?.split(delimiter)[0];
  if (given !== undefined && isAbsolute(given)) return given;
  if (uid === 0) return "/run/hostscope";
  const ofUser = env.XDG_RUNTIME_DIR;
  if (ofUser !== undefined && isAbsolute(ofUser)) return join(ofUser, "hostscope");
  return join(tmpdir(), uid === null ? "hostscope" : `hostscope-${uid}`);
}

/**
 * The directory for what must outlive this process. Made at its first use, and used only if nobody else can have put
 * anything into it: whoever writes here decides which processes go on and which operations count as done.
 */
export class StateDirectory {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Whether a part of it is there already. The one thing that may be asked before the first use. */
  has(part: string): boolean {
    return existsSync(join(this.path, part));
  }

  /** The path of a part, made and checked. Fails with FAILED_PRECONDITION if it cannot be used. */
  async part(name: string): Promise<string> {
    try {
      // Each time: folders for temporary files are cleaned, and what was safe need not stay so.
      await this.#make();
      const path = join(this.path, name);
      await makeOwn(path, false);
      return path;
    } catch (error) {
      // Without the path: this goes to remote callers.
      const why = error instanceof Unsafe ? error.message : `cannot be used: ${wordsOf(error)}`;
      throw failure(ErrorReason.PRECONDITION, `the state directory of this host's agent ${why}`, {}, error);
    }
  }

  async #make(): Promise<void> {
    await makeOwn(this.path, true);
    const parent = await lstat(dirname(this.path));
    if (process.getuid !== undefined && (parent.mode & WRITABLE_BY_OTHERS) !== 0 && (parent.mode & STICKY) === 0) {
      throw new Unsafe("is in a folder where others can replace it");
    }
  }
}

class Unsafe extends Error {}

async function makeOwn(path: string, parents: boolean): Promise<void> {
  let found = await stats(path);
  if (found === null) {
    await make(path, parents);
    found = await lstat(path);
  }
  // lstat and not stat: a link could lead anywhere tomorrow.
  if (!found.isDirectory()) throw new Unsafe("is no directory");
  if (process.getuid === undefined) return;
  if (found.uid !== process.geteuid?.()) throw new Unsafe("belongs to another user");
  if ((found.mode & WRITABLE_BY_OTHERS) !== 0) throw new Unsafe("can be written to by others");
}

/** Not mkdir's own `recursive`: where nothing can be made, as in procfs, that never comes back. */
async function make(path: string, parents: boolean): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Another process may have been first.
    if (code === "EEXIST") return;
    if (code !== "ENOENT" || !parents || (await stats(dirname(path))) !== null) throw error;
    await make(dirname(path), true);
    await make(path, false);
  }
}

async function stats(path: string): Promise<Stats | null> {
  try {
    return await lstat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
