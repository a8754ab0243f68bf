// SPDX-License-Identifier: Apache-2.0

import { safeText } from "../safe-text.ts";
import type { Identity } from "../trust/identity.ts";
import { isSid } from "./sid.ts";
import { MAX_UID } from "./uid-ranges.ts";

/** How identities are written on a command line and in cases. */
export const IDENTITY_FORMS =
  "uid:1000, uid:1000,gid:100, sid:S-1-5-18, spiffe://example.org/ns/ops, dns:HOST, token:NAME, loopback";

const NEVER = new Date(8.64e15);

/** An identity from a text such as "uid:1000,gid:100"; roles of a token follow it: "token:ci,role:viewer". Throws an Error. */
export function parseIdentity(text: string): Identity {
  if (text === "loopback") return { kind: "loopback" };
  const [first = "", ...rest] = text.split(",");
  if (/^(spiffe:\/\/|dns:).+$/.test(first)) {
    return { kind: "mtls", names: [first, ...rest], fingerprint: "", expiresAt: NEVER };
  }
  if (first.startsWith("token:") && first.length > 6) {
    const roles = rest.map((part) => (part.startsWith("role:") ? part.slice(5) : wrong(text)));
    return { kind: "token", name: first.slice(6), roles, expiresAt: null };
  }
  if (first.startsWith("sid:")) {
    const [sid = "", ...groups] = [first, ...rest].map((part) => sidOf(part, text));
    return { kind: "pipe", sid, groups, pid: null };
  }
  const uid = number(first, "uid:", text);
  const groups = rest.map((part) => number(part, "gid:", text));
  // Without a group of its own: nothing is granted by one that was not named.
  const [gid = -1, ...others] = groups;
  return { kind: "unix", uid, gid, groups: others, pid: null };
}

function number(part: string, prefix: string, text: string): number {
  const digits = part.startsWith(prefix) ? part.slice(prefix.length) : "";
  return /^[0-9]{1,10}$/.test(digits) && Number(digits) <= MAX_UID ? Number(digits) : wrong(text);
}

function sidOf(part: string, text: string): string {
  const sid = part.startsWith("sid:") ? part.slice(4) : "";
  return isSid(sid) ? sid : wrong(text);
}

function wrong(text: string): never {
  throw new Error(`"${safeText(text, 80)}" is no identity, such as ${IDENTITY_FORMS}`);
}
