// SPDX-License-Identifier: Apache-2.0

import { fromBinary } from "@bufbuild/protobuf";
import { type CallOptions, describeMethod, type MethodDescriptor, type Transport } from "@hostscope/proto";
import { Process } from "@hostscope/proto/gen/process";
import { ResumeRequestSchema } from "@hostscope/proto/gen/process_control";
import type { CollectorTransport, Pace } from "../collector-transport.ts";
import { refusal } from "./call-limit.ts";
import { granted } from "./granted.ts";
import { GuardedBidi } from "./guarded-bidi.ts";
import { checkMutation, mutates } from "./mutation.ts";
import { OperationStore } from "./operation-store.ts";
import { Operations } from "./operations.ts";
import { Owners } from "./owner.ts";
import { StateDirectory } from "./state-directory.ts";
import { SUSPEND_LEASED, SuspendLeases } from "./suspend-leases.ts";

const RESUME = describeMethod(Process.method.resume);

// What acts may take longer than its caller waits for it; the longest are a minute of grace and a minute of waiting.
const ACTION_MS = 130_000;
// An agent that stops has two seconds for all of it.
const CLOSE_MS = 1500;

/**
 * What makes control safe against repetition and forgetting, in front of the collector that acts: checks what every
 * mutation carries, lets an operation id act once, and keeps leases. Reads go straight through.
 */
export class GuardedTransport implements Transport {
  readonly #inner: Transport & Partial<Pick<CollectorTransport, "setPace" | "watchCollections">>;
  readonly #operations: Operations;
  readonly #leases: SuspendLeases;
  #closing: Promise<void> | null = null;

  constructor(inner: Transport, stateDir: string) {
    this.#inner = inner;
    const state = new StateDirectory(stateDir);
    const owners = new Owners(inner);
    this.#operations = new Operations(new OperationStore(state, owners), owners);
    this.#leases = new SuspendLeases(inner, state, owners, this.#operations);
    this.#leases.recover();
  }

  /** Resolves when what earlier agents left stopped has been resumed. */
  get recovered(): Promise<void> {
    return this.#leases.recovered;
  }

  /** Passed on to the collector; see CollectorTransport. */
  setPace(pace: Pace): void {
    this.#inner.setPace?.(pace);
  }

  /** As the collector counts them; see CollectorTransport. */
  watchCollections(): Readonly<Record<string, number>> {
    return this.#inner.watchCollections?.() ?? {};
  }

  unary(method: MethodDescriptor, request: Uint8Array, options: CallOptions): Promise<Uint8Array> {
    if (this.#passes(method, "unary", request)) return this.#inner.unary(method, request, options);
    return this.#act(method, request, options);
  }

  serverStream(method: MethodDescriptor, request: Uint8Array, options: CallOptions): AsyncIterable<Uint8Array> {
    const isLease = method.path === SUSPEND_LEASED.path && !this.#passes(method, "server_streaming", request);
    return isLease ? this.#leases.open(request, options) : this.#inner.serverStream(method, request, options);
  }

  bidiStream(
    method: MethodDescriptor,
    requests: AsyncIterable<Uint8Array>,
    options: CallOptions,
  ): AsyncIterable<Uint8Array> {
    if (!mutates(method) || method.kind !== "bidi_streaming") return this.#inner.bidiStream(method, requests, options);
    return new GuardedBidi({ inner: this.#inner, operations: this.#operations }, method, requests, options);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await Promise.all([this.#leases.close(CLOSE_MS), this.#operations.close(CLOSE_MS)]);
    await this.#inner.close();
  }

  /** Whether there is nothing to guard; calls that are wrong in themselves are for the collector to refuse. */
  #passes(method: MethodDescriptor, kind: MethodDescriptor["kind"], request: Uint8Array): boolean {
    return !mutates(method) || method.kind !== kind || !(request instanceof Uint8Array);
  }

  async #act(method: MethodDescriptor, request: Uint8Array, options: CallOptions): Promise<Uint8Array> {
    const operationId = checkMutation(method, request);
    if (operationId === null) return this.#unguarded(method, request, options);
    const refused = refusal(`${method.service}.${method.name}`, options);
    if (refused !== null) throw refused;
    const timeoutMs = Math.max(options.timeoutMs ?? ACTION_MS, ACTION_MS);
    return this.#operations.run(operationId, method, request, options, () =>
      // The time is the operation's own; what it may meet is its caller's.
      this.#unguarded(method, request, { ...granted(options), timeoutMs }),
    );
  }

  async #unguarded(method: MethodDescriptor, request: Uint8Array, options: CallOptions): Promise<Uint8Array> {
    const response = await this.#inner.unary(method, request, options);
    if (method.path === RESUME.path) this.#leases.resumed(fromBinary(ResumeRequestSchema, request).ref);
    return response;
  }
}
