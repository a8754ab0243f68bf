// SPDX-License-Identifier: Apache-2.0
// Accounts of Windows in a policy: by name, or by number, which no language and no renaming changes.

import { isSid } from "./sid.ts";

/** An account that a process runs as, as far as it is known. */
export interface Account {
  readonly sid: string | null;
  /** DOMAIN\\user. */
  readonly name: string | null;
}

/** Of a process of which none is known. */
export const NO_ACCOUNT: Account = { sid: null, name: null };

/** Case means nothing here, and everything to the one that asks. */
const looksLikeSid = (text: string): boolean => isSid(text.toUpperCase());
/** What Windows allows in neither part. */
const NAME = /^[^\0-\x1f"/\\[\]:;|=,+*?<>]{1,255}\\[^\0-\x1f"/\\[\]:;|=,+*?<>]{1,255}$/;

/** Reads "S-1-5-18" or "CORP\\alice"; null if it is neither. */
export function parseAccount(text: string): Account | null {
  if (looksLikeSid(text)) return { sid: text, name: null };
  return NAME.test(text) ? { sid: null, name: text } : null;
}

/** Whether a process's account is the one that a policy names; null if that cannot be told. Case means nothing. */
export function isAccount({ sid, name }: Account, named: string): boolean | null {
  const own = looksLikeSid(named) ? sid : name;
  return own === null ? null : own.toUpperCase() === named.toUpperCase();
}
