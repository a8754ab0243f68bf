// SPDX-License-Identifier: Apache-2.0

import type { MethodCost, MethodDescriptor } from "@hostscope/proto";
import { type Limits, timeLimit } from "../config/limits.ts";
import type { ListenCounts } from "../listen/listen-counts.ts";
import { callerKey } from "./callers.ts";
import type { Identity } from "./identity.ts";
import { QuotaError } from "./quota-error.ts";
import { RateLimit } from "./rate-limit.ts";

const COST: Readonly<Record<MethodCost, number>> = { low: 1, medium: 10, high: 20 };
const HEALTH_WATCH = "/grpc.health.v1.Health/Watch";

/** What callers use up: how much per second, and how many watches at a time. */
export class Quotas {
  readonly #limits: Limits;
  readonly #counts: ListenCounts;
  readonly #methods: ReadonlyMap<string, MethodDescriptor>;
  readonly #rate: RateLimit;
  readonly #watchesOf = new Map<string, number>();
  #watches = 0;

  constructor(limits: Limits, methods: readonly MethodDescriptor[], counts: ListenCounts) {
    this.#limits = limits;
    this.#counts = counts;
    this.#methods = new Map(methods.map((method) => [method.path, method]));
    this.#rate = new RateLimit(limits.costPerSecond, limits.costAtOnce);
  }

  /** Number of open watches. */
  get watches(): number {
    return this.#watches;
  }

  /** Begins a call; the function it gives ends it, and must be called once. Throws QuotaError if there is no room. */
  start(path: string, identity: Identity): () => void {
    const key = callerKey(identity);
    const method = this.#methods.get(path);
    if (key !== null) this.#pay(key, COST[method?.cost ?? "low"]);
    const endless = method === undefined ? path === HEALTH_WATCH : timeLimit(method).endless;
    return endless ? this.#watch(key) : () => {};
  }

  #pay(key: string, cost: number): void {
    const waitMs = this.#rate.take(key, cost);
    if (waitMs === 0) return;
    this.#counts.refuse("rate");
    const { costPerSecond, costAtOnce } = this.#limits;
    const text = `this caller makes too many calls: their cost is ${costPerSecond} per second and ${costAtOnce} at once at most`;
    throw new QuotaError(text, waitMs);
  }

  #watch(key: string | null): () => void {
    const { watches, watchesPerCaller } = this.#limits;
    const own = key === null ? 0 : (this.#watchesOf.get(key) ?? 0);
    if (this.#watches >= watches || own >= watchesPerCaller) {
      this.#counts.refuse("watches");
      const whose = own >= watchesPerCaller ? `this caller has ${own} watches` : `there are ${this.#watches} watches`;
      throw new QuotaError(`${whose} open, which is as many as may be`, null);
    }
    this.#watches += 1;
    if (key !== null) this.#watchesOf.set(key, own + 1);
    return () => {
      this.#watches -= 1;
      if (key === null) return;
      const left = (this.#watchesOf.get(key) ?? 1) - 1;
      if (left === 0) this.#watchesOf.delete(key);
      else this.#watchesOf.set(key, left);
    };
  }
}
