// SPDX-License-Identifier: Apache-2.0

import { chainOf, leadsTo } from "../trust/certificates.ts";
import type { Trust } from "../trust/trust.ts";
import type { Connection } from "./connections.ts";
import type { Front } from "./front.ts";

const EVERY_MS = 30_000;
// For the statuses of its calls to leave.
const CLOSE_MS = 500;

/**
 * Ends connections whose certificate is no longer good: it has expired, or the authorities have changed and none of them
 * vouches for it. Looks every 30 seconds, and whenever files were taken over; `rejudge` then judges the calls.
 * The function it gives ends that.
 */
export function judgeConnections(
  front: Pick<Front, "connections">,
  trust: Trust,
  rejudge: () => void,
  everyMs = EVERY_MS,
): () => void {
  const judge = () => {
    const now = Date.now();
    for (const connection of front.connections) if (!isGood(connection, trust, now)) withdraw(connection, trust);
    rejudge();
  };
  trust.reloader.onReload(judge);
  // Tokens expire by themselves, too.
  const timer = trust.tls === null && trust.tokens === null ? null : setInterval(judge, everyMs).unref();
  return () => {
    if (timer !== null) clearInterval(timer);
  };
}

function isGood({ identity, certificate }: Connection, { tls }: Trust, now: number): boolean {
  if (identity?.kind !== "mtls" || certificate === null) return true;
  return identity.expiresAt.getTime() > now && leadsTo(chainOf(certificate), tls?.authorities ?? [], now);
}

function withdraw(connection: Connection, { counts }: Trust): void {
  connection.identity = null;
  connection.lacking = "the client certificate is not good any more: it has expired, or its authority was withdrawn";
  counts.refuse("revoked");
  setTimeout(() => connection.socket.destroy(), CLOSE_MS).unref();
}
