// SPDX-License-Identifier: Apache-2.0

import { fromBinary } from "@bufbuild/protobuf";
import type { ServiceError } from "@grpc/grpc-js";
import { StatusCode, StatusError } from "@hostscope/proto";
import { ErrorDetailSchema, StatusDetailsSchema } from "@hostscope/proto/gen/error";

const DETAILS_TRAILER = "grpc-status-details-bin";
// HTTP/2 ended the call, with its connection as a rule, and not whoever worked on it.
const RESET = "Received RST_STREAM with code ";
const CODES: ReadonlySet<number> = new Set(Object.values(StatusCode));

/** What grpc-js reports of a failed call, as the seam wants it. */
export function toStatusError(error: unknown): StatusError {
  if (error instanceof StatusError) {
    return error;
  }
  const { code, details, metadata } = error as Partial<ServiceError>;
  if (typeof code !== "number" || !CODES.has(code) || code === StatusCode.OK) {
    return new StatusError(StatusCode.UNKNOWN, String((error as Error | undefined)?.message ?? error), null, {
      cause: error,
    });
  }
  // grpc-js ends the text of a failed connection with a note that is empty as a rule.
  const text = (details ?? "").replace(/\s*Resolution note:\s*$/, "");
  const detail = errorDetail(metadata?.get(DETAILS_TRAILER)[0]);
  if (code === StatusCode.INTERNAL && detail === null && text.startsWith(RESET)) {
    return new StatusError(StatusCode.UNAVAILABLE, `the connection broke off: ${text}`, null, { cause: error });
  }
  return new StatusError(code as StatusCode, text, detail);
}

/** The encoded ErrorDetail inside an encoded google.rpc.Status; null if there is none that can be read. */
function errorDetail(trailer: string | Buffer | undefined): Uint8Array | null {
  if (!(trailer instanceof Uint8Array)) {
    return null;
  }
  try {
    const { details } = fromBinary(StatusDetailsSchema, trailer);
    const suffix = `/${ErrorDetailSchema.typeName}`;
    return details.find(({ typeUrl }) => typeUrl.endsWith(suffix))?.value ?? null;
  } catch {
    // The status itself is known; a trailer that somebody mangled must not hide it.
    return null;
  }
}
