// SPDX-License-Identifier: Apache-2.0
// Imports next to nothing: the manager gives a process that it has started 30 seconds to answer, and a slow machine may
// need them to load the rest of the agent.

import { loadWindowsServices, type ServiceOrder, ServiceState, type WindowsServices } from "@hostscope/native";
import { SERVICE_NAME } from "./service-facts.ts";

// Well within the time after which the addon takes a process that says nothing for stuck.
const PROGRESS_MS = 2_000;

/** This process's line to the manager of Windows' services, from the first moment on. */
export class ServiceConnection {
  /** Settles when the manager has started the service; fails with a StatusError if it was not the manager. */
  readonly started: Promise<void>;
  readonly #orders: ServiceOrder[] = [];
  readonly #progress: NodeJS.Timeout;
  readonly #open: () => WindowsServices;
  #services: WindowsServices | null = null;
  #take: ((order: ServiceOrder) => void) | null = null;

  constructor(open: () => WindowsServices = loadWindowsServices) {
    this.#open = open;
    this.started = this.#connect();
    // Whoever waits for it hears of it; until then it is no reason to crash.
    this.started.catch(() => {});
    this.#progress = setInterval(() => this.#report(), PROGRESS_MS);
  }

  /** Once it has started. */
  get services(): WindowsServices {
    if (this.#services === null) throw new Error("the service has not started");
    return this.#services;
  }

  /** From now on `take` obeys orders, those that came before among them, and reports. */
  follow(take: (order: ServiceOrder) => void): void {
    this.close();
    this.#take = take;
    for (const order of this.#orders.splice(0)) take(order);
  }

  /** Reports no more. */
  close(): void {
    clearInterval(this.#progress);
  }

  async #connect(): Promise<void> {
    const services = this.#open();
    await services.run(SERVICE_NAME, (order) => {
      if (this.#take === null) this.#orders.push(order);
      else this.#take(order);
    });
    this.#services = services;
  }

  #report(): void {
    try {
      this.#services?.report(ServiceState.START_PENDING);
    } catch {
      // The manager is gone, and ends this process, too.
    }
  }
}
