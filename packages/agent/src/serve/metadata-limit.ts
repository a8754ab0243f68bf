// SPDX-License-Identifier: Apache-2.0

import type { Metadata } from "@grpc/grpc-js";
import { StatusCode, type StatusError } from "@hostscope/proto";
import { ErrorReason } from "@hostscope/proto/gen/error";
import type { Limits } from "../config/limits.ts";
import { agentError } from "./status.ts";

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

/** The answer to a call with more metadata than that. */
export function tooMuchMetadata({ metadataBytes, metadataPairs }: Limits): StatusError {
  const text = `metadata exceeds ${metadataBytes} bytes or ${metadataPairs} pairs`;
  return agentError(StatusCode.RESOURCE_EXHAUSTED, ErrorReason.OVERLOADED, text);
}
