// SPDX-License-Identifier: Apache-2.0

import type { handleBidiStreamingCall, ServerDuplexStream } from "@grpc/grpc-js";
import { type MethodDescriptor, StatusCode, type StatusError } from "@hostscope/proto";
import { ErrorReason } from "@hostscope/proto/gen/error";
import type { ServiceContext } from "./service-context.ts";
import { agentError } from "./status.ts";
import { pump } from "./stream-handler.ts";

/** Serves one method with a stream each way from the transport. */
export function bidiHandler(
  context: ServiceContext,
  method: MethodDescriptor,
): handleBidiStreamingCall<Uint8Array, Uint8Array> {
  return (call) =>
    pump(context, method, call, (scope) => context.transport.bidiStream(method, requests(call), scope.options));
}

/** The caller's messages, read only as fast as the transport takes them. */
async function* requests(call: ServerDuplexStream<Uint8Array, Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    // A transport that stops reading must still be able to answer: leaving the loop may not destroy the call.
    for await (const message of call.iterator({ destroyOnReturn: false })) yield message;
    // grpc-js shows a caller that hung up as the end of its messages first, and says "cancelled" just after.
    await new Promise((resolve) => setImmediate(resolve));
  } catch {
    throw hungUp(call);
  }
  if (call.cancelled) throw hungUp(call);
}

function hungUp(call: ServerDuplexStream<Uint8Array, Uint8Array>): StatusError {
  return agentError(StatusCode.CANCELLED, ErrorReason.CANCELLED, `${call.getPath()}: the caller hung up`);
}
