// SPDX-License-Identifier: Apache-2.0

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A file by its content, or a link by its target. */
export type SysEntry = string | { readonly link: string };

/** A sysfs, or any other tree, of plain files, for hardware that no host has when a test needs it. */
export class SysTree {
  readonly root = mkdtempSync(join(tmpdir(), "hostscope-sys-"));

  constructor(entries: Readonly<Record<string, SysEntry>> = {}) {
    for (const [path, entry] of Object.entries(entries)) this.put(path, entry);
  }

  /** Writes one file or link below the root; directories are made as needed. */
  put(path: string, entry: SysEntry | Buffer): void {
    const full = this.#place(path);
    if (typeof entry === "string" || Buffer.isBuffer(entry)) writeFileSync(full, entry);
    else symlinkSync(entry.link, full);
  }

  /** Writes a file at once: who reads it meanwhile finds the old content or the new, as in a real one. */
  replace(path: string, text: string): void {
    const next = join(this.root, ".next");
    writeFileSync(next, text);
    renameSync(next, join(this.root, path));
  }

  /** Makes a file that nobody ever writes: who opens it waits. Returns its path, to let the waiting go. */
  stuck(path: string): string {
    const full = this.#place(path);
    execFileSync("mkfifo", [full]);
    return full;
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  #place(path: string): string {
    const full = join(this.root, path);
    mkdirSync(dirname(full), { recursive: true });
    rmSync(full, { recursive: true, force: true });
    return full;
  }
}
