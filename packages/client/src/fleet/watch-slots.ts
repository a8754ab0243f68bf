// SPDX-License-Identifier: Apache-2.0

import type { HostscopeError } from "../errors.ts";
import type { Member } from "./member.ts";
import { statusOf } from "./outcome.ts";
import type { FleetTrouble, FleetUpdate } from "./watch-update.ts";

/** What of a host was not read yet: first its value, then its trouble. */
interface Slot<T> {
  value: T | null;
  trouble: Pick<FleetTrouble, "status" | "error" | "retryInMs"> | null;
}

/**
 * What was not read yet of a watched fleet: at most one value and one trouble of each host, however slow the reader.
 * Hosts are read in turn, those that have waited longest first.
 */
export class WatchSlots<T> {
  readonly #merge: (older: T, newer: T) => T;
  readonly #slots = new Map<Member, Slot<T>>();
  #wake = () => {};

  /** `merge` makes one value of two that were not read. */
  constructor(merge: (older: T, newer: T) => T) {
    this.#merge = merge;
  }

  /** A host has told something. That it was lost before shows in the value. */
  news(member: Member, value: T): void {
    const unread = this.#slots.get(member)?.value ?? null;
    this.#put(member, { value: unread === null ? value : this.#merge(unread, value), trouble: null });
  }

  /** A host cannot be watched. What it told until then is read before. */
  trouble(member: Member, error: HostscopeError, retryInMs: number | null): void {
    const value = this.#slots.get(member)?.value ?? null;
    this.#put(member, { value, trouble: { status: statusOf(error), error, retryInMs } });
  }

  /** A host is not watched any more. */
  left(member: Member, error: HostscopeError): void {
    this.#put(member, { value: null, trouble: { status: "left", error, retryInMs: null } });
  }

  /** The next update, or undefined if all are read. */
  take(): FleetUpdate<T> | undefined {
    const [first] = this.#slots;
    if (first === undefined) return undefined;
    const [member, slot] = first;
    const { target, labels } = member;
    const { value, trouble } = slot;
    if (value !== null && trouble !== null) slot.value = null;
    else this.#slots.delete(member);
    if (value !== null) return { target, labels, status: "ok", value, error: null };
    return trouble === null ? undefined : { target, labels, value: null, ...trouble };
  }

  /** Waits until there is something to take, or `wake` was called. */
  async filled(): Promise<void> {
    if (this.#slots.size > 0) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }

  /** Ends the wait of filled(). */
  wake(): void {
    this.#wake();
  }

  #put(member: Member, slot: Slot<T>): void {
    this.#slots.set(member, slot);
    this.#wake();
  }
}
