// SPDX-License-Identifier: Apache-2.0

import { describe } from "../call-options.ts";
import { type HostscopeError, InvalidArgument, NotFound } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { connect } from "../open.ts";
import type { ProcessAttributeName } from "../process/attributes.ts";
import type { ProcessListOptions } from "../process/list.ts";
import type { ProcessWatchOptions } from "../watch/process-watch.ts";
import type { WatchOptions } from "../watch/watch-feed.ts";
import { FleetAnswer } from "./answer.ts";
import { checkRead } from "./check-read.ts";
import { type FanOutOptions, fanOut, type Work } from "./fan-out.ts";
import { follow } from "./follow.ts";
import { type Selector, type Takes, takes } from "./labels.ts";
import type { Member } from "./member.ts";
import { type CallSettings, type FleetCallOptions, type FleetOptions, settings } from "./options.ts";
import type { FleetTarget } from "./outcome.ts";
import { FleetProcesses } from "./processes.ts";
import { callRead, type FleetReads, optionsOf, READS, type ReadName } from "./reads.ts";
import { Roster } from "./roster.ts";
import { startTable, startWatch, type WatchedFleet } from "./start-watch.ts";
import type { TargetEntry, TargetSource } from "./targets.ts";
import { type FleetWatches, WATCH, WATCH_PROCESSES, WATCH_SENSORS } from "./watches.ts";
import { splitWay } from "./way.ts";

/** A host that takes longer than this is waited for beside the others. */
const SLOW_AFTER_MS = 100;

/** A call of a Host keeps its deadline itself; on a busy machine it begins late, and so it ends. */
const GRACE_MS = 500;

/** What Fleet.each() gives its function, besides the host. */
export interface EachContext extends FleetTarget {
  /** Fires when the host's time is up or the caller has left; give it to the calls. */
  readonly signal: AbortSignal;
}

/**
 * Many hosts as one; get one from fleet(). It has the reading methods of Host, and each gives a FleetAnswer: an outcome
 * of each host, as they come or all together. What fails on a host is in its outcome and is never thrown.
 */
export interface Fleet extends FleetReads, FleetWatches, AsyncDisposable {
  /** The same fleet less the hosts that the selector does not take. It shares all connections, and close(). */
  select(selector: Selector): Fleet;
  /** The same fleet with other options for its calls. It shares all connections, and close(). */
  with(options: FleetCallOptions): Fleet;
  /** Some work of yours on each host; what it throws is that host's outcome. Leave the Host open: it is the fleet's. */
  each<T>(work: (host: Host, context: EachContext) => Promise<T> | T): FleetAnswer<T>;
  /** The processes of all hosts in one loop. */
  processes<const A extends ProcessAttributeName = never>(options?: ProcessListOptions<A>): FleetProcesses<A>;
  /** Its hosts as they are now. The first time this waits for the source. */
  targets(): Promise<FleetTarget[]>;
  /**
   * The Host behind a target, for more than reading. It stays open until close(), or until the source drops it from its
   * list. NotFound if the fleet has none such.
   */
  host(target: string): Promise<Host>;
  /** Why the source of the targets could not be read when it was last tried; null if it could. */
  readonly targetsError: HostscopeError | null;
  /** Ends all connections. Calls in progress end with outcomes that are "cancelled", later ones fail with Cancelled. */
  close(): Promise<void>;
}

/**
 * Many hosts as one: of a list of targets, each alone or with labels, or of a source such as fileTargets(). No host is
 * asked anything before it has to be. InvalidArgument for a list that is none, that has one host twice or more than
 * 10,000; none at all is a fleet without outcomes.
 */
export function fleet(targets: readonly TargetEntry[] | TargetSource, options?: FleetOptions): Fleet {
  const { way, others } = splitWay("fleet", options);
  const calls = settings("fleet", others, undefined, ["onSourceError", "open"]);
  const roster = new Roster(targets, {
    open: options?.open ?? ((target) => connect(target, way)),
    checksDial: options?.open === undefined,
    insecure: way.insecure,
    onSourceError: options?.onSourceError,
  });
  return new FleetView(roster, calls, []) as unknown as Fleet;
}

/** How one call goes about it. */
type Calls = Omit<FanOutOptions, "leaving"> & Pick<CallSettings, "signal">;

/** A roster seen through selectors, with options. */
class FleetView implements Omit<Fleet, keyof FleetReads | keyof FleetWatches> {
  readonly #roster: Roster;
  readonly #calls: CallSettings;
  readonly #selectors: readonly Takes[];
  readonly #takes: Takes = (host) => this.#selectors.every((isTaken) => isTaken(host));

