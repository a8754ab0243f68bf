// SPDX-License-Identifier: Apache-2.0

// Controls (C0, DEL, C1), format characters (bidi, zero width), line separators, lone surrogates, invisible fillers.
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * Text of unknown origin made fit for a terminal: whatever could move the cursor, reorder or hide text is shown as an
 * escape such as `\x1b`, `\u202e` or `\u{e0041}`. Any process can choose its own name.
 */
export function sanitise(text: string): string {
  return text.replace(UNSAFE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const hex = code.toString(16);
    if (code <= 0xff) return `\\x${hex.padStart(2, "0")}`;
    return code <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\u{${hex}}`;
  });
}

/** JSON, indented, in which every such character stands as a \u escape: the same value, harmless to print. */
export function safeJson(value: unknown): string {
  // Newlines are JSON's own layout here; inside strings JSON.stringify has escaped them already.
  return JSON.stringify(value, null, 2).replace(UNSAFE, (character) =>
    character === "\n" ? "\n" : utf16Escapes(character),
  );
}

function utf16Escapes(character: string): string {
  return Array.from(
    { length: character.length },
    (_, unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, "0")}`,
  ).join("");
}
