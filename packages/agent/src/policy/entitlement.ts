// SPDX-License-Identifier: Apache-2.0

import type { HiddenAttributes } from "@hostscope/proto";
import type { Identity } from "../trust/identity.ts";
import { hiddenFrom } from "./permissions.ts";
import type { Grant, Policy, Subject } from "./policy.ts";

/** A grant and how a caller came by it. */
export interface HeldGrant extends Grant {
  readonly role: string;
  /** Where the role is given, e.g. "policy.yaml:14". */
  readonly givenAt: string;
}

/** All that a policy gives one caller. */
export interface Entitlement {
  /** Names of its roles. */
  readonly roles: readonly string[];
  /** By permission; what is not there is denied. */
  readonly grants: ReadonlyMap<string, readonly HeldGrant[]>;
  /** Attributes of processes that it may not see. */
  readonly hidden: readonly HiddenAttributes[];
  /** Whether it may learn which processes there are. */
  readonly seesProcesses: boolean;
}

/** What a policy gives an identity: the grants of every role that a binding, or its token, gives it. */
export function entitle(policy: Policy, identity: Identity): Entitlement {
  const given = new Map<string, string>();
  // The person who makes a token says what it is for. A role that the policy does not have is none.
  if (identity.kind === "token") for (const role of identity.roles) given.set(role, `token ${identity.name}`);
  for (const { subjects, roles, place } of policy.bindings) {
    if (!subjects.some((subject) => means(subject, identity))) continue;
    for (const role of roles) if (!given.has(role)) given.set(role, place);
  }
  const grants = new Map<string, HeldGrant[]>();
  for (const [role, givenAt] of given) {
    for (const grant of policy.roles.get(role)?.grants ?? []) {
      const held = grants.get(grant.permission) ?? [];
      held.push({ ...grant, role, givenAt });
      grants.set(grant.permission, held);
    }
  }
  return {
    roles: [...given.keys()].filter((role) => policy.roles.has(role)),
    grants,
    hidden: hiddenFrom((permission) => grants.has(permission)),
    seesProcesses: grants.has("process.read"),
  };
}

/** Whether a subject of a binding is this identity. */
export function means(subject: Subject, identity: Identity): boolean {
  switch (subject.kind) {
    case "uid":
      return identity.kind === "unix" && identity.uid === subject.uid;
    case "gid":
      return identity.kind === "unix" && (identity.gid === subject.gid || identity.groups.includes(subject.gid));
    case "sid":
      return identity.kind === "pipe" && (identity.sid === subject.sid || identity.groups.includes(subject.sid));
    case "spiffe":
      return identity.kind === "mtls" && identity.names.some((name) => isSpiffe(name, subject.id, subject.below));
    case "dns":
      return identity.kind === "mtls" && identity.names.some((name) => name.toLowerCase() === `dns:${subject.name}`);
    case "token":
      return identity.kind === "token" && identity.name === subject.name;
    case "loopback":
      return identity.kind === "loopback";
  }
}

// By whole segments: .../ops-old is not below .../ops.
function isSpiffe(name: string, id: string, below: boolean): boolean {
  return below ? name.startsWith(`${id}/`) : name === id;
}
