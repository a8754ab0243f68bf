// SPDX-License-Identifier: Apache-2.0

import { StatusCode, StatusError } from "@hostscope/proto";
import { System } from "@hostscope/proto/gen/system";
import { createHost } from "../open.ts";
import { FakeTransport } from "./fake-transport.ts";

/** What a fake host does when it is asked for its boot time: answers it, or ends in its own way. */
export type Behaviour = () => number | Promise<number>;

/** Hosts made of functions, by target. */
export class FakeFleet {
  /** Targets in the order they were opened, once each time. */
  readonly opened: string[] = [];
  /** The last transport of each target. */
  readonly transports = new Map<string, FakeTransport>();
  /** Hosts that are answering at this moment, and most that ever were. */
  busy = 0;
  mostBusy = 0;
  readonly #behaviours = new Map<string, Behaviour>();

  /** Sets what a host does from now on. */
  set(target: string, behaviour: Behaviour): this {
    this.#behaviours.set(target, behaviour);
    return this;
  }

  /** Names of hosts that all behave alike. */
  add(count: number, behaviour: Behaviour, prefix = "host"): string[] {
    const names = Array.from({ length: count }, (_, at) => `${prefix}${at}`);
    for (const name of names) this.set(name, behaviour);
    return names;
  }

  /** The fleet option of this name. */
  readonly open = (target: string) => {
    this.opened.push(target);
    const fake = new FakeTransport().on(System.method.bootTime, async () => {
      this.mostBusy = Math.max(this.mostBusy, ++this.busy);
      try {
        return { bootTime: await (this.#behaviours.get(target) ?? unreachable)() };
      } finally {
        this.busy--;
      }
    });
    this.transports.set(target, fake);
    return createHost(fake, { target });
  };

  /** Number of boot times a host was asked for, over the connection it has now. */
  asked(target: string): number {
    return this.transports.get(target)?.count("BootTime") ?? 0;
  }
}

/** Nobody is there. */
export const unreachable: Behaviour = () => {
  throw new StatusError(StatusCode.UNAVAILABLE, "nobody is there");
};

/** Never answers. */
export const silent: Behaviour = () => new Promise(() => {});

/** Answers after so many milliseconds. */
export const after =
  (ms: number, value = 1): Behaviour =>
  () =>
    new Promise((resolve) => setTimeout(resolve, ms, value));
