// SPDX-License-Identifier: Apache-2.0

// Controls, format characters that reorder or hide text, and the separators some viewers break lines at.
const UNSAFE = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** Status text fit for a log or a terminal: at most 512 characters, control and bidi characters escaped as \uXXXX. */
export function safeText(text: string): string {
  const head = text.length > 512 ? `${text.slice(0, 511)}…` : text;
  return head
    .toWellFormed()
    .replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
