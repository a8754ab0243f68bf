// SPDX-License-Identifier: Apache-2.0

import { SuspendLeasedRequestSchema } from "@hostscope/proto/gen/process_lease";
import { DEFAULT_TIMEOUT_MS, describe, MAX_TIMEOUT_MS } from "../call-options.ts";
import { DeadlineExceeded, InternalError, InvalidArgument } from "../errors.ts";
import type { Guarantee } from "../gen/hostscope/v1/process_control_plain.ts";
import { decodeSuspendLeasedResponse, type SuspendLeasedResponse } from "../gen/hostscope/v1/process_lease_plain.ts";
import { METHODS } from "../methods.ts";
import { checkMutation, type MutationOptions, wireMutation } from "../mutation.ts";
import { encode } from "../wire/encode.ts";
import type { ProcessReads } from "./reads.ts";
import { wireRef } from "./ref.ts";

/** What Process.suspend takes to stop a process for a limited time. */
export interface SuspendLeaseOptions extends MutationOptions {
  /** Seconds after which the process goes on whatever happens, from 0.1 to 86,400. */
  readonly lease: number;
}

/**
 * How a lease ended: its time was over, it was given back by this caller, or the process ended or was resumed by somebody
 * else.
 */
export type LeaseEnd = "expired" | "released" | "over";

const MIN_LEASE = 0.1;
const MAX_LEASE = 86_400;

/** A stopped process that goes on by itself: when the lease runs out, when this object lets go, or when either side dies. */
export class SuspendLease implements AsyncDisposable {
  /** False if the process was stopped already; then it is left so when the lease ends. */
  readonly changed: boolean;
  /** How surely the stop met the process. */
  readonly guarantee: Guarantee;
  /**
   * How it ended, once it has. Fails with HostUnreachable if the connection broke: the host lets the process go on then, too.
   * Nobody has to wait for it.
   */
  readonly ended: Promise<LeaseEnd>;
  readonly #giveUp: () => void;

  /** @internal Leases come from Process.suspend(). */
  constructor({ changed, guarantee }: SuspendLeasedResponse, ended: Promise<LeaseEnd>, giveUp: () => void) {
    this.changed = changed;
    this.guarantee = guarantee;
    this.ended = ended;
    this.#giveUp = giveUp;
    ended.catch(() => {});
  }

  /**
   * Gives it back: the host lets the process go on, unless another lease holds it or it was stopped before. That happens
   * right after the call, which does not wait for it. Safe to call twice, and never fails.
   */
  async release(): Promise<void> {
    this.#giveUp();
    await this.ended.catch(() => {});
  }

  /** release(), for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.release();
  }
}

/** Whether the options of Process.suspend ask for a lease. */
export function isLeased(options: MutationOptions | undefined): options is SuspendLeaseOptions {
  return (
    typeof options === "object" && options !== null && (options as Partial<SuspendLeaseOptions>).lease !== undefined
  );
}

/** One Process.SuspendLeased, up to the moment when the process is stopped. */
export async function suspendLeased(reads: ProcessReads, options: SuspendLeaseOptions): Promise<SuspendLease> {
  checkMutation("Process.suspend", options, ["lease"]);
  const lease = leaseOf(options.lease);
  const controller = new AbortController();
  const timeoutMs = options.timeoutMs ?? reads.connection.timeoutMs;
  const timer = setTimeout(() => controller.abort(LATE), Math.max(0, timeoutMs));
  const signals = options.signal === undefined ? [] : [options.signal];
  const signal = AbortSignal.any([controller.signal, ...signals]);
  const messages = reads.connection.stream({
    method: METHODS.suspendLeased,
    request: encode(SuspendLeasedRequestSchema, { ref: wireRef(reads.ref), lease, mutation: wireMutation(options) }),
    decode: decodeSuspendLeasedResponse,
    options: { signal, timeoutMs: Math.min(MAX_TIMEOUT_MS, lease * 1000 + Math.max(timeoutMs, DEFAULT_TIMEOUT_MS)) },
    subject: reads.subject,
  });
  try {
    const { value: held } = await messages.next();
    if (held?.state !== "held") throw unheld(reads);
    return new SuspendLease(held, endOf(messages, signal, reads), () => controller.abort());
  } catch (error) {
    // Whatever is wrong, it must not stay stopped.
    controller.abort();
    throw signal.reason === LATE ? late(reads, timeoutMs, error) : error;
  } finally {
    clearTimeout(timer);
  }
}

const LATE = Symbol("late");

async function endOf(
  messages: AsyncIterable<SuspendLeasedResponse>,
  signal: AbortSignal,
  reads: ProcessReads,
): Promise<LeaseEnd> {
  try {
    for await (const { state } of messages) if (state === "expired" || state === "over") return state;
  } catch (error) {
    if (signal.aborted) return "released";
    throw error;
  }
  if (signal.aborted) return "released";
  throw unheld(reads);
}

function leaseOf(lease: unknown): number {
  if (typeof lease !== "number" || Number.isNaN(lease)) {
    throw new InvalidArgument(`Process.suspend: lease must be a number of seconds, not ${describe(lease)}`);
  }
  if (lease < MIN_LEASE || lease > MAX_LEASE) {
    const message = `Process.suspend: lease must be from ${MIN_LEASE} to ${MAX_LEASE} seconds, not ${lease}`;
    throw new InvalidArgument(message, { code: "out_of_range" });
  }
  return lease;
}

function unheld({ connection, owner }: ProcessReads): InternalError {
  return new InternalError(`the answer of ${connection.target} for a lease is incomplete`, owner);
}

function late({ connection, owner }: ProcessReads, timeoutMs: number, cause: unknown): DeadlineExceeded {
  const message = `Process.SuspendLeased on ${connection.target} did not begin within ${timeoutMs} ms`;
  return new DeadlineExceeded(message, { ...owner, cause });
}
