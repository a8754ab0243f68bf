// SPDX-License-Identifier: Apache-2.0

import { describe } from "../call-options.ts";
import { InvalidArgument } from "../errors.ts";
import type { Host } from "../host/host.ts";
import type {
  SensorsMetricName,
  SensorsUpdate,
  SensorsWatchOptions,
  SystemMetricName,
  SystemUpdate,
  SystemWatchOptions,
} from "../host/watch.ts";
import type { ProcessAttributeName } from "../process/attributes.ts";
import { mergeMetricUpdates, mergeProcessUpdates } from "../watch/merge-updates.ts";
import type { ProcessChanged, ProcessUpdate, ProcessWatchOptions } from "../watch/process-watch.ts";
import type { WatchOptions } from "../watch/watch-feed.ts";
import { nowhere } from "./check-read.ts";
import type { FleetProcessTable } from "./process-table.ts";
import type { FleetUpdate, WatchValue } from "./watch-update.ts";

/**
 * What a watch of a fleet takes: what Host's takes, but that the fleet itself connects anew, and that `timeoutMs` is how
 * late a host may be: with its first word, and beyond its interval with any other, before its status is "deadline" and
 * it is tried anew. Default: that of the fleet.
 */
export type OverFleetOptions<O extends WatchOptions> = Omit<O, "reconnect" | "onDisconnect">;

/** Streams of a Fleet. Hosts that cannot be watched are told of, and tried again; none delays another. */
export interface FleetWatches {
  /**
   * Metrics of every host, again and again. What was not read in time is merged: each host has at most one value waiting,
   * the latest, and its `dropped` tells how many it stands for. Hosts that join or leave the list are joined or left.
   * Throws for a wrong argument; what fails on a host is in its update; `signal` and close() end it with Cancelled.
   */
  watch<const M extends SystemMetricName>(
    options: OverFleetOptions<SystemWatchOptions<M>>,
  ): AsyncGenerator<FleetUpdate<SystemUpdate<M>>, void, undefined>;
  /** Temperatures, fans and batteries of every host; else as watch(). */
  watchSensors<const M extends SensorsMetricName>(
    options: OverFleetOptions<SensorsWatchOptions<M>>,
  ): AsyncGenerator<FleetUpdate<SensorsUpdate<M>>, void, undefined>;
  /** Changes of the process table of every host; else as watch(). With `limit`, so many of each host. */
  watchProcesses<const A extends ProcessAttributeName = never>(
    options?: OverFleetOptions<ProcessWatchOptions<A>>,
  ): AsyncGenerator<FleetUpdate<ProcessUpdate>, void, undefined>;
  /**
   * The processes of all hosts, kept up to date. With `orderBy` and `limit` it has the first so many of the whole fleet,
   * and no host sends more than that. Every host has been heard, or given up for now, when this returns. Close it when
   * done.
   */
  processTable<const A extends ProcessAttributeName = never>(
    options?: OverFleetOptions<ProcessWatchOptions<A>>,
  ): Promise<FleetProcessTable<A>>;
}

/** A watch of one host that a fleet makes of each: what it is called, how it starts, how two of its values are one. */
export interface HostStream<T extends WatchValue> {
  readonly start: (host: Host, options: WatchOptions) => AsyncIterable<T>;
  readonly merge: (older: T, newer: T) => T;
  /** Takes what is large out of a value, into one like it. */
  readonly handOver: (value: T) => T;
  /** Seconds from one value to the next, unless asked for otherwise. */
  readonly interval: number;
}

type AnyMetrics = { readonly metrics: readonly never[] };

export const WATCH: HostStream<SystemUpdate<never>> = {
  start: (host, options) => host.watch(options as WatchOptions & AnyMetrics),
  merge: mergeMetricUpdates,
  // Its values are kept anyway, until they change.
  handOver: (value) => value,
  interval: 1,
};
export const WATCH_SENSORS: HostStream<SensorsUpdate<never>> = {
  start: (host, options) => host.watchSensors(options as WatchOptions & AnyMetrics),
  merge: mergeMetricUpdates,
  // Its values are kept anyway, until they change.
  handOver: (value) => value,
  interval: 5,
};
export const WATCH_PROCESSES: HostStream<ProcessUpdate> = {
  start: (host, options) => host.watchProcesses(options),
  merge: mergeProcessUpdates,
  handOver(value) {
    const own = { ...value, changed: value.changed.slice() };
    (value.changed as ProcessChanged[]).length = 0;
    return own;
  },
  interval: 1,
};

/** Throws InvalidArgument for what is wrong on every host, before one is asked. */
export function checkWatch<T extends WatchValue>(call: string, stream: HostStream<T>, options: unknown): void {
  if (typeof options === "object" && options !== null) {
    for (const name of ["reconnect", "onDisconnect"]) {
      if (Object.hasOwn(options, name)) {
        throw new InvalidArgument(`${call} has no option "${name}": it tries hosts again by itself, and tells of it`);
      }
    }
  }
  stream.start(nowhere(), options as WatchOptions);
  const { timeoutMs } = (options ?? {}) as WatchOptions;
  if (timeoutMs !== undefined && timeoutMs <= 0) {
    throw new InvalidArgument(`${call}: timeoutMs must be above 0, not ${describe(timeoutMs)}`);
  }
}
