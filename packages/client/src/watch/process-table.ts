// SPDX-License-Identifier: Apache-2.0

import { EventEmitter } from "node:events";
import { HostscopeError, InternalError } from "../errors.ts";
import type { ProcessRef } from "../gen/hostscope/v1/common_plain.ts";
import type { AttributeFailure, ProcessInfo } from "../gen/hostscope/v1/process_info_plain.ts";
import { type Asked, type AttributeField, fieldOf, type ProcessAttributeName } from "../process/attributes.ts";
import type { ProcessRow } from "../process/list.ts";
import { sameProcess } from "../process/ref.ts";
import { isShaped, rowValue } from "../process/values.ts";
import { camelCase } from "../wire/camel-case.ts";
import type { MissingMeans, ProcessChanged, ProcessUpdate } from "./process-watch.ts";

/** What a table tells of, as it happens. Rows are the table's own, up to date. */
export interface ProcessTableEvents<A extends ProcessAttributeName> {
  /** A process is there that was not. Not for those of the first snapshot. */
  start: [row: ProcessRow<A>];
  /** A process has ended; its exit code where the host knows it. */
  exit: [row: ProcessRow<A>, returncode: number | null];
  /**
   * A process is no longer among those that were asked for. It lives on, or, with `where` or `limit`, may have ended while
   * nothing was heard.
   */
  leave: [row: ProcessRow<A>];
  /** Some attributes of a process have another value. */
  change: [row: ProcessRow<A>, attributes: readonly Asked<A>[]];
  /** A collection has been taken in; after all events of its own. */
  update: [update: ProcessUpdate];
  /** Something may have come and gone unseen. Starts and ends across the gap have been told all the same. */
  gap: [update: ProcessUpdate];
  /** The table has ended: by an error, or null after close(). */
  end: [error: HostscopeError | null];
}

/** A collection without its rows, which are in the table. */
export type ProcessCollection = Omit<ProcessUpdate, "changed" | "gone" | "left">;

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * The processes of a host, kept up to date: a map of rows by pid, with events, so that nobody else has to put changes
 * together. Ends with close(), or by an error that a new connection does not mend.
 */
