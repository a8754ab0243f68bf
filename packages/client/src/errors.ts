// SPDX-License-Identifier: Apache-2.0

import type { ErrorReason } from "./gen/hostscope/v1/error_plain.ts";

/** What went wrong, for programs: the schema's reasons, and what is decided before or beside the schema. */
export type ErrorCode =
  | Exclude<ErrorReason, "unspecified">
  | "unauthenticated"
  | "version_skew"
  | "tls_untrusted"
  | "tls_wrong_host"
  | "tls_expired"
  | "tls_client_certificate"
  | "tls_failed";

/** What is known about a failure besides its text. What is left out is unknown. */
export interface ErrorFacts {
  /** What went wrong; each class has its own default. */
  readonly code?: ErrorCode | undefined;
  /** Whether the same call may succeed later without a change to it; each class has its own default. */
  readonly retryable?: boolean | undefined;
  /** Target of the host concerned, as given to open(). */
  readonly host?: string | null | undefined;
  /** Pid of the process concerned. */
  readonly pid?: number | null | undefined;
  /** Name the process had when it was last read. */
  readonly processName?: string | null | undefined;
  /** Pid of its parent when it was last read; for ZombieProcess. */
  readonly ppid?: number | null | undefined;
  /** Seconds that were waited; for TimeoutExpired. */
  readonly seconds?: number | null | undefined;
  /** Error number of the host's operating system (errno or Win32). */
  readonly osError?: number | null | undefined;
  /** Platform that lacks what was asked for, e.g. "linux"; for Unsupported. */
  readonly platform?: string | null | undefined;
  /** Permission that the caller lacks, e.g. "process.control.signal"; for PermissionDenied. */
  readonly permission?: string | null | undefined;
  /** The error underneath. */
  readonly cause?: unknown;
}

/** Base of every error that the SDK throws. Decide by class or `code`, never by message text. */
export class HostscopeError extends Error {
  override readonly name: string = "HostscopeError";
  /** What went wrong. */
  readonly code: ErrorCode;
  /** Whether the same call may succeed later without a change to it. */
  readonly retryable: boolean;
  /** Target of the host concerned, as given to open(); null if there is none. */
  readonly host: string | null;
  /** Pid of the process concerned; null if there is none. */
  readonly pid: number | null;
  /** Name the process had when it was last read through this object; null if it never was. */
  readonly processName: string | null;
  /** Error number of the host's operating system (errno or Win32); null if it gave none. */
  readonly osError: number | null;

  constructor(message: string, facts: ErrorFacts & { readonly code: ErrorCode }) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.code = facts.code;
    this.retryable = facts.retryable ?? false;
    this.host = facts.host ?? null;
    this.pid = facts.pid ?? null;
    this.processName = facts.processName ?? null;
    this.osError = facts.osError ?? null;
  }
}

/** No process has this pid, or the process has ended; psutil's NoSuchProcess. */
export class NoSuchProcess extends HostscopeError {
  override readonly name: string = "NoSuchProcess";

  constructor(message: string, facts: ErrorFacts = {}) {
    super(message, { ...facts, code: facts.code ?? "no_such_process" });
  }

  /** True if the pid belongs to another process by now. */
  get reused(): boolean {
    return this.code === "pid_reused";
  }
}

/** The process has ended, its parent has not collected it yet, and the value went with it; psutil's ZombieProcess. */
export class ZombieProcess extends NoSuchProcess {
  override readonly name: string = "ZombieProcess";
  /** Pid of its parent when it was last read through this object; null if it never was. */
  readonly ppid: number | null;

  constructor(message: string, facts: ErrorFacts = {}) {
    super(message, { ...facts, code: facts.code ?? "zombie_process" });
    this.ppid = facts.ppid ?? null;
  }
}

/** What the call names, other than a process, is not on the host, such as a path; psutil's FileNotFoundError. */
export class NotFound extends HostscopeError {
  override readonly name: string = "NotFound";

  constructor(message: string, facts: ErrorFacts = {}) {
    super(message, { ...facts, code: facts.code ?? "not_found" });
  }
}

/** The host's operating system refused the agent; psutil's AccessDenied. For the agent's own refusal see PermissionDenied. */
export class AccessDenied extends HostscopeError {
  override readonly name: string = "AccessDenied";

  constructor(message: string, facts: ErrorFacts = {}) {
    super(message, { ...facts, code: facts.code ?? "access_denied" });
  }
}

/** What was waited for did not come in time, although the call itself was answered; psutil's TimeoutExpired. */
export class TimeoutExpired extends HostscopeError {
  override readonly name: string = "TimeoutExpired";
  /** Seconds that the caller asked to wait; null if it was the host that set the limit. */
  readonly seconds: number | null;

  constructor(message: string, facts: ErrorFacts = {}) {
    super(message, { ...facts, retryable: facts.retryable ?? true, code: facts.code ?? "timeout_expired" });
    this.seconds = facts.seconds ?? null;
  }
}

