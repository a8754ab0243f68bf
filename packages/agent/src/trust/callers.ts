// SPDX-License-Identifier: Apache-2.0

import { StatusCode, StatusError } from "@hostscope/proto";
import type { Connections } from "../listen/connections.ts";
import type { CallerOf, Identity } from "./identity.ts";
import type { TokenEntry, TokenTable } from "./token-table.ts";

const BEARER = /^Bearer +([^ ]+)$/i;
// One text for all: what is wrong with a token is for the log.
const BAD_TOKEN = "the token is not valid";

/** Knows callers by their connection, and by the token of the call if it has one, which then counts alone. */
export function callersOf(connections: Connections, tokens: () => TokenTable | null): CallerOf {
  return ({ call, metadata }) => {
    const connection = connections.of(call.getConnectionInfo().remoteAddress);
    if (connection === null) throw unauthenticated("the connection is over");
    const { peer, id } = connection;
    const authorization = metadata.get("authorization");
    // A credential that cannot be judged is never passed over for a weaker one.
    if (authorization.length > 0) {
      return { identity: tokenIdentity(authorization, tokens()), peer, connection: id };
    }
    if (connection.identity === null) throw unauthenticated(connection.lacking);
    return { identity: connection.identity, peer, connection: id };
  };
}

/** What limits count by: one key per caller, null where callers cannot be told apart. */
export function callerKey(identity: Identity): string | null {
  switch (identity.kind) {
    case "unix":
      return `unix:${identity.uid}`;
    case "pipe":
      return `pipe:${identity.sid}`;
    case "mtls":
      return `mtls:${identity.names[0] ?? identity.fingerprint}`;
    case "token":
      return `token:${identity.name}`;
    case "loopback":
      return null;
  }
}

/** The refusal of a caller who is not known; `cause` is for the log. */
export function unauthenticated(message: string, cause?: string): StatusError {
  return new StatusError(StatusCode.UNAUTHENTICATED, message, null, { cause });
}

function tokenIdentity(authorization: readonly unknown[], tokens: TokenTable | null): Identity {
  if (tokens === null) throw unauthenticated("this agent takes no tokens");
  const [value] = authorization;
  const token = authorization.length === 1 && typeof value === "string" ? BEARER.exec(value)?.[1] : undefined;
  const found = tokens.find(token ?? "");
  if (typeof found === "string") throw unauthenticated(BAD_TOKEN, `${found} token`);
  return identityOf(found);
}

// One object for all calls with a token: what it may do is remembered by it.
const identities = new WeakMap<TokenEntry, Identity>();

function identityOf(entry: TokenEntry): Identity {
  const known = identities.get(entry);
  if (known !== undefined) return known;
  const { name, roles, expiresAt } = entry;
  const identity: Identity = { kind: "token", name, roles, expiresAt };
  identities.set(entry, identity);
  return identity;
}