export class ProcessTable<A extends ProcessAttributeName = never>
  extends EventEmitter<ProcessTableEvents<A>>
  implements AsyncDisposable
{
  readonly #rows = new Map<number, ProcessRow<A>>();
  readonly #columns: readonly Column<A>[];
  readonly #updates: AsyncIterator<ProcessUpdate, void, undefined>;
  readonly #missing: MissingMeans;
  #reading: Promise<void> = Promise.resolve();
  #last: ProcessCollection | null = null;

  /** @internal Tables come from Host.processTable(). */
  constructor(
    names: readonly Asked<A>[],
    updates: AsyncIterator<ProcessUpdate, void, undefined>,
    missing: MissingMeans = "exit",
  ) {
    super();
    this.#columns = names.map((name) => ({ name, field: fieldOf(name), isShaped: isShaped(name) }));
    this.#updates = updates;
    this.#missing = missing;
  }

  /** Rows by pid, ascending as the host sent them first. The same object for a process as long as it is in the table. */
  get rows(): ReadonlyMap<number, ProcessRow<A>> {
    return this.#rows;
  }

  /** The last collection that was taken in; null before the first. */
  get last(): ProcessCollection | null {
    return this.#last;
  }

  /** @internal Waits for the first snapshot, then goes on by itself. */
  async start(): Promise<void> {
    const first = await this.#updates.next();
    if (first.done === true) throw new InternalError("the watch ended before it began");
    this.apply(first.value);
    this.#reading = this.#read();
  }

  /** Takes in one update. For tables that are fed by hand, such as from a recording. */
  apply(update: ProcessUpdate): void {
    const isFirst = this.#last === null;
    const { changed: _, gone: __, left: ___, ...collection } = update;
    this.#last = collection;
    const unseen = update.snapshot ? new Map(this.#rows) : null;
    for (const { ref, returncode } of update.gone) if (ref !== null) this.#remove(ref, "exit", returncode);
    for (const ref of update.left) this.#remove(ref, "leave", null);
    for (const change of update.changed) {
      unseen?.delete(change.ref.pid);
      this.#take(change, update.snapshot, isFirst);
    }
    for (const row of unseen?.values() ?? []) this.#remove(row.ref, this.#missing, null);
    if (update.gap) this.emit("gap", update);
    this.emit("update", update);
  }

  /** Ends the watch. */
  async close(): Promise<void> {
    await this.#updates.return?.();
    await this.#reading;
  }

  /** close(), for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #read(): Promise<void> {
    let error: HostscopeError | null = null;
    try {
      for (let next = await this.#updates.next(); next.done !== true; next = await this.#updates.next()) {
        this.apply(next.value);
      }
    } catch (reason) {
      if (!(reason instanceof HostscopeError)) throw reason;
      error = reason;
    }
    this.emit("end", error);
  }

  #take({ ref, row: changed, cleared }: ProcessChanged, isWhole: boolean, isFirst: boolean): void {
    const known = this.#rows.get(ref.pid);
    if (known !== undefined && sameProcess(known.ref, ref)) {
      // The host could not tell before who it is.
      if (known.ref.start === null && ref.start !== null) (known as Writable<ProcessRow<A>>).ref = ref;
      const attributes = isWhole
        ? replace(known as Writable<ProcessRow<A>>, changed, this.#columns)
        : merge(known as Writable<ProcessRow<A>>, changed, cleared, this.#columns);
      if (attributes.length > 0) this.emit("change", known, attributes);
      return;
    }
    if (known !== undefined) this.#remove(known.ref, "exit", null);
    const row = newRow(ref, changed, this.#columns);
    this.#rows.set(ref.pid, row);
    if (!isFirst) this.emit("start", row);
  }

  #remove(ref: ProcessRef, event: "exit" | "leave", returncode: number | null): void {
    const row = this.#rows.get(ref.pid);
    if (row === undefined || !sameProcess(row.ref, ref)) return;
    this.#rows.delete(ref.pid);
    if (event === "exit") this.emit("exit", row, returncode);
    else this.emit("leave", row);
  }
}

/** An attribute, and the field that it is read from. */
interface Column<A extends ProcessAttributeName> {
  readonly name: Asked<A>;
  readonly field: AttributeField;
  readonly isShaped: boolean;
}

function newRow<A extends ProcessAttributeName>(
  ref: ProcessRef,
  info: ProcessInfo,
  columns: readonly Column<A>[],
): ProcessRow<A> {
  const values: Record<string, unknown> = { ref, failures: info.failures, sampledAfterUs: info.sampledAfterUs };
  for (const { name } of columns) values[name] = rowValue(info, name);
  return values as ProcessRow<A>;
}

/** Puts a whole row, which has no value where there is none any more, into one and gives the attributes that changed. */
function replace<A extends ProcessAttributeName>(
  row: Writable<ProcessRow<A>>,
  info: ProcessInfo,
  columns: readonly Column<A>[],
): Asked<A>[] {
  const before = row as Record<string, unknown>;
  const changed = columns.filter(({ name, field }) => isPresent(info[field]) || isPresent(before[name]));
  Object.assign(before, newRow(row.ref, info, columns));
  return changed.map(({ name }) => name);
}

/** Puts what changed into a row and gives the attributes that did. */
function merge<A extends ProcessAttributeName>(
  row: Writable<ProcessRow<A>>,
  info: ProcessInfo,
  cleared: readonly ProcessAttributeName[],
  columns: readonly Column<A>[],
): Asked<A>[] {
  const changed: Asked<A>[] = [];
  const values = row as Record<string, unknown>;
  for (const { name, field, isShaped } of columns) {
    const value = info[field];
    if (isPresent(value)) values[name] = isShaped ? rowValue(info, name) : value;
    else if (cleared.length > 0 && cleared.includes(field)) values[name] = emptyLike(rowValue(info, name));
    else continue;
    changed.push(name);
  }
  row.failures = failuresOf(row.failures, info, cleared);
  return changed;
}

/** What has a value again has no failure any more. */
export function failuresOf(
  before: readonly AttributeFailure[],
  info: ProcessInfo,
  cleared: readonly ProcessAttributeName[],
): AttributeFailure[] {
  if (before.length === 0 && info.failures.length === 0) return before as AttributeFailure[];
  if (info.failures.length > 0) return info.failures;
  const isOld = ({ attribute }: AttributeFailure) => {
    const field = camelCase(attribute) as keyof ProcessInfo;
    return !isPresent(info[field]) || cleared.includes(field as ProcessAttributeName);
  };
  return before.filter(isOld);
}

/** A field that a message does not have is null, or empty where it is a list or a map. */
export function isPresent(value: unknown): boolean {
  if (value === null) return false;
  if (typeof value !== "object") return true;
  if (Array.isArray(value)) return value.length > 0;
  for (const _ in value) return true;
  return false;
}

function emptyLike(value: unknown): unknown {
  return Array.isArray(value) ? [] : value;
}
