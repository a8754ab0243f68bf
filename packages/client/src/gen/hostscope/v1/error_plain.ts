// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/error.proto by protoc-gen-hostscope-plain; do not edit.

import { PlainReader } from "../../../wire/plain-reader.ts";

/**
 * Why a call failed, finer than the gRPC status code. Clients decide by this value, never by message text.
 *
 * - "unspecified": Unknown to this client; fall back to the gRPC status code.
 * - "no_such_process": No process has this pid, or it ended. NOT_FOUND; psutil's NoSuchProcess.
 * - "pid_reused": The pid belongs to another process than the ref names. NOT_FOUND; psutil's NoSuchProcess.
 * - "zombie_process":
 *   The process ended and waits for its parent; it has no such value any more. NOT_FOUND; psutil's ZombieProcess.
 * - "access_denied": The operating system refused the agent. PERMISSION_DENIED; psutil's AccessDenied.
 * - "timeout_expired": A wait ended before its event. DEADLINE_EXCEEDED; psutil's TimeoutExpired.
 * - "unsupported": The platform has no such thing; `platform` names it. UNIMPLEMENTED.
 * - "not_implemented": This version of hostscope does not implement the method yet. UNIMPLEMENTED.
 * - "invalid_argument": The request is wrong whatever the state of the host; `field` names the part. INVALID_ARGUMENT.
 * - "deadline": The call's own deadline passed before it was done. DEADLINE_EXCEEDED.
 * - "cancelled": The caller gave up. CANCELLED.
 * - "overloaded": Too much at once: threads held by stuck targets, or a quota. RESOURCE_EXHAUSTED.
 * - "unavailable": The agent or collector is stopping or not there. UNAVAILABLE.
 * - "os_error": The kernel gave an answer hostscope does not know how to read; `os_error` has its number. INTERNAL.
 * - "internal": A defect of hostscope. INTERNAL.
 * - "not_found":
 *   What the request names, other than a process, is not on the host. NOT_FOUND; psutil's FileNotFoundError.
 * - "processes_read_only":
 *   The agent reads the host's processes from outside their pid namespace, so their pids name others where it acts.
 *   FAILED_PRECONDITION; only calls that change something.
 * - "protected":
 *   The target is one of those that no call may signal: pid 1, kernel threads, the agent and its ancestors, and names
 *   that the agent was given. FAILED_PRECONDITION.
 * - "target_left":
 *   The target ended between its verification and the action, so that the action may have met nobody. ABORTED.
 * - "operation_conflict": The operation id was used before, for another request. ALREADY_EXISTS.
 * - "operation_unknown":
 *   The agent was ended in the middle of this very operation: nobody knows whether it acted, and it does not act again.
 *   ABORTED.
 * - "preview_expired":
 *   No preview has this token: it was used, it is too old, or the agent has started anew. FAILED_PRECONDITION.
 * - "disabled": The agent was not told to offer this. UNIMPLEMENTED.
 * - "out_of_range": A value that is well-formed and beyond what the host has or allows; `field` names it. OUT_OF_RANGE.
 * - "precondition": The host is not in a state for this, such as a CPU that is offline. FAILED_PRECONDITION.
 * - "permission_denied":
 *   The agent's policy does not let this caller do this; `permission` names what is missing. PERMISSION_DENIED. What the
 *   operating system refuses is ACCESS_DENIED.
 * - "audit_unavailable":
 *   The call would change something and cannot be written to the audit log, so it was not done. FAILED_PRECONDITION;
 *   reads go on, and so do changes as soon as the log can be written again.
 */
export type ErrorReason =
  | "unspecified"
  | "no_such_process"
  | "pid_reused"
  | "zombie_process"
  | "access_denied"
  | "timeout_expired"
  | "unsupported"
  | "not_implemented"
  | "invalid_argument"
  | "deadline"
  | "cancelled"
  | "overloaded"
  | "unavailable"
  | "os_error"
  | "internal"
  | "not_found"
  | "processes_read_only"
  | "protected"
  | "target_left"
  | "operation_conflict"
  | "operation_unknown"
  | "preview_expired"
  | "disabled"
  | "out_of_range"
  | "precondition"
  | "permission_denied"
  | "audit_unavailable";

