// SPDX-License-Identifier: Apache-2.0

import { constants } from "node:os";
import type { Identity } from "@hostscope/agent";
import { parse } from "yaml";

/** A call, in the plainest terms. */
export interface ReferenceCall {
  readonly identity: Identity;
  readonly permission: string;
  readonly mutates: boolean;
  readonly signal: number | null;
  readonly reason: string | null;
  readonly uid: number;
  readonly cgroup: string;
  readonly account: string;
  readonly targets: number;
}

type Loose = { readonly [key: string]: unknown };

/**
 * Whether a policy allows a call, by reading the text as it stands and looking everything up anew: slow, written apart
 * from the agent's own, and lenient where that is strict. What it does not allow, nothing may.
 */
export function referenceAllows(
  text: string,
  builtin: Readonly<Record<string, readonly string[]>>,
  call: ReferenceCall,
): boolean {
  const policy = parse(text, { schema: "failsafe", logLevel: "silent" }) as Loose;
  const given = new Set(call.identity.kind === "token" ? call.identity.roles : []);
  for (const binding of list(policy.bindings)) {
    const to = (binding as Loose).to;
    const subjects = Array.isArray(to) ? to : [to];
    if (subjects.some((subject) => isMeant(subject as Loose, call.identity))) {
      for (const role of list((binding as Loose).roles)) given.add(String(role));
    }
  }
  return [...given].some((role) => roleAllows(policy, builtin, role, call, 0));
}

function roleAllows(
  policy: Loose,
  builtin: Readonly<Record<string, readonly string[]>>,
  name: string,
  call: ReferenceCall,
  depth: number,
): boolean {
  if (depth > 20) return false;
  if (builtin[name] !== undefined) return builtin[name].includes(call.permission);
  const role = ((policy.roles ?? {}) as Loose)[name] as Loose | undefined;
  if (role === undefined) return false;
  if (list(role.extends).some((other) => roleAllows(policy, builtin, String(other), call, depth + 1))) return true;
  return list(role.allow).some((grant) => {
    if (typeof grant === "string") return grant === call.permission;
    const conditions = grant as Loose;
    return conditions.permission === call.permission && holds(conditions, call);
  });
}

function holds(conditions: Loose, call: ReferenceCall): boolean {
  const { uids, not_uids, accounts, not_accounts, cgroups, signals, max_targets, reason } = conditions;
  if (reason === "required" && call.mutates && (call.reason ?? "").trim() === "") return false;
  if (uids !== undefined && !list(uids).some((range) => isIn(String(range), call.uid))) return false;
  if (not_uids !== undefined && list(not_uids).some((range) => isIn(String(range), call.uid))) return false;
  const account = call.account.toLowerCase();
  const known = (named: string) => named.toLowerCase().startsWith("s-1-") === account.startsWith("s-1-");
  if (accounts !== undefined && !list(accounts).some((named) => String(named).toLowerCase() === account)) return false;
  if (not_accounts !== undefined) {
    const names = list(not_accounts).map(String);
    if (names.some((named) => !known(named) || named.toLowerCase() === account)) return false;
  }
  if (max_targets !== undefined && call.targets > Number(max_targets)) return false;
  if (cgroups !== undefined) {
    const path = `${call.cgroup}/`;
    if (!list(cgroups).some((top) => String(top) === "/" || path.startsWith(`${top}/`))) return false;
  }
  if (signals === undefined || call.signal === null) return true;
  return list(signals).some((name) => numberOf(String(name)) === call.signal);
}

function isMeant(subject: Loose, identity: Identity): boolean {
  const of = (key: string) => (subject?.[key] === undefined ? null : String(subject[key]));
  switch (identity.kind) {
    case "unix":
      return (
        of("uid") === String(identity.uid) || [identity.gid, ...identity.groups].map(String).includes(of("gid") ?? "")
      );
    case "pipe":
      return [identity.sid, ...identity.groups].includes(of("sid") ?? "");
    case "mtls":
      return identity.names.some((name) => {
        const below = of("spiffe_below");
        return name === of("spiffe") || name === `dns:${of("dns")}` || (below !== null && name.startsWith(`${below}/`));
      });
    case "token":
      return of("token") === identity.name;
    case "loopback":
      return of("loopback") === "true";
  }
}

function isIn(range: string, uid: number): boolean {
  const [first = "", last = first] = range.split("-");
  return Number(first) <= uid && uid <= Number(last);
}

function numberOf(signal: string): number {
  if (/^\d+$/.test(signal)) return Number(signal);
  return (constants.signals as Record<string, number>)[`SIG${signal.replace(/^SIG/, "")}`] ?? -1;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
