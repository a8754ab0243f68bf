// SPDX-License-Identifier: Apache-2.0

import type { HostscopeError } from "../errors.ts";
import type { Member } from "./member.ts";
import { statusOf } from "./outcome.ts";
import type { FleetTrouble, FleetUpdate } from "./watch-update.ts";

/** What of a host was not read yet: first its value, then its trouble. */
interface Slot<T> {
  readonly member: Member;
  value: T | null;
  trouble: Pick<FleetTrouble, "status" | "error" | "retryInMs"> | null;
  isQueued: boolean;
}

/**
 * What was not read yet of a watched fleet: at most one value and one trouble of each host, however slow the reader.
 * Hosts are read in turn, those that have waited longest first.
 */
export class WatchSlots<T> {
  readonly #merge: (older: T, newer: T) => T;
  readonly #slots = new Map<Member, Slot<T>>();
  // Slots stay and two lists take turns: a queue that is made anew all the time would hold what was read, for the garbage
  // collector clears up the old before the young only rarely.
  #filling: Slot<T>[] = [];
  #reading: Slot<T>[] = [];
  #next = 0;
  #wake = () => {};

  /** `merge` makes one value of two that were not read. */
  constructor(merge: (older: T, newer: T) => T) {
    this.#merge = merge;
  }

  /** A host has told something. That it was lost before shows in the value. */
  news(member: Member, value: T): void {
    const unread = this.#slots.get(member)?.value ?? null;
    this.#put(member, unread === null ? value : this.#merge(unread, value), null);
  }

  /** A host cannot be watched. What it told until then is read before. */
  trouble(member: Member, error: HostscopeError, retryInMs: number | null): void {
    const value = this.#slots.get(member)?.value ?? null;
    this.#put(member, value, { status: statusOf(error), error, retryInMs });
  }

  /** A host is not watched any more. */
  left(member: Member, error: HostscopeError): void {
    this.#put(member, null, { status: "left", error, retryInMs: null });
    this.#slots.delete(member);
  }

  /** The next update, or undefined if all are read. */
  take(): FleetUpdate<T> | undefined {
    if (this.#next === this.#reading.length) {
      this.#reading.length = 0;
      this.#next = 0;
      [this.#filling, this.#reading] = [this.#reading, this.#filling];
    }
    const slot = this.#reading[this.#next];
    if (slot === undefined) return undefined;
    const { member, value, trouble } = slot;
    const { target, labels } = member;
    slot.value = null;
    if (value !== null && trouble !== null) return { target, labels, status: "ok", value, error: null };
    slot.trouble = null;
    slot.isQueued = false;
    this.#next++;
    if (value !== null) return { target, labels, status: "ok", value, error: null };
    return trouble === null ? undefined : { target, labels, value: null, ...trouble };
  }

  /** Waits until there is something to take, or `wake` was called. */
  async filled(): Promise<void> {
    if (this.#filling.length > 0 || this.#next < this.#reading.length) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }

  /** Ends the wait of filled(). */
  wake(): void {
    this.#wake();
  }

  #put(member: Member, value: T | null, trouble: Slot<T>["trouble"]): void {
    const slot = this.#slots.get(member) ?? { member, value, trouble, isQueued: false };
    this.#slots.set(member, slot);
    slot.value = value;
    slot.trouble = trouble;
    if (!slot.isQueued) this.#filling.push(slot);
    slot.isQueued = true;
    this.#wake();
  }
}
