// SPDX-License-Identifier: Apache-2.0

import { fromBinary } from "@bufbuild/protobuf";
import { type CallOptions, describeMethod, MessageStream, type StatusError, type Transport } from "@hostscope/proto";
import type { ProcessRef } from "@hostscope/proto/gen/common";
import { ErrorReason } from "@hostscope/proto/gen/error";
import { Process } from "@hostscope/proto/gen/process";
import { SuspendLeasedRequestSchema } from "@hostscope/proto/gen/process_lease";
import { refusal } from "./call-limit.ts";
import { failure } from "./failure.ts";
import { LEASES, LeaseFiles } from "./lease-files.ts";
import { checkMutation } from "./mutation.ts";
import type { Claim, Operations } from "./operations.ts";
import type { Owners } from "./owner.ts";
import { ProcessHolds } from "./process-holds.ts";
import { Resumer } from "./resumer.ts";
import type { StateDirectory } from "./state-directory.ts";
import { type LeaseContext, SuspendLease } from "./suspend-lease.ts";

/** Process.SuspendLeased. */
export const SUSPEND_LEASED = describeMethod(Process.method.suspendLeased);

const OP = "Process.SuspendLeased";
const MIN_LEASE_S = 0.1;
const MAX_LEASE_S = 86_400;
const MAX_LEASES = 1000;

/** All leases of one collector. */
export class SuspendLeases {
  readonly #context: LeaseContext;
  readonly #state: StateDirectory;
  readonly #operations: Operations;
  readonly #resumer: Resumer;
  readonly #leases = new Map<SuspendLease, Promise<void>>();
  #recovery: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(inner: Transport, state: StateDirectory, owners: Owners, operations: Operations) {
    this.#state = state;
    this.#operations = operations;
    this.#resumer = new Resumer(inner);
    this.#context = { inner, owners, holds: new ProcessHolds(new LeaseFiles(state), owners, this.#resumer) };
  }

  /** Resumes what leases of earlier agents left stopped. Looks at no more than whether there can be any, if there are none. */
  recover(): void {
    if (!this.#state.has(LEASES)) return;
    // What cannot be read now is tried by the next collector that starts here.
    this.#recovery = this.#context.holds.recover().catch(() => {});
  }

  /** Resolves when the leases that were found at the start are dealt with. */
  get recovered(): Promise<void> {
    return this.#recovery;
  }

  /** Answers Process.SuspendLeased. */
  open(request: Uint8Array, options: CallOptions): AsyncIterable<Uint8Array> {
    return new MessageStream((stream) => {
      const lease = new SuspendLease(this.#context, stream, options);
      const run = this.#run(lease, request, options).then(
        () => stream.end(),
        (error) => stream.end(error),
      );
      this.#leases.set(lease, run);
      run.finally(() => this.#leases.delete(lease));
      return { cancel: () => lease.end({ error: null }), taken: () => {} };
    });
  }

  /** Tells leases on a process that somebody has resumed it. */
  resumed(ref: ProcessRef | undefined): void {
    if (ref === undefined) return;
    for (const lease of this.#leases.keys()) if (lease.holds(ref)) lease.over();
  }

  /** Resumes every process that is held, for so long at most. */
  async close(graceMs: number): Promise<void> {
    this.#closed = true;
    this.#resumer.close(graceMs);
    for (const lease of this.#leases.keys()) lease.end({ error: closed() });
    await Promise.all([...this.#leases.values(), this.#recovery]);
  }

  async #run(lease: SuspendLease, request: Uint8Array, options: CallOptions): Promise<void> {
    const refused = this.#closed ? closed() : refusal(OP, options);
    if (refused !== null) throw refused;
    if (this.#leases.size > MAX_LEASES) {
      throw failure(ErrorReason.OVERLOADED, `${OP}: there are ${MAX_LEASES} leases already`, {
        op: OP,
        retryable: true,
      });
    }
    const operationId = checkMutation(SUSPEND_LEASED, request);
    const { ref, leaseMs } = readRequest(request);
    const claim =
      operationId === null ? null : await this.#operations.claim(operationId, SUSPEND_LEASED, request, options);
    await released(claim, lease, lease.run(ref, leaseMs));
  }
}

async function released(claim: Claim | null, lease: SuspendLease, run: Promise<void>): Promise<void> {
  try {
    await run;
    await claim?.release(lease.begun, null);
  } catch (error) {
    await claim?.release(lease.begun, error);
    throw error;
  }
}

function readRequest(bytes: Uint8Array): { ref: ProcessRef; leaseMs: number } {
  const { ref, lease } = fromBinary(SuspendLeasedRequestSchema, bytes, { readUnknownFields: false });
  const refuse = (field: string, what: string) =>
    failure(ErrorReason.INVALID_ARGUMENT, `${OP}: ${field} ${what}`, { op: OP, field });
  if (ref === undefined) throw refuse("ref", "is required");
  if (lease === undefined) throw refuse("lease", "is required");
  if (Number.isNaN(lease)) throw refuse("lease", "must be a number of seconds");
  if (lease < MIN_LEASE_S || lease > MAX_LEASE_S) {
    const message = `${OP}: lease must be from ${MIN_LEASE_S} to ${MAX_LEASE_S} seconds`;
    throw failure(ErrorReason.OUT_OF_RANGE, message, { op: OP, field: "lease" });
  }
  return { ref, leaseMs: lease * 1000 };
}

function closed(): StatusError {
  const message = `${OP}: the collector is closed`;
  return failure(ErrorReason.UNAVAILABLE, message, { op: OP, retryable: true });
}
