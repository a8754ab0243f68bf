// SPDX-License-Identifier: Apache-2.0

import { safeText } from "../safe-text.ts";
import type { Caller, Identity } from "../trust/identity.ts";

/** Who called, as records tell it. */
export function callerFields({ identity, peer, connection }: Caller): Record<string, unknown> {
  return { ...identityFields(identity), peer: safeText(peer, 100), connection };
}

/** One text for each identity: for counting, and for people. */
export function identityName(identity: Identity): string {
  switch (identity.kind) {
    case "unix":
      return `uid ${identity.uid}`;
    case "pipe":
      return `sid ${identity.sid}`;
    case "mtls":
      return safeText(identity.names[0] ?? `certificate ${identity.fingerprint}`, 200);
    case "token":
      return `token ${safeText(identity.name, 100)}`;
    case "loopback":
      return "loopback";
  }
}

function identityFields(identity: Identity): Record<string, unknown> {
  switch (identity.kind) {
    case "unix":
      return { kind: "unix", uid: identity.uid, gid: identity.gid, pid: identity.pid };
    case "pipe":
      return { kind: "pipe", sid: identity.sid, pid: identity.pid };
    case "mtls":
      return {
        kind: "mtls",
        names: identity.names.slice(0, 8).map((name) => safeText(name, 200)),
        certificate: safeText(identity.fingerprint, 100),
      };
    case "token":
      return { kind: "token", token: safeText(identity.name, 100) };
    case "loopback":
      return { kind: "loopback" };
  }
}
