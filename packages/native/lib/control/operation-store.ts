// SPDX-License-Identifier: Apache-2.0

import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { StatusError } from "@hostscope/proto";
import { ErrorReason } from "@hostscope/proto/gen/error";
import { failure, wordsOf } from "./failure.ts";
import { monotonicMs } from "./monotonic.ts";
import {
  fileName,
  type OperationRecord,
  type Outcome,
  parseRecord,
  printRecord,
  unknownOperation,
} from "./operation-record.ts";
import type { Owners } from "./owner.ts";
import type { StateDirectory } from "./state-directory.ts";
import { createWhole, readWhole, remove, replaceWhole, UNFINISHED } from "./state-file.ts";

/** How long an operation id is known after its call. */
export const KEPT_MS = 600_000;

const MAX_KEPT = 10_000;
const SWEEP_EVERY_MS = 60_000;

/** The files of operations, which several agents of one host may share. Fails with StatusError only. */
export class OperationStore {
  readonly #state: StateDirectory;
  readonly #owners: Owners;
  readonly #maxKept: number;
  /** When each known file's operation began. */
  #known = new Map<string, number>();
  #nextSweep = 0;

  constructor(state: StateDirectory, owners: Owners, maxKept = MAX_KEPT) {
    this.#state = state;
    this.#owners = owners;
    this.#maxKept = maxKept;
  }

  /** Writes the intent of an operation: null if it is the first with this id, else what the first one left. */
  claim(id: string, record: OperationRecord): Promise<OperationRecord | null> {
    return typed(async () => {
      const folder = await this.#folder();
      await this.#sweepIfDue(folder, record);
      const name = fileName(id);
      for (;;) {
        if (this.#known.size >= this.#maxKept && !this.#known.has(name)) throw tooMany();
        if (await createWhole(join(folder, name), printRecord(record))) {
          this.#known.set(name, record.atMs);
          return null;
        }
        const text = await readWhole(join(folder, name));
        if (text === null) continue;
        const earlier = parseRecord(text);
        if (earlier === null) return damaged(record);
        if (!this.#isOld(earlier, record)) return earlier;
        await remove(join(folder, name));
      }
    });
  }

  /** What is known of an operation; null if nothing is. */
  read(id: string): Promise<OperationRecord | null> {
    return typed(async () => {
      const text = await readWhole(join(await this.#folder(), fileName(id)));
      return text === null ? null : parseRecord(text);
    });
  }

  /** Adds what a claimed operation ended with. It counts as young from now on. */
  settle(id: string, record: OperationRecord, outcome: Outcome): Promise<void> {
    return typed(async () => {
      const name = fileName(id);
      const atMs = monotonicMs();
      await replaceWhole(join(await this.#folder(), name), printRecord({ ...record, atMs, outcome }));
      this.#known.set(name, atMs);
    });
  }

  /** Forgets a claimed operation, which did nothing. */
  free(id: string): Promise<void> {
    return typed(async () => {
      const name = fileName(id);
      await remove(join(await this.#folder(), name));
      this.#known.delete(name);
    });
  }

  #folder(): Promise<string> {
    return this.#state.part("operations");
  }

  /** Of another boot, or kept long enough. `now` is of this process. */
  #isOld(record: OperationRecord, now: OperationRecord): boolean {
    const { boot } = record.owner;
    if (boot !== undefined && now.owner.boot !== undefined && boot !== now.owner.boot) return true;
    return record.outcome !== undefined && now.atMs - record.atMs > KEPT_MS;
  }

  async #sweepIfDue(folder: string, now: OperationRecord): Promise<void> {
    if (now.atMs < this.#nextSweep && this.#known.size < this.#maxKept) return;
    // When full, not with every call.
    if (this.#known.size >= this.#maxKept && now.atMs < this.#nextSweep - SWEEP_EVERY_MS + 1000) return;
    this.#nextSweep = now.atMs + SWEEP_EVERY_MS;
    const known = new Map<string, number>();
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      if (name.startsWith(UNFINISHED)) {
        if (await isOlder(path, SWEEP_EVERY_MS)) await remove(path);
        continue;
      }
      const atMs = this.#known.get(name);
      if (atMs !== undefined && now.atMs - atMs <= KEPT_MS) known.set(name, atMs);
      else if (await this.#sweep(path, now)) continue;
      else known.set(name, this.#known.get(name) ?? now.atMs);
    }
    this.#known = known;
  }

  /** Removes a file that nobody needs any more; false if it stays. */
  async #sweep(path: string, now: OperationRecord): Promise<boolean> {
    const text = await readWhole(path);
    if (text === null) return true;
    const record = parseRecord(text);
    if (record === null) {
      if (!(await isOlder(path, KEPT_MS))) return false;
    } else if (!this.#isOld(record, now)) {
      if (record.outcome !== undefined || now.atMs - record.atMs <= KEPT_MS) return false;
      // A stream may last longer than that.
      if (!(await this.#owners.hasEnded(record.owner))) return false;
    }
    await remove(path);
    return true;
  }
}

function tooMany(): StatusError {
  const message = "too many operation ids were used within ten minutes";
  return failure(ErrorReason.OVERLOADED, message, { retryable: true });
}

/** What stands for a file that nobody can read: whatever it was about may have been done. */
function damaged(record: OperationRecord): OperationRecord {
  return { ...record, outcome: { kind: "error", error: unknownOperation("its file cannot be read") } };
}

/** By the wall clock, the only one that files know: for what names no time of its own. */
async function isOlder(path: string, ms: number): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found !== null && Date.now() - found.mtimeMs > ms;
}

async function typed<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StatusError) throw error;
    throw failure(ErrorReason.PRECONDITION, `operation ids cannot be kept: ${wordsOf(error)}`, {}, error);
  }
}
