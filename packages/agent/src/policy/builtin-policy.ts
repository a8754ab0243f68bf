// SPDX-License-Identifier: Apache-2.0

import { BUILTIN_ROLES } from "./builtin-roles.ts";
import type { Binding, Policy, Subject } from "./policy.ts";

/** Name of the policy of an agent that was given none. */
export const BUILTIN_POLICY = "built-in policy loopback-development";

/**
 * For development: whoever reaches the agent on a loopback address may do everything, as may root and the agent's own
 * user on a unix socket. Tokens have the roles they were made with. Everybody else, holders of certificates among them,
 * may do nothing until there is a policy that names them.
 */
export function builtinPolicy(ownUid: number | undefined = process.getuid?.()): Policy {
  const uids = [...new Set(ownUid === undefined ? [0] : [0, ownUid])];
  const subjects: Subject[] = [{ kind: "loopback" }, ...uids.map((uid): Subject => ({ kind: "uid", uid }))];
  const binding: Binding = { subjects, roles: ["owner"], place: BUILTIN_POLICY };
  return { name: BUILTIN_POLICY, roles: BUILTIN_ROLES, bindings: [binding] };
}
