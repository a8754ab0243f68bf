// SPDX-License-Identifier: Apache-2.0

import { closeSync, fstatSync, openSync, renameSync, writeSync } from "node:fs";

const MOST_BYTES = 10 * 1024 ** 2;

/**
 * Lines in a file, at once on their way to the disk. Beyond 10 MiB it begins anew, and the one before is kept as FILE.1:
 * a log that nobody looks after must not fill the disk. What cannot be written is lost: a full disk must not take the
 * agent with it.
 */
export class LogFile {
  readonly #path: string;
  readonly #mostBytes: number;
  #fd: number;
  #size: number;

  /** Throws if the file cannot be opened. */
  constructor(path: string, mostBytes = MOST_BYTES) {
    this.#path = path;
    this.#mostBytes = mostBytes;
    this.#fd = openSync(path, "a", 0o640);
    this.#size = fstatSync(this.#fd).size;
  }

  write(line: string): void {
    const bytes = Buffer.from(line);
    try {
      if (this.#size > 0 && this.#size + bytes.length > this.#mostBytes) this.#turn();
      this.#size += writeSync(this.#fd, bytes);
    } catch {}
  }

  close(): void {
    closeSync(this.#fd);
  }

  #turn(): void {
    closeSync(this.#fd);
    try {
      renameSync(this.#path, `${this.#path}.1`);
    } finally {
      // If it cannot be moved, it goes on.
      this.#fd = openSync(this.#path, "a", 0o640);
      this.#size = fstatSync(this.#fd).size;
    }
  }
}
