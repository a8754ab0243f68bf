// SPDX-License-Identifier: Apache-2.0

import type { Host } from "../host/host.ts";
import type { Member, MemberLimits } from "./member.ts";
import { type FleetOutcome, hostError, statusOf } from "./outcome.ts";

/** What is done on each host. */
export type Work<T> = (host: Host, signal: AbortSignal, member: Member) => Promise<T>;

/** How far a call on a fleet is. */
export interface FleetProgress {
  /** Hosts that the call is about. */
  readonly total: number;
  /** Those whose outcome is known. */
  readonly done: number;
  /** Those of them that have answered. */
  readonly ok: number;
}

/** How a call on a fleet goes about it. */
export interface FanOutOptions {
  /** Milliseconds that each host gets. */
  readonly timeoutMs: number;
  /** Milliseconds more until work that does not keep this time itself is given up. */
  readonly graceMs: number;
  /** Hosts asked at once. */
  readonly concurrency: number;
  /** Milliseconds after which a host that has not answered makes room for the next. */
  readonly slowAfterMs: number;
  /** Aborted by others to give up, and by the call itself at its end. */
  readonly leaving: AbortController;
  readonly onProgress: ((progress: FleetProgress) => void) | undefined;
}

/**
 * Outcomes of work on many hosts, each as it comes. Leaving the loop gives up the rest. While outcomes lie unread, no
 * further host is asked: what is held in memory is bounded however slow the reader.
 */
export async function* fanOut<T>(
  members: readonly Member[],
  work: Work<T>,
  options: FanOutOptions,
): AsyncGenerator<FleetOutcome<T>, void, undefined> {
  const { timeoutMs, graceMs, concurrency, slowAfterMs, leaving, onProgress } = options;
  // Hosts that did not answer last time keep nobody waiting.
  const queue = [...members.filter((one) => !one.isSuspect), ...members.filter((one) => one.isSuspect)];
  const unread: FleetOutcome<T>[] = [];
  let next = 0;
  let asking = 0;
  let wake = () => {};

  const ask = async (member: Member) => {
    let holdsPlace = true;
    asking++;
    const makeRoom = () => {
      if (holdsPlace) {
        holdsPlace = false;
        asking--;
      }
    };
    const whenSlow = () => {
      makeRoom();
      fill();
    };
    const slow = slowAfterMs < timeoutMs ? setTimeout(whenSlow, slowAfterMs) : undefined;
    const outcome = await outcomeOf(member, work, { timeoutMs, graceMs, signal: leaving.signal });
    clearTimeout(slow);
    makeRoom();
    unread.push(outcome);
    wake();
    fill();
  };
  const fill = () => {
    while (asking < concurrency && unread.length < concurrency && next < queue.length) {
      void ask(queue[next++] as Member);
    }
  };

  try {
    let ok = 0;
    for (let done = 0; done < queue.length; ) {
      fill();
      const outcome = unread.shift();
      if (outcome === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      done++;
      ok += outcome.status === "ok" ? 1 : 0;
      onProgress?.({ total: queue.length, done, ok });
      yield outcome;
    }
  } finally {
    next = queue.length;
    leaving.abort();
  }
}

async function outcomeOf<T>(member: Member, work: Work<T>, limits: MemberLimits): Promise<FleetOutcome<T>> {
  const { target, labels } = member;
  const start = performance.now();
  const elapsed = () => performance.now() - start;
  try {
    const value = await member.use(limits, (host, signal) => work(host, signal, member));
    return { target, labels, status: "ok", value, error: null, elapsedMs: elapsed() };
  } catch (thrown) {
    const error = hostError(thrown, target);
    return { target, labels, status: statusOf(error), value: null, error, elapsedMs: elapsed() };
  }
}
