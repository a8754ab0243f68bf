// SPDX-License-Identifier: Apache-2.0

/** gRPC's status codes, by their standard names and numbers. */
export const StatusCode = {
  OK: 0,
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  OUT_OF_RANGE: 11,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  DATA_LOSS: 15,
  UNAUTHENTICATED: 16,
} as const;

/** Number of one of gRPC's status codes. */
export type StatusCode = (typeof StatusCode)[keyof typeof StatusCode];

/** The only error a Transport fails with: a gRPC status and, where there is one, its typed detail in wire bytes. */
export class StatusError extends Error {
  /** gRPC status code. */
  readonly code: StatusCode;
  /** An encoded hostscope.v1.ErrorDetail, or null when the failure happened below the schema. */
  readonly detail: Uint8Array | null;

  constructor(code: StatusCode, message: string, detail: Uint8Array | null = null, options?: ErrorOptions) {
    super(message, options);
    this.name = "StatusError";
    this.code = code;
    this.detail = detail;
  }
}

/** What a call fails with whose caller has aborted it. */
export function cancelled(signal: AbortSignal | undefined): StatusError {
  return new StatusError(StatusCode.CANCELLED, "the call was cancelled", null, { cause: signal?.reason });
}
