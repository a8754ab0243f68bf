// SPDX-License-Identifier: Apache-2.0

import { create, fromBinary, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { StatusCode, StatusError } from "@hostscope/proto";
import { ErrorDetailSchema, ErrorReason } from "@hostscope/proto/gen/error";

type Facts = Omit<MessageInitShape<typeof ErrorDetailSchema>, "$typeName" | "reason">;

const CODES = {
  [ErrorReason.INVALID_ARGUMENT]: StatusCode.INVALID_ARGUMENT,
  [ErrorReason.OUT_OF_RANGE]: StatusCode.OUT_OF_RANGE,
  [ErrorReason.PRECONDITION]: StatusCode.FAILED_PRECONDITION,
  [ErrorReason.OPERATION_CONFLICT]: StatusCode.ALREADY_EXISTS,
  [ErrorReason.OPERATION_UNKNOWN]: StatusCode.ABORTED,
  [ErrorReason.OVERLOADED]: StatusCode.RESOURCE_EXHAUSTED,
  [ErrorReason.UNAVAILABLE]: StatusCode.UNAVAILABLE,
  [ErrorReason.DEADLINE]: StatusCode.DEADLINE_EXCEEDED,
  [ErrorReason.CANCELLED]: StatusCode.CANCELLED,
  [ErrorReason.NO_SUCH_PROCESS]: StatusCode.NOT_FOUND,
  [ErrorReason.INTERNAL]: StatusCode.INTERNAL,
} as const satisfies Partial<Record<ErrorReason, StatusCode>>;

/** A failure that is decided in front of the native collector, in the same words and with the same detail as its own. */
export function failure(reason: keyof typeof CODES, message: string, facts: Facts = {}, cause?: unknown): StatusError {
  const detail = create(ErrorDetailSchema, { ...facts, reason });
  const options = cause === undefined ? {} : { cause };
  return new StatusError(CODES[reason], message, toBinary(ErrorDetailSchema, detail), options);
}

/** The typed reason of a failure; UNSPECIFIED if it has none. */
export function reasonOf(error: unknown): ErrorReason {
  if (!(error instanceof StatusError) || error.detail === null) return ErrorReason.UNSPECIFIED;
  try {
    return fromBinary(ErrorDetailSchema, error.detail).reason;
  } catch {
    return ErrorReason.UNSPECIFIED;
  }
}

/** What a thrown value says, for messages. */
export function wordsOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (typeof code === "string") return code;
  return error instanceof Error ? error.message : String(error);
}
