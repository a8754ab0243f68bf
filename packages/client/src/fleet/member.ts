// SPDX-License-Identifier: Apache-2.0

import { Cancelled, DeadlineExceeded, HostUnreachable } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { Circuit } from "./circuit.ts";
import type { Labels } from "./labels.ts";
import type { FleetTarget } from "./outcome.ts";
import { type Limits, within } from "./within.ts";

/** How a fleet gets a Host. */
export type OpenHost = (target: string) => Host | Promise<Host>;

/** What a piece of work on a member may take. */
export type MemberLimits = Omit<Limits, "target">;

/** One host of a fleet: its one connection, made when it is first needed, and how it fared. */
export class Member implements FleetTarget {
  readonly target: string;
  labels: Labels;
  readonly #open: OpenHost;
  readonly #circuit: Circuit;
  #host: Promise<Host> | null = null;
  #ready: Host | null = null;
  #notOpened: unknown = undefined;
  #users = 0;
  #isSlow = false;
  #isGone = false;
  #isLent = false;
  #lastFailure: unknown = undefined;

  constructor({ target, labels }: FleetTarget, open: OpenHost, circuit: Circuit = new Circuit()) {
    this.target = target;
    this.labels = labels;
    this.#open = open;
    this.#circuit = circuit;
  }

  /** Whether it failed to answer in time when it was last asked: such hosts are asked after all others. */
  get isSuspect(): boolean {
    return this.#isSlow || this.#circuit.isOpen;
  }

  /** Milliseconds until it is time to try again a host that could not be reached; 0 if it is. */
  get retryInMs(): number {
    return this.#circuit.waitMs;
  }

  /** Does some work on the host. HostUnreachable at once if it was unreachable and it is not time to try again. */
  use<T>(limits: MemberLimits, work: (host: Host, signal: AbortSignal) => Promise<T>): Promise<T> {
    return this.#occupied(() =>
      within({ ...limits, target: this.target }, async (signal) => work(await this.#opened(), signal)),
    );
  }

  /** The same for work without an end, such as a stream: it says itself when the host was heard. Limits are for opening. */
  hold(limits: MemberLimits, work: (host: Host, heard: () => void) => Promise<void>): Promise<void> {
    return this.#occupied(async () => {
      const host = await within({ ...limits, target: this.target }, () => this.#opened());
      await work(host, () => this.#reached());
    });
  }

  /** Its Host for somebody who keeps it: it is not closed before the member leaves or is closed. */
  lend(): Promise<Host> {
    this.#isLent = true;
    return this.#opened();
  }

  /** It has left the fleet: closed once the calls in progress have ended. */
  leave(): void {
    this.#isGone = true;
    if (this.#users === 0) {
      this.#drop();
    }
  }

  /** Closed now: calls in progress fail with Cancelled. */
  async close(): Promise<void> {
    this.#isGone = true;
    await this.#drop();
  }

  async #occupied<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isGone) {
      throw new Cancelled(`${this.target} is not in the fleet any more`, { host: this.target });
    }
    const wait = this.#circuit.enter();
    if (wait !== null) {
      const when = wait === 0 ? "is being tried" : `is tried again in ${(wait / 1000).toFixed(1)} s`;
      const message = `${this.target} could not be reached and ${when}`;
      throw new HostUnreachable(message, { host: this.target, cause: this.#lastFailure });
    }
    this.#users++;
    try {
      const value = await work();
      this.#reached();
      return value;
    } catch (error) {
      this.#judge(error);
      throw error;
    } finally {
      this.#users--;
      if (this.#users === 0 && (this.#isGone || (this.#circuit.isOpen && !this.#isLent))) {
        this.#drop();
      }
    }
  }

  #opened(): Promise<Host> {
    if (this.#host !== null) {
      return this.#host;
    }
    const opening = (async () => await this.#open(this.target))();
    this.#host = opening;
    const isCurrent = () => this.#host === opening;
    opening.then(
      (host) => {
        this.#ready = isCurrent() ? host : this.#ready;
      },
      (error: unknown) => {
        this.#notOpened = error;
        this.#host = isCurrent() ? null : this.#host;
      },
    );
    return opening;
  }

  #judge(error: unknown): void {
    if (error instanceof HostUnreachable && this.#isOurs(error)) {
      this.#lastFailure = error;
      this.#circuit.failed();
    } else if (error instanceof DeadlineExceeded) {
      this.#isSlow = true;
      this.#circuit.gaveUp();
    } else if (error instanceof Cancelled) {
      this.#circuit.gaveUp();
    } else {
      this.#reached();
    }
  }

  /** Whether it is this host that cannot be reached: work may ask others, and `open` may call it by another name. */
  #isOurs(error: HostUnreachable): boolean {
    return error === this.#notOpened || error.host === this.target || error.host === this.#ready?.target;
  }

  #reached(): void {
    this.#isSlow = false;
    this.#lastFailure = undefined;
    this.#circuit.reached();
  }

  /** A channel to a host that is not there would go on dialling it by itself, so it is not kept either. */
  async #drop(): Promise<void> {
    const [opening, ready] = [this.#host, this.#ready];
    this.#host = null;
    this.#ready = null;
    // One that is still being opened is closed when it is open, which may be never.
    opening?.then((host) => host.close()).catch(() => {});
    await ready?.close().catch(() => {});
  }
}
