// SPDX-License-Identifier: Apache-2.0

import type { handleUnaryCall } from "@grpc/grpc-js";
import { type MethodDescriptor, StatusCode } from "@hostscope/proto";
import { CallScope } from "./call-scope.ts";
import type { ServiceContext } from "./service-context.ts";

/** Serves one unary method from the transport. Answers every call exactly once, whatever the transport does. */
export function unaryHandler(
  context: ServiceContext,
  method: MethodDescriptor,
): handleUnaryCall<Uint8Array, Uint8Array> {
  return (call, callback) => {
    const succeed = (response: Uint8Array) => {
      if (!(response instanceof Uint8Array)) throw new TypeError("the transport's response is not bytes");
      if (!scope.end(StatusCode.OK)) return;
      scope.bytesOut = response.byteLength;
      callback(null, response);
    };
    const fail = (error: unknown) => {
      if (scope.ended) return;
      const serviceError = scope.serviceError(error);
      if (scope.end(serviceError.code)) callback(serviceError);
    };
    const scope = new CallScope(context, method, call, fail);
    const refusal = scope.refusal();
    if (refusal !== null) {
      fail(refusal);
      return;
    }
    try {
      context.transport.unary(method, call.request, scope.options).then(succeed).catch(fail);
    } catch (error) {
      fail(error);
    }
  };
}
