// SPDX-License-Identifier: Apache-2.0

import { EventEmitter } from "node:events";
import { HostscopeError } from "../errors.ts";
import type { Asked, ProcessAttributeName } from "../process/attributes.ts";
import type { ProcessRow } from "../process/list.ts";
import { type ProcessCollection, ProcessTable } from "../watch/process-table.ts";
import type { MissingMeans, ProcessUpdate } from "../watch/process-watch.ts";
import type { FleetTarget } from "./outcome.ts";
import type { FleetProcess } from "./processes.ts";
import type { FleetUpdate } from "./watch-update.ts";

/** One host of a FleetProcessTable. */
export interface FleetTableHost<A extends ProcessAttributeName = never> extends FleetTarget {
  /** "ok", or why its rows are old. */
  readonly status: FleetUpdate<never>["status"];
  /** Why it cannot be watched at the moment; null if it can. */
  readonly error: HostscopeError | null;
  /** Its rows by pid as it told them last; empty if it never did. */
  readonly rows: ReadonlyMap<number, ProcessRow<A>>;
  /** The last collection that was taken in; null if there was none. */
  readonly last: ProcessCollection | null;
}

/** A process of a FleetProcessTable. */
export interface FleetTableRow<A extends ProcessAttributeName = never> extends FleetProcess<A> {
  /** True while its host cannot be watched: the values are as of then. */
  readonly isStale: boolean;
}

/** What a table of a fleet tells of, as it happens. */
export interface FleetProcessTableEvents<A extends ProcessAttributeName> {
  /** A process is there that was not. Not for those of a host's first snapshot. */
  start: [process: FleetProcess<A>];
  /** A process has ended; its exit code where the host knows it. */
  exit: [process: FleetProcess<A>, returncode: number | null];
  /** A process is no longer among those that were asked for (see ProcessTable), or its host left the fleet. */
  leave: [process: FleetProcess<A>];
  /** Some attributes of a process have another value. */
  change: [process: FleetProcess<A>, attributes: readonly Asked<A>[]];
  /** A host is heard for the first time, is lost, is found again, or leaves. */
  host: [host: FleetTableHost<A>];
  /** A collection of one host has been taken in; after all events of its own. */
  update: [host: FleetTableHost<A>];
  /** The table has ended: by an error, or null after close(). */
  end: [error: HostscopeError | null];
}

/** @internal How a table orders its rows, and how many it has. */
export interface TableOrder {
  readonly compare: ((a: object, b: object) => number) | null;
  /** What `compare` looks at: rows have it, and events do not tell of it unless it was asked for. */
  readonly attributes: readonly ProcessAttributeName[];
  readonly limit: number;
}

interface Entry<A extends ProcessAttributeName> {
  labels: FleetTarget["labels"];
  status: FleetTableHost["status"];
  error: HostscopeError | null;
  readonly table: ProcessTable<A>;
}

