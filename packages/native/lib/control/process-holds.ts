// SPDX-License-Identifier: Apache-2.0

import type { ProcessRef } from "@hostscope/proto/gen/common";
import type { LeaseFile, LeaseFiles } from "./lease-files.ts";
import { monotonicMs } from "./monotonic.ts";
import { loadRef, type Owners, type SavedRef, saveRef } from "./owner.ts";
import type { Resumer } from "./resumer.ts";

/** Files of leases that are in force in this program, whichever collector holds them. */
const OWN = new Set<string>();

// What a lease may outlast its end by, before its owner counts as having forgotten it.
const FORGOTTEN_AFTER_MS = 30_000;

/** How leases take hold of processes and let go of them: one change at a time for each process. */
export class ProcessHolds {
  readonly #files: LeaseFiles;
  readonly #owners: Owners;
  readonly #resumer: Resumer;
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(files: LeaseFiles, owners: Owners, resumer: Resumer) {
    this.#files = files;
    this.#owners = owners;
    this.#resumer = resumer;
  }

  /** Runs `work` when no other work on this process is under way. */
  inTurn<T>(target: SavedRef, work: () => Promise<T>): Promise<T> {
    const key = `${target.pid} ${target.start}`;
    const before = this.#turns.get(key) ?? Promise.resolve();
    const turn = before.then(work, work);
    const settled = turn.catch(() => {});
    this.#turns.set(key, settled);
    settled.then(() => {
      if (this.#turns.get(key) === settled) this.#turns.delete(key);
    });
    return turn;
  }

  /** Writes down that a process is about to be stopped, before it is. */
  async take(ref: ProcessRef, stoppedBefore: boolean, expiresMs: number): Promise<LeaseFile> {
    const target = saveRef(ref);
    const owner = await this.#owners.own();
    const stopped = !stoppedBefore || (await this.#isStoppedByLease(target));
    const record = { target, owner, expiresMs, stopped, ending: false };
    const path = await this.#files.add(record);
    OWN.add(path);
    return { path, record };
  }

  /** Writes down who stopped it, now that this is known: if another lease did, the last of them resumes it. */
  async confirm(file: LeaseFile, changed: boolean): Promise<LeaseFile> {
    const { path, record } = file;
    const stopped = changed || (await this.#isStoppedByLease(record.target, path));
    if (stopped === record.stopped) return file;
    const confirmed = { path, record: { ...record, stopped } };
    await this.#files.update(confirmed);
    return confirmed;
  }

  /** Forgets a lease without touching its process. */
  async drop({ path }: LeaseFile): Promise<void> {
    await this.#files.remove(path);
    OWN.delete(path);
  }

  /** Resumes the process of a lease if the lease stopped it and no other one holds it; false if it still is stopped. */
  async letGo(file: LeaseFile, onFailure?: (error: unknown) => void): Promise<boolean> {
    const { path, record } = file;
    if (record.stopped) {
      // Before looking around: of two that let go at once, at least one must see that it is the last.
      await this.#files.update({ path, record: { ...record, ending: true } });
      const heldOn = await this.#isHeldByOthers(file);
      if (!heldOn && !(await this.#resumer.resume(loadRef(record.target), onFailure))) return false;
    }
    await this.drop(file);
    return true;
  }

  /** Resumes what leases of ended owners left stopped. */
  async recover(): Promise<void> {
    const own = await this.#owners.own();
    const found = await this.#files.list();
    await Promise.all(found.map((file) => this.#recoverOne(file, own)));
  }

  async #recoverOne(file: LeaseFile, own: SavedRef): Promise<void> {
    const { record, path } = file;
    if (record.owner.boot !== undefined && own.boot !== undefined && record.owner.boot !== own.boot) {
      await this.#files.remove(path);
      return;
    }
    if (!(await this.#isAbandoned(file, own))) return;
    await this.inTurn(record.target, async () => {
      const adopted = await this.#files.adopt(file);
      if (adopted !== null) await this.letGo({ path: adopted, record });
    });
  }

  async #isAbandoned({ path, record }: LeaseFile, own: SavedRef): Promise<boolean> {
    if (OWN.has(path)) return false;
    if (isSame(record.owner, own)) return monotonicMs() > record.expiresMs + FORGOTTEN_AFTER_MS;
    return this.#owners.hasEnded(record.owner);
  }

  async #isStoppedByLease(target: SavedRef, except = ""): Promise<boolean> {
    const found = await this.#files.list(target);
    return found.some(({ path, record }) => path !== except && record.stopped && sameMarks(record.target, target));
  }

  async #isHeldByOthers({ path, record }: LeaseFile): Promise<boolean> {
    const own = await this.#owners.own();
    for (const other of await this.#files.list(record.target)) {
      if (other.path === path || other.record.ending || !sameMarks(other.record.target, record.target)) continue;
      if (!(await this.#isAbandoned(other, own))) return true;
    }
    return false;
  }
}

function isSame(a: SavedRef, b: SavedRef): boolean {
  return a.pid === b.pid && a.start === b.start && a.inode === b.inode;
}

function sameMarks(a: SavedRef, b: SavedRef): boolean {
  return a.inode === undefined || b.inode === undefined || a.inode === b.inode;
}
