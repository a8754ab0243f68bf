// SPDX-License-Identifier: Apache-2.0

import { type Metadata, ResponderBuilder, type ServerInterceptor, ServerListenerBuilder } from "@grpc/grpc-js";
import { StatusCode } from "@hostscope/proto";
import { ErrorReason } from "@hostscope/proto/gen/error";
import type { Limits } from "./limits.ts";
import { PassingCall } from "./passing-call.ts";
import { agentError, toServiceError } from "./status.ts";

/**
 * Refuses calls with too much metadata before a handler sees them, health and reflection included.
 * A content type like "application/grpcjunk" cannot be refused here: grpc-js removes it before interceptors run.
 */
export function metadataLimit(limits: Limits): ServerInterceptor {
  return (_method, call) =>
    new PassingCall(
      call,
      new ResponderBuilder()
        .withStart((next) => {
          next(
            new ServerListenerBuilder()
              .withOnReceiveMetadata((metadata, pass) => {
                if (withinLimits(metadata, limits)) pass(metadata);
                else call.sendStatus(tooMuchMetadata(limits));
              })
              .build(),
          );
        })
        .build(),
    );
}

/** Whether the pairs, and the bytes of their keys and values, keep to the limits. */
export function withinLimits(metadata: Metadata, limits: Limits): boolean {
  let pairs = 0;
  let bytes = 0;
  for (const [key, values] of Object.entries(metadata.toHttp2Headers())) {
    for (const value of Array.isArray(values) ? values : [values]) {
      pairs += 1;
      bytes += key.length + String(value).length;
    }
  }
  return pairs <= limits.metadataPairs && bytes <= limits.metadataBytes;
}

function tooMuchMetadata(limits: Limits) {
  const text = `metadata exceeds ${limits.metadataBytes} bytes or ${limits.metadataPairs} pairs`;
  return toServiceError(agentError(StatusCode.RESOURCE_EXHAUSTED, ErrorReason.OVERLOADED, text), () => {});
}
