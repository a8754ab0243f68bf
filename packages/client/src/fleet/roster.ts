// SPDX-License-Identifier: Apache-2.0

import { setMaxListeners } from "node:events";
import { Cancelled, type HostscopeError } from "../errors.ts";
import { Member, type OpenHost } from "./member.ts";
import { hostError } from "./outcome.ts";
import { checkTargets, type KnownTarget, type TargetEntry, type TargetSource } from "./targets.ts";
import { within } from "./within.ts";

/** What a fleet's list of hosts needs to know. */
export interface RosterOptions {
  readonly open: OpenHost;
  /** Whether a target that cannot be dialled spoils a list that the program itself gave. */
  readonly checksDial: boolean;
  /** Whether targets in the clear may be on other machines. */
  readonly insecure?: boolean | undefined;
  readonly onSourceError: ((error: HostscopeError) => void) | undefined;
}

/** The hosts of a fleet. Who stays in the list keeps its connection, who leaves it loses it. */
export class Roster {
  readonly #options: RosterOptions;
  readonly #members = new Map<string, Member>();
  readonly #closing = new AbortController();
  readonly #stop: () => void;
  #isKnown = false;
  #failure: HostscopeError | null = null;
  #onFirst: (() => void)[] = [];
  readonly #onChange = new Set<() => void>();

  constructor(targets: readonly TargetEntry[] | TargetSource, options: RosterOptions) {
    this.#options = options;
    setMaxListeners(0, this.#closing.signal);
    if (isSource(targets)) {
      this.#stop = targets.watch({
        update: (entries) => this.#update(entries),
        fail: (error) => this.#fail(error),
      });
    } else {
      this.#stop = () => {};
      this.#apply(checkTargets("fleet", targets, { dial: options.checksDial, insecure: options.insecure }));
    }
  }

  /** Fires when the fleet is closed. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** Why the list could not be read when it was last tried; null if it could. */
  get failure(): HostscopeError | null {
    return this.#failure;
  }

  /** Its hosts in the order of the list; waits for the first list. Throws why there is none. */
  async members(timeoutMs: number, signal: AbortSignal | undefined): Promise<Member[]> {
    if (this.#closing.signal.aborted) {
      throw new Cancelled("the fleet is closed");
    }
    if (!this.#isKnown && this.#failure === null) {
      const first = () => new Promise<void>((resolve) => this.#onFirst.push(resolve));
      await within({ timeoutMs, signal, target: null }, first);
    }
    if (!this.#isKnown && this.#failure !== null) {
      throw this.#failure;
    }
    return [...this.#members.values()];
  }

  /** Its hosts as they are known now. */
  current(): Member[] {
    return [...this.#members.values()];
  }

  /** Calls the function after each new list; returns what ends that. */
  onChange(changed: () => void): () => void {
    this.#onChange.add(changed);
    return () => this.#onChange.delete(changed);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#stop();
    this.#settle();
    const members = [...this.#members.values()];
    this.#members.clear();
    await Promise.all(members.map((member) => member.close()));
  }

  #update(entries: readonly TargetEntry[]): void {
    if (this.#closing.signal.aborted) {
      return;
    }
    try {
      this.#apply(checkTargets("fleet", entries, { twins: true }));
    } catch (error) {
      this.#fail(hostError(error, "the source of targets"));
    }
  }

  #apply(targets: readonly KnownTarget[]): void {
    const old = new Map(this.#members);
    this.#members.clear();
    for (const { key, target, labels } of targets) {
      const member = old.get(key) ?? new Member({ target, labels }, this.#options.open);
      old.delete(key);
      member.labels = labels;
      this.#members.set(key, member);
    }
    for (const member of old.values()) {
      member.leave();
    }
    this.#isKnown = true;
    this.#failure = null;
    this.#settle();
    for (const changed of this.#onChange) changed();
  }

  #fail(error: HostscopeError): void {
    if (this.#closing.signal.aborted) {
      return;
    }
    this.#failure = error;
    this.#settle();
    this.#options.onSourceError?.(error);
  }

  #settle(): void {
    for (const resolve of this.#onFirst.splice(0)) {
      resolve();
    }
  }
}

function isSource(targets: unknown): targets is TargetSource {
  return typeof (targets as Partial<TargetSource> | null)?.watch === "function";
}
