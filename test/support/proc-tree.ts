// SPDX-License-Identifier: Apache-2.0

import { execFileSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A procfs made of plain files, for processes that no live host has when a test needs them. */
export class ProcTree {
  readonly root = mkdtempSync(join(tmpdir(), "hostscope-proc-"));

  constructor() {
    this.file("stat", "cpu  100 0 100 1000 0 0 0 0 0 0\ncpu0 100 0 100 1000 0 0 0 0 0 0\nctxt 1\nbtime 1700000000\n");
    this.file("meminfo", "MemTotal: 1000 kB\nMemFree: 500 kB\nMemAvailable: 600 kB\n");
  }

  /** Writes one file below the root; directories are made as needed. */
  file(path: string, content: string | Buffer): void {
    const full = join(this.root, path);
    mkdirSync(join(full, ".."), { recursive: true });
    writeFileSync(full, content);
  }

  /** Adds a process with every file that a complete row needs; single files can be replaced afterwards. */
  process(pid: number, { comm = `process ${pid}`, state = "S", start = 100 + pid, ppid = 1 } = {}): void {
    const fields = `${state} ${ppid} ${pid} ${pid} 0 -1 4194304 1 0 2 0 150 50 0 0 20 0 1 0 ${start} 1000 200`;
    this.file(`${pid}/stat`, `${pid} (${comm}) ${fields} 0 0 0 0 0 0 0 0 0 0 0 0 0 17 3 0 0 0 0 0\n`);
    const ids = "Uid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\n";
    const switches = "voluntary_ctxt_switches:\t5\nnonvoluntary_ctxt_switches:\t6\n";
    this.file(`${pid}/status`, `Name:\t${comm}\nTgid:\t${pid}\n${ids}${switches}`);
    this.file(`${pid}/statm`, "10 5 3 2 0 4 0\n");
    this.file(`${pid}/cmdline`, `/bin/program\0${pid}\0`);
    const io = "rchar: 1\nwchar: 2\nsyscr: 3\nsyscw: 4\nread_bytes: 5\nwrite_bytes: 6\ncancelled_write_bytes: 0\n";
    this.file(`${pid}/io`, io);
    symlinkSync("/bin/program", join(this.root, `${pid}/exe`));
  }

  /** Puts a new file in the place of an old one, which lives on for whoever has it open. */
  replace(path: string, content: string): void {
    rmSync(join(this.root, path), { force: true });
    this.file(path, content);
  }

  /** Replaces a file by one that nobody ever writes: who opens it waits. Returns its path, to let the waiting go. */
  stuck(path: string): string {
    const full = join(this.root, path);
    rmSync(full, { force: true });
    execFileSync("mkfifo", [full]);
    return full;
  }

  /** Removes a file or a folder. */
  drop(path: string): void {
    rmSync(join(this.root, path), { recursive: true, force: true });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Opens a stuck file for writing and closes it at once: who waits to read it gets its end. */
export function release(path: string): void {
  closeSync(openSync(path, "r+"));
}
