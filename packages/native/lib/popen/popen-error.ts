// SPDX-License-Identifier: Apache-2.0

import { create, toBinary } from "@bufbuild/protobuf";
import { StatusCode, StatusError } from "@hostscope/proto";
import { ErrorDetailSchema, ErrorReason } from "@hostscope/proto/gen/error";

const OP = "Process.Popen";

/** Reasons that a Popen fails for, with gRPC's codes. */
const CODES = {
  [ErrorReason.INVALID_ARGUMENT]: StatusCode.INVALID_ARGUMENT,
  [ErrorReason.NOT_FOUND]: StatusCode.NOT_FOUND,
  [ErrorReason.ACCESS_DENIED]: StatusCode.PERMISSION_DENIED,
  [ErrorReason.DEADLINE]: StatusCode.DEADLINE_EXCEEDED,
  [ErrorReason.CANCELLED]: StatusCode.CANCELLED,
  [ErrorReason.OVERLOADED]: StatusCode.RESOURCE_EXHAUSTED,
  [ErrorReason.UNAVAILABLE]: StatusCode.UNAVAILABLE,
  [ErrorReason.DISABLED]: StatusCode.UNIMPLEMENTED,
  [ErrorReason.UNSUPPORTED]: StatusCode.UNIMPLEMENTED,
  [ErrorReason.PROCESSES_READ_ONLY]: StatusCode.FAILED_PRECONDITION,
  [ErrorReason.OS_ERROR]: StatusCode.INTERNAL,
} as const;

const RETRYABLE: ReadonlySet<ErrorReason> = new Set([
  ErrorReason.DEADLINE,
  ErrorReason.OVERLOADED,
  ErrorReason.UNAVAILABLE,
]);

/** What is known of a failure besides its reason and text. */
export interface PopenFailure {
  /** Path of the field of the request that is wrong. */
  readonly field?: string;
  readonly osError?: number | undefined;
  /** The platform that lacks it. */
  readonly platform?: string;
  readonly cause?: unknown;
}

/** The failure of a Popen, with its typed detail. Never name what was given: arguments and paths may be secrets. */
export function popenError(
  reason: keyof typeof CODES,
  message: string,
  { field, osError, platform, cause }: PopenFailure = {},
): StatusError {
  const detail = create(ErrorDetailSchema, {
    reason,
    op: OP,
    retryable: RETRYABLE.has(reason),
    ...(field === undefined ? {} : { field }),
    ...(platform === undefined ? {} : { platform }),
    ...(osError === undefined ? {} : { osError }),
  });
  const text = field === undefined ? message : `${field} ${message}`;
  const join = reason === ErrorReason.DISABLED ? " " : ": ";
  return new StatusError(CODES[reason], `${OP}${join}${text}`, toBinary(ErrorDetailSchema, detail), { cause });
}

/** A field that cannot be meant. */
export function invalid(field: string, message: string): StatusError {
  return popenError(ErrorReason.INVALID_ARGUMENT, message, { field });
}

/** The typed form of what the operating system said to `field`, or to starting the program as a whole. */
export function systemError(error: unknown, field: string): StatusError {
  const { code, errno } = error as NodeJS.ErrnoException;
  const facts = { cause: error, osError: errno === undefined ? undefined : Math.abs(errno) };
  switch (code) {
    case "ENOENT":
      return popenError(ErrorReason.NOT_FOUND, `${field} is not there`, facts);
    case "EACCES":
    case "EPERM":
      return popenError(ErrorReason.ACCESS_DENIED, `${field}: ${code}`, facts);
    case "ENOTDIR":
    case "ELOOP":
    case "ENAMETOOLONG":
    case "ENOEXEC":
    case "E2BIG":
    case "ERR_INVALID_ARG_VALUE":
      return popenError(ErrorReason.INVALID_ARGUMENT, `cannot be used: ${code}`, { ...facts, field });
    case "EAGAIN":
    case "EMFILE":
    case "ENFILE":
    case "ENOMEM":
      return popenError(ErrorReason.OVERLOADED, `no more processes can be started: ${code}`, facts);
    default:
      return popenError(ErrorReason.OS_ERROR, `${field}: ${code ?? "unknown"}`, facts);
  }
}
