// SPDX-License-Identifier: Apache-2.0

import type { handleServerStreamingCall } from "@grpc/grpc-js";
import { type MethodDescriptor, StatusCode, type StatusError } from "@hostscope/proto";
import { ErrorReason } from "@hostscope/proto/gen/error";
import { CallScope } from "./call-scope.ts";
import { stallLimit } from "./limits.ts";
import { resetStream } from "./reset-stream.ts";
import { type SendingCall, type Sent, send } from "./send.ts";
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
  // Wakes the loop below when the call ends while the transport is silent.
  let wake = () => {};
  const fail = (error: unknown) => {
    wake();
    if (scope.ended) return;
    const serviceError = scope.serviceError(error);
    // grpc-js turns this event into the status; it listens for it itself.
    if (scope.end(serviceError.code)) call.emit("error", serviceError);
  };
  const scope = new CallScope(context, method, call, fail);
  call.once("cancelled", () => wake());
  const refusal = scope.refusal();
  if (refusal !== null) {
    fail(refusal);
    return;
  }

  const next = (iterator: AsyncIterator<Uint8Array>): Promise<IteratorResult<Uint8Array> | null> =>
    new Promise((resolve, reject) => {
      wake = () => resolve(null);
      if (scope.ended) resolve(null);
      else iterator.next().then(resolve, reject);
    });

  const run = async (): Promise<void> => {
    const iterator = open(scope)[Symbol.asyncIterator]();
    try {
      for (;;) {
        const result = await next(iterator);
        if (result === null) return;
        if (result.done === true) {
          if (scope.end(StatusCode.OK)) call.end();
          return;
        }
        // What tells how things stand is best told late and new.
        const sending = send(call, result.value, stallLimit(context.limits, method), scope.endless);
        const sent: Sent = typeof sending === "string" ? sending : await sending;
        if (sent === "sent") scope.bytesOut += result.value.byteLength;
        else if (sent === "over") return;
        else {
          scope.stop(stalledError(method));
          resetStream(call);
          return;
        }
      }
    } finally {
      release(iterator);
    }
  };
  run().catch(fail);
}

/** Lets the transport free what the stream holds; not awaited, as one that is stuck must not keep the call. */
function release(iterator: AsyncIterator<Uint8Array>): void {
  Promise.resolve(iterator.return?.()).catch(() => {});
}

function stalledError(method: MethodDescriptor): StatusError {
  return agentError(
    StatusCode.RESOURCE_EXHAUSTED,
    ErrorReason.OVERLOADED,
    `${method.path}: the reader takes no messages`,
  );
}
