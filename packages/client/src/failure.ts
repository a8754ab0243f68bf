// SPDX-License-Identifier: Apache-2.0

import { StatusCode, type StatusError } from "@hostscope/proto";
import {
  Aborted,
  AccessDenied,
  Cancelled,
  DeadlineExceeded,
  type ErrorCode,
  type ErrorFacts,
  FailedPrecondition,
  HostscopeError,
  HostUnreachable,
  InternalError,
  InvalidArgument,
  NoSuchProcess,
  NotFound,
  NotImplemented,
  Overloaded,
  PermissionDenied,
  TimeoutExpired,
  Unauthenticated,
  Unsupported,
  VersionSkew,
  ZombieProcess,
} from "./errors.ts";
import { decodeErrorDetail, type ErrorDetail, type ErrorReason } from "./gen/hostscope/v1/error_plain.ts";
import { TlsFailure } from "./grpc/tls-failure.ts";
import { safeText } from "./safe-text.ts";

/** What the caller knew of a call that failed. */
export interface FailedCall {
  /** Target of the host, as given to open(). */
  readonly host: string;
  /** The RPC, e.g. "Process.Get". */
  readonly op: string;
  /** Milliseconds the call was given. */
  readonly timeoutMs: number;
  /** The process it was about. */
  readonly pid: number | null;
  /** Name of that process, if it was read before. */
  readonly processName: string | null;
  /** The caller's own signal. */
  readonly signal: AbortSignal | undefined;
  /** Whether the caller has closed the host. */
  readonly closed: boolean;
}

interface Failure extends FailedCall {
  /** Status text, safe to print; may be empty. */
  readonly text: string;
  readonly facts: ErrorFacts;
}

type Make = (failure: Failure) => HostscopeError;

/**
 * The typed error for whatever a call failed with. The caller's own act (abort, close) comes first, then the reason in
 * the host's typed detail, then the gRPC status code. Text is only passed on.
 */
export function toHostscopeError(error: unknown, call: FailedCall): HostscopeError {
  if (error instanceof HostscopeError) {
    return error;
  }
  const about = { host: call.host, pid: call.pid, processName: call.processName };
  if (!isStatusError(error)) {
    return new InternalError(`the answer of ${place(call)} could not be used`, { ...about, cause: error });
  }
  if (call.closed && ENDED.has(error.code)) {
    return new Cancelled(`${place(call)} was cancelled: the Host was closed`, { ...about, cause: error });
  }
  if (call.signal?.aborted === true && ENDED.has(error.code)) {
    return new Cancelled(`${place(call)} was cancelled`, { ...about, cause: call.signal.reason });
  }
  const detail = readDetail(error.detail);
  const facts: ErrorFacts = {
    ...about,
    pid: detail?.pid ?? call.pid,
    processName: detail?.name ?? call.processName,
    osError: detail?.osError,
    platform: detail?.platform,
    cause: error,
    permission: detail?.permission,
    // On the wire false is also "not said": then the class decides.
    retryable: detail?.retryable === true ? true : undefined,
  };
  const make = (detail === null ? undefined : BY_REASON[detail.reason]) ?? BY_CODE.get(error.code) ?? internal;
  return make({ ...call, text: safeText(error.message), facts });
}

/** Codes that a call gets which its own caller has ended. */
const ENDED: ReadonlySet<StatusCode> = new Set([
  StatusCode.CANCELLED,
  StatusCode.UNAVAILABLE,
  StatusCode.DEADLINE_EXCEEDED,
]);

const internal: Make = ({ facts, ...call }) => new InternalError(described("failed", call), facts);
const unreachable: Make = ({ facts, ...call }) => {
  const { cause } = facts.cause as { cause?: unknown };
  const tls = cause instanceof TlsFailure ? { code: cause.code, retryable: false } : {};
  return new HostUnreachable(`${call.host} cannot be reached${call.text === "" ? "" : `: ${call.text}`}`, {
    ...facts,
    ...tls,
  });
};
const invalid: Make = ({ facts, ...call }) => new InvalidArgument(described("refused an argument", call), facts);
const overloaded: Make = ({ facts, ...call }) => new Overloaded(described("was refused as too much", call), facts);
const deadline: Make = ({ facts, ...call }) =>
  new DeadlineExceeded(`${place(call)} did not finish within ${Math.max(0, Math.round(call.timeoutMs))} ms`, facts);
const gone: Make = ({ facts, ...call }) =>
  facts.pid === null
    ? new NoSuchProcess(described("found none of this name", call), facts)
    : new NoSuchProcess(`no process with pid ${facts.pid} on ${call.host}`, facts);

