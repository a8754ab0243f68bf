// SPDX-License-Identifier: Apache-2.0

import { type FSWatcher, lstatSync, realpathSync, statSync, watch } from "node:fs";
import { dirname, parse, resolve, sep } from "node:path";

/**
 * The folders whose changes can change what is behind a path: that of the file, and that of each symbolic link on the
 * way, so that a rename over the file and a swap of a link (as Kubernetes does it) are both seen.
 */
export function foldersOf(path: string): Set<string> {
  const folders = new Set<string>();
  const visit = (file: string, depth: number) => {
    folders.add(dirname(file));
    const { root } = parse(file);
    let at = root;
    for (const part of file.slice(root.length).split(sep)) {
      const parent = at;
      at = resolve(at, part);
      if (lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink() === true) folders.add(parent);
    }
    const real = realOf(file);
    if (real !== null && real !== file && depth < 1) visit(real, depth + 1);
  };
  visit(resolve(path), 0);
  return folders;
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

function realOf(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