/**
 * No answer: nothing listens, the connection broke, or the agent is stopping. Codes that begin with "tls_" say what is
 * wrong with the encryption: the host's certificate is of an unknown authority, for another name or expired, or the host
 * does not accept ours. Those are not retryable.
 */
export class HostUnreachable extends HostscopeError {
  override readonly name: string = "HostUnreachable";

  constructor(message: string, facts: ErrorFacts = {}) {
    super(message, { ...facts, retryable: facts.retryable ?? true, code: facts.code ?? "unavailable" });
  }
}

/** The agent does not know who calls. */
export class Unauthenticated extends HostscopeError {
  override readonly name: string = "Unauthenticated";

  constructor(message: string, facts: ErrorFacts = {}) {
    super(message, { ...facts, code: facts.code ?? "unauthenticated" });
  }
}

/** The agent knows who calls, and its policy says no. */
export class PermissionDenied extends HostscopeError {
  override readonly name: string = "PermissionDenied";
  /** The permission that is missing, e.g. "process.control.signal"; null if it was not named. */
  readonly permission: string | null;

  constructor(message: string, facts: ErrorFacts = {}) {
    super(message, { ...facts, code: facts.code ?? "permission_denied" });
    this.permission = facts.permission ?? null;
  }
}

/** More was asked than the host gives at once: a quota, a size limit, or threads held by stuck targets. */
export class Overloaded extends HostscopeError {
  override readonly name: string = "Overloaded";

  constructor(message: string, facts: ErrorFacts = {}) {
    super(message, { ...facts, code: facts.code ?? "overloaded" });
  }
}

/** The other side does not know this call at all: another version of hostscope, or no agent. */
export class VersionSkew extends HostscopeError {
  override readonly name: string = "VersionSkew";

  constructor(message: string, facts: ErrorFacts = {}) {
    super(message, { ...facts, code: facts.code ?? "version_skew" });
  }
}

/**
 * The state of the host forbids the action, and a retry alone does not help. `code` tells why: "protected", "precondition",
 * "preview_expired", "operation_conflict", "audit_unavailable".
 */
export class FailedPrecondition extends HostscopeError {
  override readonly name: string = "FailedPrecondition";

  constructor(message: string, facts: ErrorFacts = {}) {
    super(message, { ...facts, code: facts.code ?? "precondition" });
  }
}

/**
 * Whether the action took place is not known, and it is not done again. `code` tells why: "target_left" if the process
 * ended in the midst of it, "operation_unknown" if the agent did.
 */
export class Aborted extends HostscopeError {
  override readonly name: string = "Aborted";

  constructor(message: string, facts: ErrorFacts = {}) {
    super(message, { ...facts, code: facts.code ?? "target_left" });
  }
}

/** The host's platform has no such thing. */
export class Unsupported extends HostscopeError {
  override readonly name: string = "Unsupported";
  /** That platform, e.g. "linux"; null if it was not named. */
  readonly platform: string | null;

  constructor(message: string, facts: ErrorFacts = {}) {
    super(message, { ...facts, code: facts.code ?? "unsupported" });
    this.platform = facts.platform ?? null;
  }
}

/** This version of hostscope, or the host's, knows what was asked for and does not implement it yet. */
export class NotImplemented extends HostscopeError {
  override readonly name: string = "NotImplemented";

  constructor(message: string, facts: ErrorFacts = {}) {
    super(message, { ...facts, code: facts.code ?? "not_implemented" });
  }
}

/** An argument is wrong whatever the state of the host; psutil's ValueError and TypeError. */
export class InvalidArgument extends HostscopeError {
  override readonly name: string = "InvalidArgument";

  constructor(message: string, facts: ErrorFacts = {}) {
    super(message, { ...facts, code: facts.code ?? "invalid_argument" });
  }
}

/** The call's time was up before it was answered. */
export class DeadlineExceeded extends HostscopeError {
  override readonly name: string = "DeadlineExceeded";

  constructor(message: string, facts: ErrorFacts = {}) {
    super(message, { ...facts, retryable: facts.retryable ?? true, code: facts.code ?? "deadline" });
  }
}

/** The caller gave up: its AbortSignal fired (`cause` is the signal's reason) or the Host was closed. */
export class Cancelled extends HostscopeError {
  override readonly name: string = "Cancelled";

  constructor(message: string, facts: ErrorFacts = {}) {
    super(message, { ...facts, code: facts.code ?? "cancelled" });
  }
}

/** The host met something hostscope does not know how to read, or hostscope has a defect. */
export class InternalError extends HostscopeError {
  override readonly name: string = "InternalError";

  constructor(message: string, facts: ErrorFacts = {}) {
    super(message, { ...facts, code: facts.code ?? "internal" });
  }
}
