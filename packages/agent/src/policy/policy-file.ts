// SPDX-License-Identifier: Apache-2.0

import { parseGroup } from "../listen/group-id.ts";
import { readTrustFile } from "../trust/trust-file.ts";
import type { Binding, Policy } from "./policy.ts";
import { PolicyError } from "./policy-error.ts";
import { readRoles } from "./role-file.ts";
import { type GroupId, readSubjects } from "./subject-file.ts";
import { YamlValue } from "./yaml-value.ts";

/** Reads a policy. Throws PolicyError, which says where what is wrong. `file` is for messages. */
export function parsePolicy(text: string, file: string, groupId: GroupId = (name) => parseGroup(name)): Policy {
  const root = YamlValue.parse(text, file);
  const { version, roles, bindings } = root.members(["version", "roles", "bindings"]);
  (version ?? root.fail("version is missing: it is 1")).oneOf(["1"], "version");
  const bound = bindings ?? root.fail("bindings are missing: without any, nobody may do anything");
  const known = readRoles(roles);
  const names = [...known.keys()];
  const read = (value: YamlValue): Binding => {
    const members = value.members(["to", "roles"]);
    const to = members.to ?? value.fail("to is missing: whom this is for");
    const given = members.roles ?? value.fail("roles are missing");
    const place = value.place;
    return { subjects: readSubjects(to, groupId), roles: given.list().map((role) => role.oneOf(names, "role")), place };
  };
  return { name: file, roles: known, bindings: bound.list().map(read) };
}

/**
 * Reads the policy of a running agent. The file must belong to root or to this user, and nobody else may be able to
 * write it: whoever can has every permission there is.
 */
export function loadPolicy(path: string): Policy {
  let bytes: Buffer;
  try {
    bytes = readTrustFile(path, "public");
  } catch (cause) {
    throw new PolicyError(path, null, cause instanceof Error ? cause.message : String(cause), { cause });
  }
  return parsePolicy(bytes.toString("utf8"), path);
}
