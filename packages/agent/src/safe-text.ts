// SPDX-License-Identifier: Apache-2.0

// Controls, format characters that reorder or hide text, and the separators some viewers break lines at.
const UNSAFE = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/**
 * Text of unknown origin made fit for a gRPC status or a terminal: well-formed UTF-16, at most `maxCodePoints` long,
 * with control and bidi characters escaped as \uXXXX. Never throws.
 */
export function safeText(text: string, maxCodePoints = 512): string {
  // Cut before any other work: the text may be megabytes. Every code point is at least one unit long.
  const head = text.slice(0, maxCodePoints * 2).toWellFormed();
  const escaped = escapeUnsafe(head);
  const points = Array.from(escaped);
  if (points.length <= maxCodePoints && text.length <= head.length) return escaped;
  return `${points.slice(0, maxCodePoints - 1).join("")}…`;
}

/** Escapes what could forge lines or reorder text where it is shown. Leaves JSON valid. */
export function escapeUnsafe(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
