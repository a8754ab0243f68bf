// SPDX-License-Identifier: Apache-2.0

import { timingSafeEqual } from "node:crypto";
import { hashToken, isToken } from "./token.ts";

/** One token as its file keeps it. */
export interface TokenEntry {
  /** What logs and policies call it. */
  readonly name: string;
  /** SHA-256 of the token. */
  readonly hash: Buffer;
  /** What it may do, by the names of roles. */
  readonly roles: readonly string[];
  readonly createdAt: Date;
  /** Null: never. */
  readonly expiresAt: Date | null;
}

/** What is wrong with a token that was presented; for logs, callers are told less. */
export type TokenFault = "malformed" | "unknown" | "expired";

/** Tokens in use. */
export class TokenTable {
  readonly entries: readonly TokenEntry[];

  constructor(entries: readonly TokenEntry[]) {
    this.entries = entries;
  }

  /** The entry of a token. Takes as long for one that nearly fits as for any other. */
  find(token: string, now = Date.now()): TokenEntry | TokenFault {
    if (!isToken(token)) return "malformed";
    const hash = hashToken(token);
    let found: TokenEntry | null = null;
    for (const entry of this.entries) if (timingSafeEqual(entry.hash, hash)) found = entry;
    if (found === null) return "unknown";
    return found.expiresAt !== null && found.expiresAt.getTime() <= now ? "expired" : found;
  }
}
