// SPDX-License-Identifier: Apache-2.0

import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { groupsOf } from "./group-file.ts";
import type { Binding, Policy } from "./policy.ts";
import { PolicyError } from "./policy-error.ts";
import { readRoles } from "./role-file.ts";
import { type GroupId, readSubjects } from "./subject-file.ts";
import { YamlValue } from "./yaml-value.ts";

const MAX_BYTES = 256 * 1024;

/** Reads a policy. Throws PolicyError, which says where what is wrong. `file` is for messages. */
export function parsePolicy(text: string, file: string, groupId: GroupId = groupsOf()): Policy {
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
  return parsePolicy(readOwnFile(path), path);
}

function readOwnFile(path: string): string {
  let fd: number;
  try {
    // Not blocking: somebody may have put a pipe there.
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (cause) {
    throw new PolicyError(path, null, `cannot be read: ${(cause as NodeJS.ErrnoException).code}`, { cause });
  }
  try {
    const { mode, uid, size } = fstatSync(fd);
    if ((mode & constants.S_IFMT) !== constants.S_IFREG) throw new PolicyError(path, null, "is not a file");
    if (size > MAX_BYTES) throw new PolicyError(path, null, `is larger than ${MAX_BYTES} bytes`);
    if (process.geteuid !== undefined) {
      if (uid !== 0 && uid !== process.geteuid()) {
        throw new PolicyError(path, null, `belongs to user ${uid}: it must belong to root or to the agent's user`);
      }
      if ((mode & 0o022) !== 0) {
        throw new PolicyError(path, null, `others than its owner may write it: chmod go-w ${path}`);
      }
    }
    return readFileSync(fd, "utf8");
  } finally {
    closeSync(fd);
  }
}
