// SPDX-License-Identifier: Apache-2.0

import type { AuditFile, Fields } from "./audit-file.ts";

// A disk that takes longer is as good as none: whoever waits hears of it.
const PATIENCE_MS = 2_000;
// Of records that nobody waits for, while nothing can be written.
const MOST_KEPT = 1_000;
const MOST_AT_ONCE = 200;
const RETRY_MS = 1_000;

interface Waiting {
  readonly fields: Fields;
  /** Null: nobody waits for it, and it is kept until it can be written. */
  readonly settle: ((error: unknown) => void) | null;
}

/**
 * Brings records to the file, in order. Those that come while the disk is busy are written and synced together, so that
 * many calls at once cost little more than one.
 */
export class AuditQueue {
  readonly #file: AuditFile;
  readonly #onChange: (failure: unknown) => void;
  #waiting: Waiting[] = [];
  #busy: Promise<void> | null = null;
  #lost = 0;
  #failure: unknown = null;
  #stuck = false;
  #retry: NodeJS.Timeout | null = null;

  /** `onChange` is told of the first failure, and null when records are written again. */
  constructor(file: AuditFile, onChange: (failure: unknown) => void) {
    this.#file = file;
    this.#onChange = onChange;
  }

  /** Why the last record could not be written; null if it was. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Resolves when the disk has the record; rejects if it cannot be written, in which case it never will be. */
  write(fields: Fields): Promise<void> {
    if (this.#stuck) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      let over = false;
      const settle = (error: unknown) => {
        if (over) return;
        over = true;
        clearTimeout(timer);
        if (error === null) resolve();
        else reject(error);
      };
      const timer = setTimeout(() => {
        this.#stuck = true;
        this.#fail(new Error(`the disk has not answered for ${PATIENCE_MS} ms`));
        settle(this.#failure);
      }, PATIENCE_MS);
      this.#add({ fields, settle });
    });
  }

  /** Writes a record as soon as that is possible. Of too many that must be kept the later ones are lost, and counted. */
  note(fields: Fields): void {
    const kept = this.#waiting.filter(({ settle }) => settle === null).length;
    if (kept >= MOST_KEPT) this.#lost += 1;
    else this.#add({ fields, settle: null });
  }

  /** Writes what can be written. */
  async close(): Promise<void> {
    if (this.#retry !== null) clearTimeout(this.#retry);
    await this.#busy;
    if (this.#waiting.length > 0 && this.#failure === null) await this.#writeAll();
    await this.#file.close();
  }

  #add(waiting: Waiting): void {
    this.#waiting.push(waiting);
    this.#start();
  }

  #start(): void {
    this.#busy ??= this.#writeAll().finally(() => {
      this.#busy = null;
    });
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MOST_AT_ONCE);
      const lost = this.#lost;
      const gap = this.#failure === null && lost === 0 ? [] : [gapRecord(this.#failure, lost)];
      try {
        await this.#file.append([...gap, ...batch.map(({ fields }) => fields)]);
      } catch (error) {
        this.#fail(error);
        // Those that somebody waits for have not been done, and are told again if they are tried again.
        for (const { settle } of batch) settle?.(error);
        this.#waiting.unshift(...batch.filter(({ settle }) => settle === null));
        if (this.#waiting.every(({ settle }) => settle === null)) return this.#retryLater();
        continue;
      }
      this.#lost -= lost;
      this.#stuck = false;
      if (this.#failure !== null) {
        this.#failure = null;
        this.#onChange(null);
      }
      for (const { settle } of batch) settle?.(null);
    }
  }

  #retryLater(): void {
    if (this.#waiting.length === 0 || this.#retry !== null) return;
    this.#retry = setTimeout(() => {
      this.#retry = null;
      this.#start();
    }, RETRY_MS);
    this.#retry.unref();
  }

  #fail(error: unknown): void {
    const first = this.#failure === null;
    this.#failure = error;
    if (first) this.#onChange(error);
  }
}

function gapRecord(failure: unknown, lost: number): Fields {
  const why = failure instanceof Error ? ((failure as NodeJS.ErrnoException).code ?? failure.message) : null;
  return { phase: "gap", time: new Date().toISOString(), lost, why };
}
