// SPDX-License-Identifier: Apache-2.0

import type { CallGrant, MethodDescriptor, TargetConditions } from "@hostscope/proto";
import type { Entitlement, HeldGrant } from "./entitlement.ts";
import { SHOWING } from "./permissions.ts";
import type { Conditions } from "./policy.ts";
import { signalName } from "./signal-name.ts";

/** What a request says that conditions go by. */
export interface CallFacts {
  /** Numbers of the signals it sends; null if that is written elsewhere, as in the preview that it commits. */
  readonly signals: readonly number[] | null;
  /** Why, in its caller's words. */
  readonly reason: string | null;
}

/** Of calls that conditions have nothing to ask. */
export const NO_FACTS: CallFacts = { signals: [], reason: null };

/** Whether a call may be made. */
export type Judgement =
  | {
      readonly allowed: true;
      /** Those of the grants that admit it, as far as can be told here. */
      readonly grants: readonly HeldGrant[];
      /** What is left for the machine to judge; undefined if there is nothing. */
      readonly grant: CallGrant | undefined;
    }
  | {
      readonly allowed: false;
      readonly permission: string;
      /** Conditions that are not met; none: the permission is not granted at all. */
      readonly unmet: readonly string[];
    };

/** Judges one call of a caller. Conditions on the processes it meets are left to the machine, which holds them. */
export function judge(entitlement: Entitlement, method: MethodDescriptor, facts: CallFacts): Judgement {
  const { permission } = method;
  const held = entitlement.grants.get(permission) ?? [];
  const grants = held.filter(({ conditions }) => unmet(conditions, method, facts) === null);
  if (grants.length === 0) {
    const reasons = held.map(({ conditions }) => unmet(conditions, method, facts) ?? "");
    return { allowed: false, permission, unmet: [...new Set(reasons)] };
  }
  return { allowed: true, grants, grant: callGrant(entitlement, method, grants, facts) };
}

/** Which condition a call does not meet; null if it meets all that can be judged by its request. */
function unmet(conditions: Conditions | null, method: MethodDescriptor, facts: CallFacts): string | null {
  if (conditions === null) return null;
  const { signals, reason } = conditions;
  if (reason && method.mutates && (facts.reason ?? "").trim() === "") return "a reason is required";
  const wrong = signals === null ? undefined : facts.signals?.find((number) => !signals.includes(number));
  if (wrong !== undefined) return `signal ${signalName(wrong)} is not among those allowed`;
  return null;
}

function callGrant(
  { hidden, seesProcesses }: Entitlement,
  { path, permission }: MethodDescriptor,
  grants: readonly HeldGrant[],
  facts: CallFacts,
): CallGrant | undefined {
  const targets = grants.map(({ conditions }) => targetConditions(conditions, facts));
  // One grant without conditions makes those of the others pointless.
  const free = targets.includes(null);
  // Most methods have nothing to keep back, and their calls are told nothing.
  const kept = SHOWING.has(path) ? hidden : [];
  if (free && kept.length === 0) return undefined;
  return {
    hidden: kept,
    targets: free ? null : targets.filter((each) => each !== null),
    permission,
    seesProcesses: free || seesProcesses,
  };
}

/** Those conditions that only the machine can judge; null if there are none. */
function targetConditions(conditions: Conditions | null, facts: CallFacts): TargetConditions | null {
  if (conditions === null) return null;
  const { uids, accounts, notAccounts, cgroups, maxTargets } = conditions;
  const signals = facts.signals === null ? conditions.signals : null;
  const targets = { uids, accounts, notAccounts, cgroups, signals, maxTargets };
  return Object.values(targets).every((condition) => condition === null) ? null : targets;
}
