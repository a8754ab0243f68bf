// SPDX-License-Identifier: Apache-2.0

import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { Metadata, type ServiceError } from "@grpc/grpc-js";
import { StatusCode, StatusError } from "@hostscope/proto";
import { ErrorDetailSchema, ErrorReason, StatusDetailsSchema } from "@hostscope/proto/gen/error";
import { safeText } from "../safe-text.ts";

/** Trailer in which gRPC carries typed details of a status. */
export const DETAILS_TRAILER = "grpc-status-details-bin";

/** Type URL of hostscope's error detail inside a status. */
export const DETAIL_TYPE_URL = `type.googleapis.com/${ErrorDetailSchema.typeName}`;

type Facts = Omit<MessageInitShape<typeof ErrorDetailSchema>, "$typeName" | "reason" | "retryable">;

// Proxies cut trailers at 8 KiB; a real detail has some hundred bytes.
const MAX_DETAIL_BYTES = 4096;
const INTERNAL_TEXT = "internal error of the agent; its log has the cause";

/**
 * The gRPC status for whatever a call failed with.
 * Only a StatusError's text leaves the agent. Anything else is a defect: the caller gets a fixed text, and
 * `reportDefect` gets the value thrown.
 */
export function toServiceError(error: unknown, reportDefect: (error: unknown) => void): ServiceError {
  if (!(error instanceof StatusError) || !isErrorCode(error.code)) {
    reportDefect(error);
    return serviceError(agentError(StatusCode.INTERNAL, ErrorReason.INTERNAL, INTERNAL_TEXT));
  }
  return serviceError(error);
}

/** A failure that the agent itself decides on, with a reason clients can act on. */
export function agentError(code: StatusCode, reason: ErrorReason, message: string, facts: Facts = {}): StatusError {
  const detail = create(ErrorDetailSchema, { ...facts, reason, retryable: code === StatusCode.UNAVAILABLE });
  return new StatusError(code, message, toBinary(ErrorDetailSchema, detail));
}

/** Name of a status code, e.g. "NOT_FOUND", for the log. */
export function codeName(code: number): string {
  return CODE_NAMES.get(code) ?? String(code);
}

const CODE_NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(StatusCode).map(([name, code]) => [code, name] as const),
);

function isErrorCode(code: number): boolean {
  return code !== StatusCode.OK && CODE_NAMES.has(code);
}

function serviceError(error: StatusError): ServiceError {
  // grpc-js throws on text that is not well-formed, which would leave the call without any answer.
  const details = safeText(error.message);
  const metadata = new Metadata();
  if (error.detail !== null && error.detail.length <= MAX_DETAIL_BYTES) {
    const status = create(StatusDetailsSchema, {
      code: error.code,
      message: details,
      details: [{ typeUrl: DETAIL_TYPE_URL, value: error.detail }],
    });
    metadata.set(DETAILS_TRAILER, Buffer.from(toBinary(StatusDetailsSchema, status)));
  }
  // Not an Error object: a refusal is ordinary traffic, and a stack trace costs more than the call.
  return { name: "ServiceError", message: details, code: error.code, details, metadata };
}
