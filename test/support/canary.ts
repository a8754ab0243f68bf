// SPDX-License-Identifier: Apache-2.0

import { setTimeout as sleep } from "node:timers/promises";
import { type Host, type OpenOptions, open } from "@hostscope/client";

/** What a canary has seen. */
export interface CanaryReport {
  readonly calls: number;
  readonly failures: readonly string[];
  /** Milliseconds that 99 of 100 calls took at most. */
  readonly p99: number;
}

/** An ordinary client that asks ten times a second on a connection of its own, and must never notice an attack. */
export class Canary {
  readonly #host: Host;
  readonly #times: number[] = [];
  readonly #failures: string[] = [];
  readonly #done: Promise<void>;
  #stopped = false;

  private constructor(host: Host) {
    this.#host = host;
    this.#done = this.#run();
  }

  static async start(target: string, options?: OpenOptions): Promise<Canary> {
    return new Canary(await open(target, options));
  }

  /** Ends it; what it has seen. */
  async stop(): Promise<CanaryReport> {
    this.#stopped = true;
    await this.#done;
    await this.#host.close();
    const sorted = this.#times.toSorted((one, other) => one - other);
    const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? 0;
    return { calls: this.#times.length, failures: this.#failures, p99 };
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const began = performance.now();
      try {
        await this.#host.bootTime();
      } catch (error) {
        this.#failures.push(String(error));
      }
      this.#times.push(performance.now() - began);
      await sleep(100);
    }
  }
}