/** The processes of a fleet, kept up to date. Ends with close(). */
export class FleetProcessTable<A extends ProcessAttributeName = never>
  extends EventEmitter<FleetProcessTableEvents<A>>
  implements AsyncDisposable
{
  readonly #entries = new Map<string, Entry<A>>();
  readonly #names: readonly Asked<A>[];
  readonly #order: TableOrder;
  readonly #missing: MissingMeans;
  readonly #leave: AbortController;
  #reading: Promise<void> = Promise.resolve();

  /** @internal Tables come from Fleet.processTable(). */
  constructor(names: readonly Asked<A>[], order: TableOrder, missing: MissingMeans, leave: AbortController) {
    super();
    this.#names = names;
    this.#order = order;
    this.#missing = missing;
    this.#leave = leave;
  }

  /** Hosts that have been heard of, by target. */
  get hosts(): ReadonlyMap<string, FleetTableHost<A>> {
    return new Map([...this.#entries].map(([target, entry]) => [target, hostOf(target, entry)]));
  }

  /** Processes of all hosts: in order and at most `limit`, if these were given; else host by host. Made when called. */
  rows(): FleetTableRow<A>[] {
    const best = new Best<FleetTableRow<A>, ProcessRow<A>>(this.#order);
    for (const [target, { labels, status, table }] of this.#entries) {
      const isStale = status !== "ok";
      for (const process of table.rows.values()) best.add(process, () => ({ target, labels, process, isStale }));
    }
    return best.rows;
  }

  /** @internal Reads updates until they end; returns when each of these hosts has been heard of, or the table has ended. */
  start(targets: readonly string[], updates: AsyncIterable<FleetUpdate<ProcessUpdate>>): Promise<void> {
    const unheard = new Set(targets);
    return new Promise((resolve, reject) => {
      if (unheard.size === 0) resolve();
      const read = async () => {
        for await (const update of updates) {
          this.apply(update);
          if (unheard.delete(update.target) && unheard.size === 0) resolve();
        }
      };
      this.#reading = read().catch((reason: unknown) => {
        reject(reason);
        if (!(reason instanceof HostscopeError)) throw reason;
        this.emit("end", this.#leave.signal.aborted ? null : reason);
      });
    });
  }

  /** Takes in one update. For tables that are fed by hand, such as from a recording. */
  apply(update: FleetUpdate<ProcessUpdate>): void {
    const { target, labels, status, error } = update;
    const known = this.#entries.get(target);
    const entry = known ?? { labels, status, error, table: this.#table(target) };
    const isOther = known === undefined || known.status !== status;
    Object.assign(entry, { labels, status, error });
    if (status === "left") this.#forget(target, entry);
    else this.#entries.set(target, entry);
    if (update.status === "ok") entry.table.apply(update.value);
    if (isOther) this.emit("host", hostOf(target, entry));
    if (update.status === "ok") this.emit("update", hostOf(target, entry));
  }

  /** Ends the watch. */
  async close(): Promise<void> {
    this.#leave.abort();
    await this.#reading;
  }

  /** close(), for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #forget(target: string, { labels, table }: Entry<A>): void {
    this.#entries.delete(target);
    for (const process of table.rows.values()) this.emit("leave", { target, labels, process });
  }

  #table(target: string): ProcessTable<A> {
    const names = new Set<ProcessAttributeName>([...this.#names, ...this.#order.attributes]);
    const table = new ProcessTable<A>([...names] as Asked<A>[], NOTHING, this.#missing);
    const of = (process: ProcessRow<A>): FleetProcess<A> => {
      const labels = this.#entries.get(target)?.labels ?? {};
      return { target, labels, process };
    };
    table.on("start", (row) => this.emit("start", of(row)));
    table.on("exit", (row, returncode) => this.emit("exit", of(row), returncode));
    table.on("leave", (row) => this.emit("leave", of(row)));
    table.on("change", (row, attributes) => {
      const asked = attributes.filter((name) => this.#names.includes(name));
      if (asked.length > 0) this.emit("change", of(row), asked);
    });
    return table;
  }
}

/** The first so many in an order, of more than one would want to sort. Without an order, those that came first. */
class Best<T extends { readonly process: P }, P extends object> {
  readonly rows: T[] = [];
  readonly #order: TableOrder;

  constructor(order: TableOrder) {
    this.#order = order;
  }

  add(process: P, make: () => T): void {
    const { compare, limit } = this.#order;
    if (compare === null) {
      if (this.rows.length < limit) this.rows.push(make());
      return;
    }
    const last = this.rows.at(-1);
    if (this.rows.length >= limit && last !== undefined && compare(last.process, process) <= 0) return;
    this.rows.splice(this.#place(process, compare), 0, make());
    if (this.rows.length > limit) this.rows.pop();
  }

  /** Behind its equals. */
  #place(process: P, compare: (a: object, b: object) => number): number {
    let [low, high] = [0, this.rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare((this.rows[middle] as T).process, process) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** What is fed by hand reads nothing by itself. */
const NOTHING: AsyncIterator<ProcessUpdate, void, undefined> = {
  next: async () => ({ done: true, value: undefined }),
};

function hostOf<A extends ProcessAttributeName>(target: string, entry: Entry<A>): FleetTableHost<A> {
  const { labels, status, error, table } = entry;
  return { target, labels, status, error, rows: table.rows, last: table.last };
}
