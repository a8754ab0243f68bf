// SPDX-License-Identifier: Apache-2.0

import type { Metadata } from "@grpc/grpc-js";
import { type CallOptions, type MethodDescriptor, StatusCode, type StatusError } from "@hostscope/proto";
import { ErrorReason } from "@hostscope/proto/gen/error";
import { identityName } from "../audit/identity-fields.ts";
import { timeLeft, timeLimit } from "../config/limits.ts";
import type { ActiveCall } from "./call-registry.ts";
import { resetStream } from "./reset-stream.ts";
import type { ServiceContext } from "./service-context.ts";
import { agentError, codeName, toServiceError } from "./status.ts";

/** What a scope needs of a grpc-js call, of whatever kind. */
export interface ServerCall {
  readonly metadata: Metadata;
  getDeadline(): Date | number;
  once(event: "cancelled", listener: () => void): unknown;
}

/**
 * One call in progress, from its first message until its stream is closed: time limit, cancellation, drain and log.
 * It ends exactly once, by `end`; whatever tries to end it later is told so and does nothing.
 */
export class CallScope implements ActiveCall {
  /** What the transport is told: the time left and the signal that ends the call. */
  readonly options: CallOptions;
  readonly endless: boolean;
  /** Bytes sent to the caller, for the log. */
  bytesOut = 0;

  readonly #context: ServiceContext;
  readonly #call: ServerCall;
  readonly #method: MethodDescriptor;
  readonly #abort = new AbortController();
  readonly #timeoutMs: number;
  readonly #admitted: boolean;
  readonly #started = performance.now();
  readonly #onStop: (error: StatusError) => void;
  #timer: NodeJS.Timeout;
  #code: number | null = null;
  #flushing = false;
  #over = false;

  /** `onStop` must answer the call with the error given, through `end`. */
  constructor(
    context: ServiceContext,
    method: MethodDescriptor,
    call: ServerCall,
    onStop: (error: StatusError) => void,
  ) {
    const limit = timeLimit(method);
    this.#context = context;
    this.#method = method;
    this.#call = call;
    this.#onStop = onStop;
    this.#timeoutMs = timeLeft(limit, call.getDeadline());
    this.endless = limit.endless;
    const admission = context.admissionOf(call.metadata);
    const granted = admission?.grant === undefined ? {} : { grant: admission.grant };
    const caller = admission && method.mutates ? { caller: identityName(admission.caller.identity) } : {};
    this.#admitted = admission !== undefined;
    this.options = { timeoutMs: this.#timeoutMs, signal: this.#abort.signal, ...granted, ...caller };
    admission?.handOver((error) => this.stop(error));
    this.#timer = setTimeout(this.#onTimer, Math.max(0, this.#timeoutMs) + context.limits.lateMs);
    context.calls.add(this);
    // grpc-js says "cancelled" after every call, also one that ended well: it means "over".
    call.once("cancelled", this.#onOver);
  }

  /** True once the call has its status; nothing may be sent any more. */
  get ended(): boolean {
    return this.#code !== null;
  }

  /** Why the call must not even start, or null if it may. */
  refusal(): StatusError | null {
    if (this.#context.calls.draining) return stoppingError();
    if (!this.#admitted) return notAdmittedError(this.#method);
    return this.#timeoutMs > 0 ? null : deadlineError(this.#method);
  }

  /** Takes the right to send the status; false if the call has ended already. */
  end(code: number): boolean {
    if (this.#code !== null) return false;
    this.#code = code;
    // From here on only a reader that takes nothing can keep the call open. Short calls spare the second timer.
    if (this.#timeoutMs > this.#context.limits.stallMs) this.#allowFlush();
    return true;
  }

  /** Ends the call and its work with an error. */
  stop(error: StatusError): void {
    if (!this.ended) this.#onStop(error);
    this.#abort.abort();
  }

  /** The gRPC form of what a call failed with; a defect is logged here and not shown to the caller. */
  serviceError(error: unknown) {
    return toServiceError(error, (defect) => {
      const err = defect instanceof Error ? defect : new Error(`thrown: ${describe(defect)}`);
      this.#context.logger.error({ method: this.#method.path, err }, "a call failed with something unexpected");
    });
  }

  readonly #onTimer = (): void => {
    if (this.#flushing) {
      resetStream(this.#call);
      // grpc-js can start a handler for a call that is over already; no event would ever follow.
      this.#onOver();
      return;
    }
    if (!this.ended) this.stop(deadlineError(this.#method));
    this.#allowFlush();
  };

  #allowFlush(): void {
    this.#flushing = true;
    clearTimeout(this.#timer);
    if (!this.#over) this.#timer = setTimeout(this.#onTimer, this.#context.limits.stallMs);
  }

  readonly #onOver = (): void => {
    if (this.#over) return;
    this.#over = true;
    const ms = performance.now() - this.#started;
    // Either grpc-js's own timer was first, or the caller hung up.
    const late = ms >= this.#timeoutMs - 2;
    if (this.end(late ? StatusCode.DEADLINE_EXCEEDED : StatusCode.CANCELLED)) this.#abort.abort();
    clearTimeout(this.#timer);
    this.#context.calls.counts.add(this.#method, this.#code ?? StatusCode.UNKNOWN, ms);
    this.#context.calls.remove(this);
    const { logger } = this.#context;
    if (!logger.isLevelEnabled("debug")) return;
    const code = codeName(this.#code ?? StatusCode.UNKNOWN);
    logger.debug({ method: this.#method.path, code, ms: Math.round(ms * 1000) / 1000, bytes: this.bytesOut }, "call");
  };
}

/** The answer to a call that the agent is too late for. */
export function deadlineError(method: MethodDescriptor): StatusError {
  return agentError(StatusCode.DEADLINE_EXCEEDED, ErrorReason.DEADLINE, `${method.path}: the deadline has passed`);
}

/** The answer to a call that came past the gate, which only a defect can bring about. */
function notAdmittedError({ path }: MethodDescriptor): StatusError {
  return agentError(StatusCode.INTERNAL, ErrorReason.INTERNAL, `${path}: nobody has let this call in`);
}

/** The answer to calls that a stopping agent does not finish. */
export function stoppingError(): StatusError {
  return agentError(StatusCode.UNAVAILABLE, ErrorReason.UNAVAILABLE, "the agent is stopping");
}

function describe(value: unknown): string {
  try {
    return String(value);
  } catch {
    return typeof value;
  }
}
