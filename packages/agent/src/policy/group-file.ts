// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from "node:fs";
import type { GroupId } from "./subject-file.ts";

/**
 * Looks groups up in a group file, which is read once, at the first question. Groups that only a directory service knows
 * are not in it: a policy names those by number.
 */
export function groupsOf(path = "/etc/group"): GroupId {
  let groups: Map<string, number> | null = null;
  return (name) => {
    groups ??= parseGroups(readText(path));
    return groups.get(name) ?? null;
  };
}

/** Numbers by name; lines that are not as they should be name nobody. */
export function parseGroups(text: string): Map<string, number> {
  const groups = new Map<string, number>();
  for (const line of text.split("\n")) {
    const [name, , gid] = line.split(":");
    if (!name || gid === undefined || !/^[0-9]{1,10}$/.test(gid) || groups.has(name)) continue;
    groups.set(name, Number(gid));
  }
  return groups;
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