/** Texts of ErrorReason; the index is the number on the wire. */
export const ERROR_REASON_TEXTS: readonly ErrorReason[] = [
  "unspecified",
  "no_such_process",
  "pid_reused",
  "zombie_process",
  "access_denied",
  "timeout_expired",
  "unsupported",
  "not_implemented",
  "invalid_argument",
  "deadline",
  "cancelled",
  "overloaded",
  "unavailable",
  "os_error",
  "internal",
  "not_found",
  "processes_read_only",
  "protected",
  "target_left",
  "operation_conflict",
  "operation_unknown",
  "preview_expired",
  "disabled",
  "out_of_range",
  "precondition",
  "permission_denied",
  "audit_unavailable",
];

/** Numbers of ErrorReason on the wire, by text, for requests; "unspecified" cannot be asked for. */
export const ERROR_REASON_NUMBERS: ReadonlyMap<string, number> = new Map([
  ["no_such_process", 1],
  ["pid_reused", 2],
  ["zombie_process", 3],
  ["access_denied", 4],
  ["timeout_expired", 5],
  ["unsupported", 6],
  ["not_implemented", 7],
  ["invalid_argument", 8],
  ["deadline", 9],
  ["cancelled", 10],
  ["overloaded", 11],
  ["unavailable", 12],
  ["os_error", 13],
  ["internal", 14],
  ["not_found", 15],
  ["processes_read_only", 16],
  ["protected", 17],
  ["target_left", 18],
  ["operation_conflict", 19],
  ["operation_unknown", 20],
  ["preview_expired", 21],
  ["disabled", 22],
  ["out_of_range", 23],
  ["precondition", 24],
  ["permission_denied", 25],
  ["audit_unavailable", 26],
]);

/** Details of a failure; travels with the gRPC status in the trailer `grpc-status-details-bin`. */
export interface ErrorDetail {
  /** Why. */
  reason: ErrorReason;
  /** What was attempted, e.g. "Process.Get" or "open /proc/stat". */
  op: string;
  /** What it was attempted on, e.g. "pid 4711". Never a secret, never a path of the agent. */
  target: string;
  /** The operating system's error number (errno or Win32), where one was given. */
  osError: number | null;
  /** The process concerned, where there is one. */
  pid: number | null;
  /** Its name, if the agent knew it. */
  name: string | null;
  /** Path of the request field that is wrong, for INVALID_ARGUMENT. */
  field: string | null;
  /** Platform that lacks the feature, e.g. "linux", for UNSUPPORTED. */
  platform: string | null;
  /** True if the same call may succeed later without a change to it. */
  retryable: boolean;
  /** Permission that the caller lacks, e.g. "process.control.signal", for PERMISSION_DENIED. */
  permission: string | null;
}

/** Decodes a ErrorDetail. Throws RangeError if the bytes are not one. */
export function decodeErrorDetail(bytes: Uint8Array): ErrorDetail {
  return readErrorDetail(new PlainReader(bytes));
}

/** Reads a ErrorDetail up to the reader's end; for decoders of messages that hold one. */
export function readErrorDetail(reader: PlainReader): ErrorDetail {
  let reason: ErrorReason = "unspecified";
  let op: string = "";
  let target: string = "";
  let osError: number | null = null;
  let pid: number | null = null;
  let name: string | null = null;
  let field: string | null = null;
  let platform: string | null = null;
  let retryable: boolean = false;
  let permission: string | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        reason = ERROR_REASON_TEXTS[reader.int32()] ?? "unspecified";
        break;
      case 18:
        op = reader.string();
        break;
      case 26:
        target = reader.string();
        break;
      case 32:
        osError = reader.int32();
        break;
      case 40:
        pid = reader.int64();
        break;
      case 50:
        name = reader.string();
        break;
      case 58:
        field = reader.string();
        break;
      case 66:
        platform = reader.string();
        break;
      case 72:
        retryable = reader.bool();
        break;
      case 82:
        permission = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    reason,
    op,
    target,
    osError,
    pid,
    name,
    field,
    platform,
    retryable,
    permission,
  };
}
