// SPDX-License-Identifier: Apache-2.0

import { Cancelled } from "../errors.ts";
import { follow } from "./follow.ts";
import { type FollowOptions, followHost } from "./follow-host.ts";
import type { Member } from "./member.ts";
import { WatchSlots } from "./watch-slots.ts";
import type { FleetUpdate, WatchValue } from "./watch-update.ts";

/** Hosts to watch, as they come and go. */
export interface WatchedHosts {
  /** Those that are there when the watch begins; fails if they are not known in time. */
  first(signal: AbortSignal): Promise<readonly Member[]>;
  /** Those that are there now. */
  now(): readonly Member[];
  /** Calls the function whenever they may be others; returns what ends that. */
  onChange(changed: () => void): () => void;
}

/** One watch of a fleet. */
export interface FleetWatchOptions<T> extends FollowOptions<T> {
  /** Makes one value of two that nobody has read. */
  readonly merge: (older: T, newer: T) => T;
  /** Any of them ends it. */
  readonly signals: readonly (AbortSignal | undefined)[];
}

/**
 * What the hosts of a fleet tell, each as it comes. A host that joins is joined, one that leaves is left. Leaving the
 * loop ends the watch on every host; a signal ends it with Cancelled.
 */
export async function* watchFleet<T extends WatchValue>(
  hosts: WatchedHosts,
  options: FleetWatchOptions<T>,
): AsyncGenerator<FleetUpdate<T>, void, undefined> {
  const { leaving, release } = follow(options.signals);
  const { signal } = leaving;
  const slots = new WatchSlots<T>(options.merge);
  const watched = new Map<Member, AbortController>();
  const begin = (member: Member) => {
    const own = new AbortController();
    watched.set(member, own);
    void followHost(member, options, own.signal, {
      news: (value) => {
        // What comes after it left is nobody's.
        if (!own.signal.aborted) slots.news(member, value);
      },
      trouble: (error, retryInMs) => slots.trouble(member, error, retryInMs),
    });
  };
  const adopt = (members: readonly Member[]) => {
    const there = new Set(members);
    for (const [member, own] of watched) {
      if (there.has(member)) continue;
      watched.delete(member);
      own.abort();
      slots.left(member, new Cancelled(`${member.target} is not in the fleet any more`, { host: member.target }));
    }
    for (const member of members) if (!watched.has(member)) begin(member);
  };
  const end = () => {
    for (const own of watched.values()) own.abort(signal.reason);
    slots.wake();
  };
  signal.addEventListener("abort", end, { once: true });
  let unfollow = () => {};
  try {
    adopt(await hosts.first(signal));
    unfollow = hosts.onChange(() => {
      if (!signal.aborted) adopt(hosts.now());
    });
    while (!signal.aborted) {
      const update = slots.take();
      if (update !== undefined) yield update;
      else await slots.filled();
    }
    throw new Cancelled("the watch was cancelled", { cause: signal.reason });
  } finally {
    unfollow();
    leaving.abort();
    // Again, for a signal that had fired before the watch began.
    end();
    release();
  }
}
