// SPDX-License-Identifier: Apache-2.0

import { readFileSync, statSync } from "node:fs";

/** Files are looked at this often at most: a look costs microseconds, but there may be ten thousand calls a second. */
const LOOK_MS = 1_000;

/**
 * A value made of files, made again when they have changed. If what is there now cannot be used, such as a certificate
 * whose key is still to come, the last value stays.
 */
export class ChangingFiles<T> {
  readonly #paths: readonly string[];
  readonly #make: () => T;
  readonly #now: () => number;
  #value: T;
  #signature: string;
  #looked: number;

  /** Makes the first value; what `make` throws is thrown. */
  constructor(paths: readonly string[], make: () => T, now: () => number = () => performance.now()) {
    this.#paths = paths;
    this.#make = make;
    this.#now = now;
    this.#signature = this.#sign();
    this.#value = make();
    this.#looked = now();
  }

  /** The value as of now, give or take a second. */
  get value(): T {
    const now = this.#now();
    if (this.#paths.length > 0 && now - this.#looked >= LOOK_MS) {
      this.#looked = now;
      this.#refresh();
    }
    return this.#value;
  }

  #refresh(): void {
    const signature = this.#sign();
    if (signature === this.#signature) {
      return;
    }
    try {
      this.#value = this.#make();
      this.#signature = signature;
    } catch {
      // Half of it may have been written; it is looked at again.
    }
  }

  #sign(): string {
    return this.#paths.map(signatureOf).join(" ");
  }
}

/** The text of a file that holds one line, without its end. */
export function readLine(path: string): string {
  return readFileSync(path, "utf8").trim();
}

function signatureOf(path: string): string {
  try {
    const { dev, ino, size, mtimeMs, ctimeMs } = statSync(path);
    return `${dev}:${ino}:${size}:${mtimeMs}:${ctimeMs}`;
  } catch {
    return "";
  }
}
