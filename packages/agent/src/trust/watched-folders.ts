// SPDX-License-Identifier: Apache-2.0

import { type FSWatcher, lstatSync, readlinkSync, statSync, watch } from "node:fs";
import { dirname, join, parse, resolve, sep } from "node:path";

// As many as the kernel follows.
const MOST_LINKS = 40;

/**
 * The folders whose changes can change what is behind a path: that of the file, and that of each symbolic link on the
 * way, so that a rename over the file and a swap of a link (as Kubernetes does it) are both seen.
 */
export function foldersOf(path: string): Set<string> {
  const folders = new Set<string>();
  let rest = resolve(path);
  try {
    for (let links = 0; links <= MOST_LINKS; links++) {
      const link = firstLink(rest);
      folders.add(dirname(link === null ? rest : link.path));
      if (link === null) break;
      rest = resolve(dirname(link.path), readlinkSync(link.path), link.rest);
    }
  } catch {
    // Somebody changes it right now; what is known so far will tell of that.
  }
  return folders;
}

/** The first symbolic link on the way to a file, and what is left of the way after it. */
function firstLink(file: string): { path: string; rest: string } | null {
  const { root } = parse(file);
  const parts = file.slice(root.length).split(sep);
  let at = root;
  for (const [index, part] of parts.entries()) {
    at = join(at, part);
    if (lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink() === true) {
      return { path: at, rest: parts.slice(index + 1).join(sep) };
    }
  }
  return null;
}

/** What tells one state of a file from another; empty if there is none. */
export function signatureOf(path: string): string {
  try {
    const { dev, ino, size, mtimeMs, ctimeMs } = statSync(path);
    return `${dev}:${ino}:${size}:${mtimeMs}:${ctimeMs}`;
  } catch {
    return "";
  }
}

/** Watches the folders of some files. Folders that cannot be watched are left out: files are looked at from time to time, too. */
export class WatchedFolders {
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Watches these from now on, and no others. */
  set(folders: ReadonlySet<string>): void {
    for (const [folder, watcher] of this.#watchers) {
      if (folders.has(folder)) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
    for (const folder of folders) this.#add(folder);
  }

  close(): void {
    this.set(new Set());
  }

  #add(folder: string): void {
    if (this.#watchers.has(folder)) return;
    try {
      const watcher = watch(folder, { persistent: false }, this.#onChange);
      const forget = () => {
        watcher.close();
        if (this.#watchers.get(folder) === watcher) this.#watchers.delete(folder);
      };
      watcher.on("error", forget);
      this.#watchers.set(folder, watcher);
    } catch {
      // Not there for the moment, or no watches left.
    }
  }
}
