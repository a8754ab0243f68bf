// SPDX-License-Identifier: Apache-2.0

import { HEALTH, PERMISSIONS } from "./permissions.ts";
import type { Grant, Role } from "./policy.ts";

const VIEWER = ["metrics.read", "process.read", "service.read", HEALTH];
const OPERATOR = [
  ...VIEWER,
  "process.detail",
  "process.secrets.cmdline",
  "net.connections.read",
  "users.read",
  "process.control.signal",
  "process.control.priority",
];
// Given by name only: whoever may read environments or start programs has what others keep secret, and more.
const BY_NAME = ["process.secrets.environ", "process.exec"];

/** Roles that every policy has. No other role may have their names. */
export const BUILTIN_ROLES: ReadonlyMap<string, Role> = new Map(
  [
    role("viewer", VIEWER),
    role("operator", OPERATOR),
    role(
      "admin",
      PERMISSIONS.filter((permission) => !BY_NAME.includes(permission)),
    ),
    role("owner", PERMISSIONS),
  ].map((each) => [each.name, each]),
);

function role(name: string, permissions: readonly string[]): Role {
  const grants = permissions.map((permission): Grant => ({ permission, conditions: null, place: "built in" }));
  return { name, grants };
}
