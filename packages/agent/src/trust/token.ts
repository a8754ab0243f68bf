// SPDX-License-Identifier: Apache-2.0

import { createHash, randomBytes } from "node:crypto";

const PREFIX = "hs1_";
const SECRET_BYTES = 32;
const FORM = /^hs1_[A-Za-z0-9_-]{43}$/;

/** A new token: 256 random bits, so that it can neither be guessed nor found from its hash. */
export function newToken(): string {
  return `${PREFIX}${randomBytes(SECRET_BYTES).toString("base64url")}`;
}

/** Whether text looks like a token at all. */
export function isToken(text: string): boolean {
  return FORM.test(text);
}

/**
 * What is kept of a token. One SHA-256 is right here, and a slow hash would be wrong: slowness makes up for the few
 * guesses a chosen password takes, and among 2^256 random tokens there is nothing to guess; and every call pays for it.
 */
export function hashToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
