// SPDX-License-Identifier: Apache-2.0

import { didYouMean, type MethodDescriptor, type TargetConditions } from "@hostscope/proto";
import { safeText } from "../safe-text.ts";
import type { Identity } from "../trust/identity.ts";
import { type Account, isAccount, NO_ACCOUNT, parseAccount } from "./account-name.ts";
import { entitle, type HeldGrant } from "./entitlement.ts";
import { type CallFacts, judge } from "./judge.ts";
import { METHODS } from "./permissions.ts";
import type { Conditions, Policy } from "./policy.ts";
import { signalName } from "./signal-name.ts";
import { includes, MAX_UID, type UidRange } from "./uid-ranges.ts";

/** What is said of a process that a call would meet. */
export interface TargetProcess {
  /** Null where processes have none. */
  readonly uid: number | null;
  readonly cgroup: string;
  readonly account: Account;
}

/** A call that a policy is asked about. */
export interface Question {
  readonly identity: Identity;
  readonly method: MethodDescriptor;
  readonly facts: CallFacts;
  /** The process that it would meet; null: not said, so that conditions on it are left open. */
  readonly target: TargetProcess | null;
  /** How many processes it would meet. */
  readonly targets: number;
}

/** What a policy says to it. */
export interface Explanation {
  readonly allowed: boolean;
  /** For people, without newlines. */
  readonly lines: readonly string[];
}

/** The method of a name such as "Process.Kill". Throws an Error with the nearest one. */
export function methodOf(name: string): MethodDescriptor {
  const nameOf = ({ service, name: own }: MethodDescriptor) => `${service}.${own}`;
  const found = METHODS.find((method) => nameOf(method) === name);
  if (found === undefined)
    throw new Error(`there is no method "${safeText(name, 80)}"${didYouMean(name, METHODS.map(nameOf))}`);
  return found;
}

/** Says whether a call is allowed, by which rule or for want of what. */
export function explain(policy: Policy, { identity, method, facts, target, targets }: Question): Explanation {
  const entitlement = entitle(policy, identity);
  const judgement = judge(entitlement, method, facts);
  const needs = `${method.service}.${method.name} needs ${method.permission}`;
  const { roles } = entitlement;
  const none =
    roles.length === 0 ? "this caller has no role" : `none of this caller's roles grants it: ${roles.join(", ")}`;
  const held = entitlement.grants.get(method.permission) ?? [];
  const met = judgement.allowed
    ? judgement.grants.filter(({ conditions }) => target === null || admits(conditions, target, targets))
    : [];
  if (met.length === 0) {
    const why = held.length === 0 ? [none] : held.map(whyNot);
    return { allowed: false, lines: [`denied: ${needs}`, ...why.map((line) => `  ${line}`)] };
  }
  const hidden = entitlement.hidden.map(({ permission }) => permission);
  const kept =
    hidden.length > 0 && method.service === "Process" ? [`  kept back: what needs ${hidden.join(", ")}`] : [];
  return { allowed: true, lines: [`allowed: ${needs}`, ...met.flatMap(grantLines), ...kept] };

  function whyNot(grant: HeldGrant): string {
    const where = `${grant.role} (${grant.place}) grants it`;
    const unmet = judgement.allowed ? ["the process is not one of those"] : judgement.unmet;
    return `${where}${conditionText(grant.conditions)}: ${unmet.join("; ")}`;
  }
}

/** Whether conditions admit a process. The machine judges for itself; this is for asking beforehand. */
export function admits(
  conditions: TargetConditions | null,
  { uid, cgroup, account }: TargetProcess,
  targets: number,
): boolean {
  if (conditions === null) return true;
  const { uids, accounts, notAccounts, cgroups, maxTargets } = conditions;
  if (maxTargets !== null && targets > maxTargets) return false;
  if (uids !== null && (uid === null || !includes(uids, uid))) return false;
  if (accounts !== null && !accounts.some((named) => isAccount(account, named) === true)) return false;
  if (notAccounts !== null && !notAccounts.every((named) => isAccount(account, named) === false)) return false;
  return cgroups === null || cgroups.some((top) => top === "/" || cgroup === top || cgroup.startsWith(`${top}/`));
}

function grantLines({ role, place, givenAt, conditions }: HeldGrant): string[] {
  const where = place === "built in" ? "" : ` (${place})`;
  return [`  ${role}${where} grants it, given at ${givenAt}${conditionText(conditions)}`];
}

function conditionText(conditions: Conditions | null): string {
  if (conditions === null) return "";
  const { uids, accounts, notAccounts, cgroups, signals, maxTargets, reason } = conditions;
  const parts = [
    uids === null ? null : `each user id of the process is in ${uids.map(rangeText).join(", ") || "nothing"}`,
    accounts === null ? null : `its account is ${accounts.join(" or ") || "nobody's"}`,
    notAccounts === null ? null : `its account is known and is not ${notAccounts.join(" or ")}`,
    cgroups === null ? null : `its control group is in ${cgroups.join(", ")}`,
    signals === null ? null : `the signal is ${signals.map(signalName).join(", ")}`,
    maxTargets === null ? null : `at most ${maxTargets} processes are met`,
    reason ? "a reason is given" : null,
  ];
  return `, if ${parts.filter((part) => part !== null).join(" and ")}`;
}

function rangeText([first, last]: UidRange): string {
  if (first === last) return String(first);
  return last === MAX_UID ? `${first} and above` : `${first}-${last}`;
}

/** A call in plain terms. */
export interface PlainCall {
  readonly identity: Identity;
  readonly permission: string;
  readonly mutates: boolean;
  /** Null: it sends none. */
  readonly signal: number | null;
  readonly reason: string | null;
  readonly uid: number;
  readonly cgroup: string;
  readonly account: string;
  readonly targets: number;
}

/** Whether a policy allows a call: what explain says, without the words. */
export function policyAllows(policy: Policy, call: PlainCall): boolean {
  const { identity, permission, mutates, signal, reason, uid, cgroup, account, targets } = call;
  const method = {
    service: "",
    name: "",
    path: "",
    kind: "unary",
    permission,
    mutates,
    audit: false,
    cost: "low",
  } as const;
  const facts: CallFacts = { signals: signal === null ? [] : [signal], reason };
  const target = { uid, cgroup, account: parseAccount(account) ?? NO_ACCOUNT };
  return explain(policy, { identity, method, facts, target, targets }).allowed;
}
