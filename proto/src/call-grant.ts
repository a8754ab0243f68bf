// SPDX-License-Identifier: Apache-2.0

/** Conditions on the processes that a call acts on. All that are not null must hold. */
export interface TargetConditions {
  /** Ranges of user ids, both ends included; each user id of the process must be in one of them. */
  readonly uids: readonly (readonly [first: number, last: number])[] | null;
  /** Accounts of Windows, by SID or as "DOMAIN\\user", in any case; the process must run as one of them. */
  readonly accounts: readonly string[] | null;
  /** The process must run as none of these. One that has no such account, or whose name is not known, may be any. */
  readonly notAccounts: readonly string[] | null;
  /** Control groups, e.g. "/system.slice/nginx.service"; the process must be in one of them or below it. */
  readonly cgroups: readonly string[] | null;
  /** Numbers of signals; for calls whose request does not say which signal it sends. */
  readonly signals: readonly number[] | null;
  /** Most processes that one call may act on. */
  readonly maxTargets: number | null;
}

/** Attributes of processes that are kept back from callers without a permission. */
export interface HiddenAttributes {
  /** Numbers of ProcessAttribute. */
  readonly attributes: readonly number[];
  /** The permission that shows them. */
  readonly permission: string;
}

/**
 * What the caller of one call may see and meet, as far as only the machine itself can judge it: whoever lets the call
 * through has judged the rest. What is kept back does not leave the collector, not even for the agent.
 */
export interface CallGrant {
  /** What is kept back. Of a command line that is kept back its first word is shown. */
  readonly hidden: readonly HiddenAttributes[];
  /** The processes that may be acted on: those that one entry admits. Null: all. */
  readonly targets: readonly TargetConditions[] | null;
  /** The permission that `targets` are conditions of. */
  readonly permission: string;
  /** Whether the caller may learn which processes there are: if not, one it may not act on is as if it were not there. */
  readonly seesProcesses: boolean;
}
