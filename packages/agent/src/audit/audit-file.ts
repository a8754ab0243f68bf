// SPDX-License-Identifier: Apache-2.0

import { constants } from "node:fs";
import { type FileHandle, lstat, open } from "node:fs/promises";
import { AuditFileError, checkAuditFile, cutFile, syncFolder } from "./audit-storage.ts";
import { type ChainEnd, chain, FIRST, readRecord } from "./chain.ts";

/** Fields of one record, before it has its number and hash. */
export type Fields = Readonly<Record<string, unknown>>;

/** Longest record; one that would be longer is a defect of whoever made it. */
export const MAX_RECORD_BYTES = 8 * 1024;

interface Opened {
  readonly handle: FileHandle;
  readonly ino: bigint;
  readonly dev: bigint;
  /** Bytes that are known to be whole records. */
  size: number;
}

/**
 * A file of chained records, written by nobody else. It may be moved away or replaced by an empty one of ours at any time,
 * as log rotation does: the chain goes on in the new file. Anything else in its place is not written to. For one caller
 * at a time.
 */
export class AuditFile {
  readonly path: string;
  #file: Opened | null = null;
  #end: ChainEnd | null = null;
  /** What happened to the file behind our back, until a record says so. */
  #gap: string | null = null;

  constructor(path: string) {
    this.path = path;
  }

  /** Writes records and waits until the disk has them: all or, if it throws, none. */
  async append(all: readonly Fields[]): Promise<void> {
    const file = await this.#current();
    let end = this.#end ?? { seq: 0, hash: FIRST };
    let text = "";
    const gap = this.#gap === null ? [] : [{ phase: "gap", time: new Date().toISOString(), lost: 0, why: this.#gap }];
    for (const fields of [...gap, ...all]) {
      const chained = chain(end, fields);
      if (Buffer.byteLength(chained.line) > MAX_RECORD_BYTES) throw new AuditFileError("a record is too long");
      end = chained.end;
      text += `${chained.line}\n`;
    }
    const bytes = Buffer.from(text);
    try {
      const { bytesWritten } = await file.handle.write(bytes);
      if (bytesWritten !== bytes.length) throw new AuditFileError("only a part could be written");
      await file.handle.datasync();
    } catch (error) {
      await this.#undo(file);
      throw error;
    }
    file.size += bytes.length;
    this.#end = end;
    this.#gap = null;
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    await file?.handle.close();
  }

  /** The open file, if it still is the one at its path and nobody else wrote to it; else what is there now. */
  async #current(): Promise<Opened> {
    const file = this.#file;
    if (file !== null) {
      const [own, there] = await Promise.all([
        file.handle.stat({ bigint: true }),
        lstat(this.path, { bigint: true }).catch(() => null),
      ]);
      const same = there !== null && there.ino === file.ino && there.dev === file.dev && own.nlink > 0n;
      if (same && own.size === BigInt(file.size)) return file;
      await this.close();
    }
    this.#file = await this.#open();
    return this.#file;
  }

  async #open(): Promise<Opened> {
    const { O_RDWR, O_APPEND, O_CREAT, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
    const handle = await open(this.path, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o600);
    try {
      const stats = await handle.stat();
      checkAuditFile(this.path, stats);
      const size = await this.#resume(handle, stats.size);
      const { ino, dev } = await handle.stat({ bigint: true });
      if (size === 0) await syncFolder(this.path);
      return { handle, ino, dev, size };
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Finds the end of the chain in a file that has records; gives its size without a record that was torn. */
  async #resume(handle: FileHandle, size: number): Promise<number> {
    // Empty: the chain goes on here, from wherever it was.
    if (size === 0) return 0;
    const length = Math.min(size, 2 * MAX_RECORD_BYTES);
    const tail = Buffer.alloc(length);
    await handle.read(tail, 0, length, size - length);
    const whole = tail.lastIndexOf(10) + 1;
    const line = tail.subarray(tail.subarray(0, Math.max(0, whole - 1)).lastIndexOf(10) + 1, Math.max(0, whole - 1));
    const last = readRecord(line.toString());
    if (last === null) throw new AuditFileError("its last line is no audit record");
    if (this.#end !== null && this.#end.hash !== last.hash) this.#gap = "the file was replaced, or others wrote to it";
    this.#end = { seq: last.record.seq, hash: last.hash };
    const torn = length - whole;
    if (torn > 0) {
      await cutFile(handle, this.path, size - torn);
      this.#gap = "the last record was torn";
    }
    return size - torn;
  }

  /** Takes back what was written in part, so that no line is torn. If that fails, too, the file is looked at anew. */
  async #undo(file: Opened): Promise<void> {
    try {
      await cutFile(file.handle, this.path, file.size);
    } catch {
      await this.close().catch(() => {});
    }
  }
}
