// SPDX-License-Identifier: Apache-2.0

import type { ProcessAttributeName } from "../process/attributes.ts";
import { leavable } from "../watch/leavable.ts";
import { isNumberKey } from "../watch/process-filter.ts";
import { missingMeans, type ProcessWatchOptions, processWatchRequest } from "../watch/process-watch.ts";
import type { WatchOptions } from "../watch/watch-feed.ts";
import { Gate } from "./gate.ts";
import type { Takes } from "./labels.ts";
import type { CallSettings } from "./options.ts";
import { attributeOfKey, rowOrder } from "./process-order.ts";
import { FleetProcessTable } from "./process-table.ts";
import type { Roster } from "./roster.ts";
import { watchFleet } from "./watch-fleet.ts";
import type { FleetUpdate, WatchValue } from "./watch-update.ts";
import { checkWatch, type HostStream, type OverFleetOptions, WATCH_PROCESSES } from "./watches.ts";

/** Milliseconds after which a host that has not answered makes room for the next. */
const SLOW_AFTER_MS = 100;

/** A fleet as its watches see it: hosts that come and go, those of them it is about, and how it makes its calls. */
export interface WatchedFleet {
  readonly roster: Roster;
  readonly takes: Takes;
  readonly calls: CallSettings;
}

/** A stream of every host of a fleet. Throws InvalidArgument for what is wrong on all of them. */
export function startWatch<T extends WatchValue>(
  { roster, takes, calls }: WatchedFleet,
  call: string,
  stream: HostStream<T>,
  options: WatchOptions | undefined,
): AsyncGenerator<FleetUpdate<T>, void, undefined> {
  checkWatch(call, stream, options);
  const { timeoutMs: lateMs = calls.timeoutMs, ...others } = options ?? {};
  const hosts = {
    first: async (leaving: AbortSignal) => (await roster.members(lateMs, leaving)).filter(takes),
    now: () => roster.current().filter(takes),
    onChange: (changed: () => void) => roster.onChange(changed),
  };
  return leavable(options, ({ signal }) =>
    watchFleet(hosts, {
      open: (host, own) => stream.start(host, { ...others, ...own, reconnect: false }),
      merge: stream.merge,
      handOver: stream.handOver,
      interval: options?.interval ?? stream.interval,
      lateMs,
      slowAfterMs: calls.slowAfterMs ?? SLOW_AFTER_MS,
      gate: new Gate(calls.concurrency),
      signals: [roster.closing, calls.signal, signal],
    }),
  );
}

/** Fleet.processTable. */
export async function startTable<A extends ProcessAttributeName>(
  fleet: WatchedFleet,
  options: OverFleetOptions<ProcessWatchOptions<A>> | undefined,
): Promise<FleetProcessTable<A>> {
  const call = "Fleet.processTable";
  const { names } = processWatchRequest<A>(call, options);
  const { orderBy, limit, descending = orderBy !== undefined && isNumberKey(orderBy) } = options ?? {};
  const leave = new AbortController();
  const signal = options?.signal === undefined ? leave.signal : AbortSignal.any([options.signal, leave.signal]);
  const order = {
    compare: orderBy === undefined ? null : rowOrder(orderBy, descending),
    attributes: orderBy === undefined ? [] : [attributeOfKey(orderBy)],
    limit: limit ?? Number.POSITIVE_INFINITY,
  };
  const attrs = [...names, ...order.attributes];
  const updates = startWatch(fleet, call, WATCH_PROCESSES, { ...options, attrs, signal } as WatchOptions);
  const members = await fleet.roster.members(options?.timeoutMs ?? fleet.calls.timeoutMs, signal);
  const table = new FleetProcessTable<A>(names, order, missingMeans(options), leave);
  try {
    await table.start(
      members.filter(fleet.takes).map(({ target }) => target),
      updates,
    );
    return table;
  } catch (error) {
    await table.close();
    throw error;
  }
}
