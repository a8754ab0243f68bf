// SPDX-License-Identifier: Apache-2.0

import { safeText } from "../safe-text.ts";
import type { Subject } from "./policy.ts";
import { isSid } from "./sid.ts";
import { MAX_UID } from "./uid-ranges.ts";
import type { YamlValue } from "./yaml-value.ts";

/** Number of a group of this machine by its name. Throws an Error if there is none. */
export type GroupId = (name: string) => number;

const KEYS = ["uid", "gid", "group", "sid", "spiffe", "spiffe_below", "dns", "token", "loopback"] as const;

/** Reads whom a binding means: one map, or a list of them, of one key each. */
export function readSubjects(value: YamlValue, groupId: GroupId): Subject[] {
  return value.isList ? value.list().map((item) => readSubject(item, groupId)) : [readSubject(value, groupId)];
}

function readSubject(value: YamlValue, groupId: GroupId): Subject {
  const members = value.members(KEYS);
  const given = KEYS.filter((key) => members[key] !== undefined);
  const [key] = given;
  const named = key === undefined ? undefined : members[key];
  if (key === undefined || named === undefined || given.length > 1) {
    value.fail(`a subject has one key, of ${KEYS.join(", ")}`);
  }
  switch (key) {
    case "uid":
      return { kind: "uid", uid: named.whole(0, MAX_UID) };
    case "gid":
      return { kind: "gid", gid: named.whole(0, MAX_UID), name: null };
    case "group": {
      const name = named.text();
      return { kind: "gid", gid: readGroup(named, name, groupId), name };
    }
    case "sid":
      return { kind: "sid", sid: readSid(named) };
    case "spiffe":
      return { kind: "spiffe", id: readSpiffeId(named, true), below: false };
    case "spiffe_below":
      return { kind: "spiffe", id: readSpiffeId(named, false), below: true };
    case "dns":
      return { kind: "dns", name: readDnsName(named) };
    case "token":
      return { kind: "token", name: named.text() };
    case "loopback":
      named.oneOf(["true"], "value for loopback");
      return { kind: "loopback" };
  }
}

function readGroup(value: YamlValue, name: string, groupId: GroupId): number {
  try {
    return groupId(name);
  } catch (error) {
    return value.fail(error instanceof Error ? error.message : String(error));
  }
}

function readSid(value: YamlValue): string {
  const text = value.text();
  if (!isSid(text)) value.fail(`"${safeText(text, 80)}" is no SID of a user or group, such as S-1-5-32-544`);
  return text;
}

// The grammar of SPIFFE: no upper case in the trust domain, no empty or dot segments, no port, query or fragment.
const SPIFFE_ID = /^spiffe:\/\/[a-z0-9._-]{1,255}((?:\/[A-Za-z0-9._-]+)*)$/;

function readSpiffeId(value: YamlValue, whole: boolean): string {
  const id = value.text();
  const path = SPIFFE_ID.exec(id)?.[1];
  const dots = path?.split("/").some((segment) => segment === "." || segment === "..") === true;
  if (path === undefined || dots || id.length > 2048) {
    value.fail(`"${safeText(id, 80)}" is no SPIFFE id such as spiffe://example.org/ns/ops`);
  }
  if (whole && path === "") value.fail("this names a whole trust domain; for that, the key is spiffe_below");
  return id;
}

function readDnsName(value: YamlValue): string {
  const name = value.text();
  const sound = name.split(".").every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label));
  if (!sound || name.length > 253) {
    value.fail(`"${safeText(name, 80)}" is no DNS name in small letters; wildcards are not allowed`);
  }
  return name;
}
