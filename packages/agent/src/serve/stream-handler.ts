// SPDX-License-Identifier: Apache-2.0

import type { handleServerStreamingCall } from "@grpc/grpc-js";
import {
  type Flow,
  flow,
  type MessageSink,
  type MethodDescriptor,
  StatusCode,
  type StatusError,
} from "@hostscope/proto";
import { ErrorReason } from "@hostscope/proto/gen/error";
import { stallLimit } from "../config/limits.ts";
import { CallScope } from "./call-scope.ts";
import { resetStream } from "./reset-stream.ts";
import type { SendingCall } from "./send.ts";
import type { ServiceContext } from "./service-context.ts";
import { agentError } from "./status.ts";

/** Serves one server-streaming method from the transport. */
export function streamHandler(
  context: ServiceContext,
  method: MethodDescriptor,
): handleServerStreamingCall<Uint8Array, Uint8Array> {
  return (call) =>
    pump(context, method, call, (scope) => context.transport.serverStream(method, call.request, scope.options));
}

/**
 * Carries a stream of the transport's to the caller until either ends. Never throws and never rejects: an error in a
 * handler would be an unhandled rejection, which ends the process.
 */
export function pump(
  context: ServiceContext,
  method: MethodDescriptor,
  call: SendingCall,
  open: (scope: CallScope) => AsyncIterable<Uint8Array>,
): void {
  new Pump(context, method, call).run(open);
}

/**
 * One stream on its way to its caller, no faster than its reader takes it. A watch may have a thousand readers, so a
 * message costs no promise, no timer and no listener, and few objects are looked at: what was not for a second is in no
 * cache any more.
 */
class Pump implements MessageSink {
  readonly #call: SendingCall;
  readonly #scope: CallScope;
  readonly #method: MethodDescriptor;
  readonly #stallMs: number;
  /** Messages that may be on their way when another comes. */
  readonly #mostQueued: number;
  #flow: Flow | null = null;
  #over = false;
  #refused = false;
  /** When a message was last sent, or had left. */
  #movedAt = 0;
  #bytesOut = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(context: ServiceContext, method: MethodDescriptor, call: SendingCall) {
    this.#call = call;
    this.#method = method;
    this.#stallMs = stallLimit(context.limits, method);
    // After a cancel no message is ever said to be written, so both endings are awaited. Before the scope, which logs.
    call.once("cancelled", () => this.#release());
    call.once("close", () => this.#release());
    this.#scope = new CallScope(context, method, call, (error) => this.fail(error));
    // What tells how things stand is best told late and new: nothing is queued behind one that has not left.
    this.#mostQueued = this.#scope.endless ? 0 : call.writableHighWaterMark - 1;
  }

  run(open: (scope: CallScope) => AsyncIterable<Uint8Array>): void {
    const refusal = this.#scope.refusal();
    if (refusal !== null) {
      this.fail(refusal);
      return;
    }
    try {
      this.#flow = flow(open(this.#scope), this);
      // It may have ended while it began.
      if (this.#over) this.#flow.cancel();
    } catch (error) {
      this.fail(error);
    }
  }

  message(bytes: Uint8Array): boolean {
    if (this.#over) return true;
    try {
      if (this.#call.writableLength > this.#mostQueued) {
        this.#refused = true;
        return false;
      }
      this.#call.write(bytes, this.#onWritten);
      this.#bytesOut += bytes.byteLength;
      this.#movedAt = performance.now();
      this.#timer ??= setTimeout(this.#onTimer, this.#stallMs);
    } catch (error) {
      this.fail(error);
    }
    return true;
  }

  end(): void {
    this.#release();
    if (this.#scope.end(StatusCode.OK)) this.#call.end();
  }

  fail(error: unknown): void {
    this.#release();
    if (this.#scope.ended) return;
    const serviceError = this.#scope.serviceError(error);
    // grpc-js turns this event into the status; it listens for it itself.
    if (this.#scope.end(serviceError.code)) this.#call.emit("error", serviceError);
  }

  /** Lets the transport free what the stream holds. */
  #release(): void {
    this.#over = true;
    this.#scope.bytesOut = this.#bytesOut;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#flow?.cancel();
  }

  readonly #onWritten = (): void => {
    if (this.#call.writableLength > 0) this.#movedAt = performance.now();
    if (!this.#refused) return;
    this.#refused = false;
    this.#flow?.resume();
  };

  // Set for a message that has left long since, as a rule: to look now and then is cheaper than to set it for each.
  readonly #onTimer = (): void => {
    this.#timer = null;
    if (this.#call.writableLength === 0) return;
    const left = this.#stallMs - (performance.now() - this.#movedAt);
    if (left > 0) {
      this.#timer = setTimeout(this.#onTimer, left);
      return;
    }
    this.#scope.stop(stalledError(this.#method));
    resetStream(this.#call);
  };
}

function stalledError(method: MethodDescriptor): StatusError {
  return agentError(
    StatusCode.RESOURCE_EXHAUSTED,
    ErrorReason.OVERLOADED,
    `${method.path}: the reader takes no messages`,
  );
}