  constructor(roster: Roster, calls: CallSettings, selectors: readonly Takes[]) {
    this.#roster = roster;
    this.#calls = calls;
    this.#selectors = selectors;
  }

  get targetsError(): HostscopeError | null {
    return this.#roster.failure;
  }

  select(selector: Selector): Fleet {
    return new FleetView(this.#roster, this.#calls, [...this.#selectors, takes(selector)]) as unknown as Fleet;
  }

  with(options: FleetCallOptions): Fleet {
    const calls = settings("Fleet.with", options, this.#calls);
    return new FleetView(this.#roster, calls, this.#selectors) as unknown as Fleet;
  }

  each<T>(work: (host: Host, context: EachContext) => Promise<T> | T): FleetAnswer<T> {
    if (typeof work !== "function") {
      throw new InvalidArgument(`Fleet.each takes a function of a host, not ${describe(work)}`);
    }
    const slowAfterMs = this.#calls.slowAfterMs ?? Number.POSITIVE_INFINITY;
    const calls = { ...this.#calls, slowAfterMs, graceMs: 0 };
    const onHost: Work<T> = async (host, signal, { target, labels }) => await work(host, { target, labels, signal });
    return this.#answer(calls, undefined, async () => onHost);
  }

  processes<const A extends ProcessAttributeName = never>(options?: ProcessListOptions<A>): FleetProcesses<A> {
    return new FleetProcesses((this as unknown as FleetReads).processList(options));
  }

  watch(options: WatchOptions) {
    return startWatch(this.#watched, "Fleet.watch", WATCH, options);
  }

  watchSensors(options: WatchOptions) {
    return startWatch(this.#watched, "Fleet.watchSensors", WATCH_SENSORS, options);
  }

  watchProcesses(options?: WatchOptions) {
    return startWatch(this.#watched, "Fleet.watchProcesses", WATCH_PROCESSES, options);
  }

  processTable(options?: ProcessWatchOptions<never>) {
    return startTable(this.#watched, options);
  }

  async targets(): Promise<FleetTarget[]> {
    return (await this.#members()).map(({ target, labels }) => ({ target, labels }));
  }

  async host(target: string): Promise<Host> {
    const member = (await this.#members()).find((one) => one.target === target);
    if (member === undefined) {
      throw new NotFound(`the fleet has no host ${describe(target)}`, { host: String(target) });
    }
    return member.lend();
  }

  close(): Promise<void> {
    return this.#roster.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** The answer to one of Host's reading methods. */
  read(name: ReadName, args: readonly unknown[]): FleetAnswer<unknown> {
    const options = optionsOf(name, args) as ProcessListOptions<never> | undefined;
    const workMs = (options?.interval ?? 0) * 1000;
    const timeoutMs = options?.timeoutMs ?? this.#calls.timeoutMs + workMs;
    const slowAfterMs = this.#calls.slowAfterMs ?? SLOW_AFTER_MS;
    const calls = { ...this.#calls, timeoutMs, slowAfterMs, graceMs: GRACE_MS };
    return this.#answer(calls, options?.signal, async () => {
      await checkRead(name, args, options);
      return (host, signal) => callRead(host, name, args, { ...options, timeoutMs, signal });
    });
  }

  /** Outcomes of some work, on the hosts that are there when it begins. */
  #answer<T>(calls: Calls, signal: AbortSignal | undefined, prepare: () => Promise<Work<T>>): FleetAnswer<T> {
    const view = this;
    const order = new Map<string, number>();
    async function* start() {
      const work = await prepare();
      const { leaving, release } = follow([view.#roster.closing, calls.signal, signal]);
      try {
        const members = await view.#members(calls.timeoutMs, leaving.signal);
        members.forEach(({ target }, at) => {
          order.set(target, at);
        });
        yield* fanOut(members, work, { ...calls, leaving });
      } finally {
        release();
      }
    }
    return new FleetAnswer(start, (outcomes) =>
      outcomes.sort((a, b) => (order.get(a.target) ?? 0) - (order.get(b.target) ?? 0)),
    );
  }

  async #members(timeoutMs = this.#calls.timeoutMs, signal = this.#calls.signal): Promise<Member[]> {
    return (await this.#roster.members(timeoutMs, signal)).filter(this.#takes);
  }

  get #watched(): WatchedFleet {
    return { roster: this.#roster, takes: this.#takes, calls: this.#calls };
  }
}

for (const name of Object.keys(READS) as ReadName[]) {
  Object.defineProperty(FleetView.prototype, name, {
    value(this: FleetView, ...args: unknown[]) {
      return this.read(name, args);
    },
    configurable: true,
    writable: true,
  });
}