const refused =
  (code: ErrorCode, what: string): Make =>
  ({ facts, ...call }) =>
    new FailedPrecondition(described(what, call), { ...facts, code });
const aborted =
  (code: ErrorCode, what: string): Make =>
  ({ facts, ...call }) =>
    new Aborted(described(what, call), { ...facts, code });

const notPermitted: Make = ({ facts, ...call }) => new PermissionDenied(described("is not permitted", call), facts);

const BY_REASON: Readonly<Record<ErrorReason, Make | undefined>> = {
  unspecified: undefined,
  no_such_process: gone,
  pid_reused: ({ host, facts }) =>
    new NoSuchProcess(`the process with pid ${facts.pid} on ${host} has ended and its pid was reused`, {
      ...facts,
      code: "pid_reused",
    }),
  zombie_process: ({ host, facts }) =>
    new ZombieProcess(
      `process ${facts.pid} on ${host} is a zombie: it has ended and has no such value any more`,
      facts,
    ),
  access_denied: ({ facts, ...call }) => new AccessDenied(described("was denied by the operating system", call), facts),
  timeout_expired: ({ facts, ...call }) => new TimeoutExpired(described("waited in vain", call), facts),
  unsupported: ({ facts, ...call }) => new Unsupported(described("is not supported there", call), facts),
  not_implemented: ({ facts, ...call }) => new NotImplemented(described("is not implemented yet", call), facts),
  invalid_argument: invalid,
  deadline,
  // The caller's own cancel was dealt with above: it was the host that ended the call.
  cancelled: unreachable,
  overloaded,
  unavailable: unreachable,
  os_error: ({ facts, ...call }) =>
    new InternalError(described("met an unexpected operating system error", call), { ...facts, code: "os_error" }),
  internal,
  processes_read_only: ({ facts, ...call }) =>
    new AccessDenied(described("can only read there", call), { ...facts, code: "processes_read_only" }),
  not_found: ({ facts, ...call }) => new NotFound(described("found nothing there", call), facts),
  protected: refused("protected", "may not touch this process"),
  precondition: refused("precondition", "cannot be done in this state"),
  preview_expired: refused("preview_expired", "has no such preview any more"),
  operation_conflict: refused("operation_conflict", "was asked before, with the same operation id, for something else"),
  target_left: aborted("target_left", "met a process that was just ending"),
  operation_unknown: aborted("operation_unknown", "was cut off by the end of the agent"),
  disabled: ({ facts, ...call }) =>
    new Unsupported(described("is switched off there", call), { ...facts, code: "disabled" }),
  out_of_range: ({ facts, ...call }) =>
    new InvalidArgument(described("refused an argument", call), { ...facts, code: "out_of_range" }),
  permission_denied: notPermitted,
  audit_unavailable: refused("audit_unavailable", "was not done, as it cannot be written to the audit log"),
};

const BY_CODE: ReadonlyMap<StatusCode, Make> = new Map<StatusCode, Make>([
  [StatusCode.CANCELLED, unreachable],
  [StatusCode.INVALID_ARGUMENT, invalid],
  [StatusCode.OUT_OF_RANGE, invalid],
  [StatusCode.DEADLINE_EXCEEDED, deadline],
  [StatusCode.NOT_FOUND, (failure) => (failure.facts.pid === null ? internal(failure) : gone(failure))],
  [StatusCode.PERMISSION_DENIED, notPermitted],
  [StatusCode.RESOURCE_EXHAUSTED, overloaded],
  [
    StatusCode.UNIMPLEMENTED,
    ({ facts, ...call }) =>
      new VersionSkew(
        `${call.host} does not know ${call.op}: another version of hostscope, or no hostscope agent at all`,
        facts,
      ),
  ],
  [StatusCode.UNAVAILABLE, unreachable],
  [
    StatusCode.UNAUTHENTICATED,
    ({ facts, ...call }) => new Unauthenticated(described("needs credentials", call), facts),
  ],
]);

/** By its shape: a transport may have been built with another copy of @hostscope/proto. */
function isStatusError(error: unknown): error is StatusError {
  return error instanceof Error && error.name === "StatusError" && "code" in error && "detail" in error;
}

function place(call: FailedCall): string {
  return `${call.op} on ${call.host}`;
}

function described(what: string, failure: Omit<Failure, "facts">): string {
  return `${place(failure)} ${what}${failure.text === "" ? "" : `: ${failure.text}`}`;
}

function readDetail(bytes: Uint8Array | null): ErrorDetail | null {
  if (bytes === null) {
    return null;
  }
  try {
    return decodeErrorDetail(bytes);
  } catch {
    // A detail that cannot be read is no reason to hide the failure itself.
    return null;
  }
}
