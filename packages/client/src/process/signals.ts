// SPDX-License-Identifier: Apache-2.0

import {
  KillRequestSchema,
  ResumeRequestSchema,
  SendSignalRequestSchema,
  SuspendRequestSchema,
  TerminateRequestSchema,
} from "@hostscope/proto/gen/process_control";
import type { CallOptions } from "../call-options.ts";
import {
  decodeKillResponse,
  decodeResumeResponse,
  decodeSendSignalResponse,
  decodeSuspendResponse,
  decodeTerminateResponse,
  type KillResponse,
  type ResumeResponse,
  type SendSignalResponse,
  type SuspendResponse,
  type TerminateResponse,
} from "../gen/hostscope/v1/process_control_plain.ts";
import { type Signal, signalNumber } from "../host/signal-numbers.ts";
import { METHODS } from "../methods.ts";
import { checkMutation, type MutationOptions, wireMutation } from "../mutation.ts";
import { encode } from "../wire/encode.ts";
import { ProcessGetters } from "./getters.ts";
import type { ProcessReads } from "./reads.ts";
import { wireRef } from "./ref.ts";

/**
 * psutil's signals to a process. Each meets this very process or nobody, and tells how surely. It fails with
 * NoSuchProcess once the process has ended, AccessDenied where the host's operating system refuses, and
 * FailedPrecondition for those that no call may signal: pid 1, kernel threads, the agent and its ancestors, and those
 * that its operator named. A zombie takes signals and stays one.
 */
export abstract class ProcessSignals extends ProcessGetters {
  readonly #reads: ProcessReads;

  constructor(reads: ProcessReads) {
    super();
    this.#reads = reads;
  }

  /** Sends a signal of the host's, by number or name: `sendSignal("SIGUSR1")`. */
  async sendSignal(signal: Signal, options?: MutationOptions): Promise<SendSignalResponse> {
    checkMutation("Process.sendSignal", options);
    const number = await signalNumber(this.#reads.connection, "Process.sendSignal", signal, options);
    const request = encode(SendSignalRequestSchema, { ...this.#common(options), signal: number });
    return this.#reads.connection.unary({
      method: METHODS.sendSignal,
      request,
      decode: decodeSendSignalResponse,
      ...this.#about(options),
    });
  }

  /** Stops it until it is resumed; `changed` is false if it was stopped already. */
  async suspend(options?: MutationOptions): Promise<SuspendResponse> {
    checkMutation("Process.suspend", options);
    const request = encode(SuspendRequestSchema, this.#common(options));
    return this.#reads.connection.unary({
      method: METHODS.suspend,
      request,
      decode: decodeSuspendResponse,
      ...this.#about(options),
    });
  }

  /** Lets it go on; `changed` is false if it was not stopped. */
  async resume(options?: MutationOptions): Promise<ResumeResponse> {
    checkMutation("Process.resume", options);
    const request = encode(ResumeRequestSchema, this.#common(options));
    return this.#reads.connection.unary({
      method: METHODS.resume,
      request,
      decode: decodeResumeResponse,
      ...this.#about(options),
    });
  }

  /** Asks it to end: SIGTERM. The same as kill() on Windows. */
  async terminate(options?: MutationOptions): Promise<TerminateResponse> {
    checkMutation("Process.terminate", options);
    const request = encode(TerminateRequestSchema, this.#common(options));
    return this.#reads.connection.unary({
      method: METHODS.terminate,
      request,
      decode: decodeTerminateResponse,
      ...this.#about(options),
    });
  }

  /** Ends it: SIGKILL. */
  async kill(options?: MutationOptions): Promise<KillResponse> {
    checkMutation("Process.kill", options);
    const request = encode(KillRequestSchema, this.#common(options));
    return this.#reads.connection.unary({
      method: METHODS.kill,
      request,
      decode: decodeKillResponse,
      ...this.#about(options),
    });
  }

  #common(options: MutationOptions | undefined) {
    return { ref: wireRef(this.#reads.ref), mutation: wireMutation(options) };
  }

  #about(options: CallOptions | undefined) {
    return { options, subject: this.#reads.subject };
  }
}
