// SPDX-License-Identifier: Apache-2.0

import { safeText } from "../safe-text.ts";
import { BUILTIN_ROLES } from "./builtin-roles.ts";
import { CONDITION_KEYS, readConditions } from "./conditions-file.ts";
import { PERMISSIONS } from "./permissions.ts";
import type { Grant, Role } from "./policy.ts";
import type { YamlValue } from "./yaml-value.ts";

interface Draft {
  readonly name: string;
  readonly at: YamlValue;
  readonly extended: readonly YamlValue[];
  readonly own: readonly Grant[];
}

/** Reads the roles of a policy; the built-in ones are among the answer. */
export function readRoles(value: YamlValue | undefined): ReadonlyMap<string, Role> {
  const drafts = new Map((value?.entries() ?? []).map((entry) => [entry[0], readDraft(...entry)]));
  const roles = new Map(BUILTIN_ROLES);
  const names = [...BUILTIN_ROLES.keys(), ...drafts.keys()];
  const resolve = (name: string, path: readonly string[]): Role => {
    const done = roles.get(name);
    if (done !== undefined) return done;
    const draft = drafts.get(name) as Draft;
    if (path.includes(name)) draft.at.fail(`this role extends itself: ${[...path, name].join(" > ")}`);
    const extended = draft.extended.map((each) => resolve(each.oneOf(names, "role"), [...path, name]));
    const role = { name, grants: [...draft.own, ...extended.flatMap(({ grants }) => grants)] };
    roles.set(name, role);
    return role;
  };
  for (const name of drafts.keys()) resolve(name, []);
  return roles;
}

function readDraft(name: string, value: YamlValue, at: YamlValue): Draft {
  if (!/^[a-z][a-z0-9_-]{0,62}$/.test(name)) {
    at.fail(`"${safeText(name, 80)}" is no name of a role: small letters, digits, - and _, beginning with a letter`);
  }
  if (BUILTIN_ROLES.has(name)) at.fail(`${name} is a built-in role: choose another name, and extend it if you like`);
  const { extends: extended, allow } = value.members(["extends", "allow"]);
  if (extended === undefined && allow === undefined) value.fail("this role allows nothing");
  return { name, at, extended: extended?.list() ?? [], own: allow?.list().map(readGrant) ?? [] };
}

function readGrant(value: YamlValue): Grant {
  if (!value.isMap) {
    return { permission: value.oneOf(PERMISSIONS, "permission"), conditions: null, place: value.place };
  }
  const members = value.members(["permission", ...CONDITION_KEYS]);
  const permission = (members.permission ?? value.fail("permission is missing")).oneOf(PERMISSIONS, "permission");
  return { permission, conditions: readConditions(permission, members), place: value.place };
}
