// SPDX-License-Identifier: Apache-2.0

import type { ListenCounts } from "../listen/listen-counts.ts";
import type { Logger } from "../log.ts";
import { foldersOf, signatureOf, WatchedFolders } from "./watched-folders.ts";

/** Files that decide together whom the agent trusts, and how they are taken over. */
export interface ReloadedFiles {
  /** What logs and metrics call them, e.g. "tls". */
  readonly name: string;
  readonly paths: readonly string[];
  /**
   * Reads the files, checks them, and only then puts what they say in the place of what is in use. Throws an Error, and
   * changes nothing, if they are not sound.
   */
  readonly load: () => void;
}

/** Told which files were taken over. */
export type ReloadListener = (name: string) => void;

const SETTLE_MS = 250;
const LATEST_MS = 2_000;
const LOOK_MS = 10_000;

/**
 * Takes over files when they have changed: told by their folders, by a look at them every ten seconds, and by `reload`.
 * What cannot be read or is not sound is left alone and what was good stays, however often it is tried.
 */
export class Reloader {
  readonly #logger: Logger;
  readonly #counts: ListenCounts;
  readonly #files = new Map<ReloadedFiles, string>();
  readonly #listeners: ReloadListener[] = [];
  readonly #folders: WatchedFolders;
  #timer: NodeJS.Timeout | null = null;
  #look: NodeJS.Timeout | null = null;
  #firstChange = 0;

  constructor(logger: Logger, counts: ListenCounts) {
    this.#logger = logger;
    this.#counts = counts;
    this.#folders = new WatchedFolders(() => this.#changed());
  }

  /** Number of sets of files that are looked after. */
  get size(): number {
    return this.#files.size;
  }

  /** Loads these files, and looks after them from then on. Throws what `load` throws. */
  add(files: ReloadedFiles): void {
    // What is written while they are read is seen to be new by this.
    const before = signature(files);
    files.load();
    this.#files.set(files, before);
    this.#watch();
    if (signature(files) !== before) this.#changed();
    this.#look ??= setInterval(() => this.#reloadChanged(), LOOK_MS).unref();
  }

  /** Calls `listener` after each set of files that was taken over. It must not throw. */
  onReload(listener: ReloadListener): void {
    this.#listeners.push(listener);
  }

  /** Takes all files over, changed or not, as SIGHUP asks for. */
  reload(): void {
    for (const files of this.#files.keys()) this.#take(files, signature(files));
    this.#watch();
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#look !== null) clearInterval(this.#look);
    this.#folders.close();
    this.#files.clear();
  }

  /** Waits until whoever writes has stopped to, as one change is often many events. */
  #changed(): void {
    const now = Date.now();
    if (this.#timer === null) this.#firstChange = now;
    else clearTimeout(this.#timer);
    const wait = Math.max(0, Math.min(SETTLE_MS, this.#firstChange + LATEST_MS - now));
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#reloadChanged();
    }, wait).unref();
  }

  #reloadChanged(): void {
    for (const [files, before] of this.#files) {
      const now = signature(files);
      if (now !== before) this.#take(files, now);
    }
    this.#watch();
  }

  #take(files: ReloadedFiles, now: string): void {
    this.#files.set(files, now);
    try {
      files.load();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.#logger.error(
        { files: files.name, why },
        "files are not sound and were not taken over; the last good ones stay",
      );
      this.#counts.reload(files.name, false);
      return;
    }
    this.#logger.info({ files: files.name }, "files were taken over");
    this.#counts.reload(files.name, true);
    for (const listener of this.#listeners) listener(files.name);
  }

  #watch(): void {
    const paths = [...this.#files.keys()].flatMap(({ paths }) => paths);
    this.#folders.set(new Set(paths.flatMap((path) => [...foldersOf(path)])));
  }
}

function signature({ paths }: ReloadedFiles): string {
  return paths.map(signatureOf).join(" ");
}
