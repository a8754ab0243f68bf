// SPDX-License-Identifier: Apache-2.0

import { BUILTIN_ROLES } from "./builtin-roles.ts";
import type { Binding, Policy, Subject } from "./policy.ts";

/** Name of the policy of an agent that was given none. */
export const BUILTIN_POLICY = "built-in policy loopback-development";

/** Who may do everything on a Windows machine anyway: the system, and administrators that act as such. */
const WINDOWS_ADMINISTRATORS = ["S-1-5-18", "S-1-5-32-544"];

/**
 * For development: whoever reaches the agent on a loopback address may do everything, as may root and the agent's own
 * user on a unix socket, and the system, administrators and the agent's own user on a named pipe. Tokens have the roles they were made with. Everybody else, holders of certificates among them,
 * may do nothing until there is a policy that names them.
 */
export function builtinPolicy(ownUid: number | undefined = process.getuid?.(), ownSid: string | null = null): Policy {
  const uids = [...new Set(ownUid === undefined ? [0] : [0, ownUid])];
  const sids = [...new Set([...WINDOWS_ADMINISTRATORS, ...(ownSid === null ? [] : [ownSid])])];
  const subjects: Subject[] = [
    { kind: "loopback" },
    ...uids.map((uid): Subject => ({ kind: "uid", uid })),
    ...sids.map((sid): Subject => ({ kind: "sid", sid })),
  ];
  const binding: Binding = { subjects, roles: ["owner"], place: BUILTIN_POLICY };
  return { name: BUILTIN_POLICY, roles: BUILTIN_ROLES, bindings: [binding] };
}
