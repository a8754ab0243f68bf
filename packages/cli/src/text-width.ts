// SPDX-License-Identifier: Apache-2.0

import stringWidth from "string-width";

const ASCII = /^[\x20-\x7e]*$/;
const GRAPHEMES = new Intl.Segmenter();
/** Units drawn of one grapheme: a letter with a thousand accents is one column wide and would take kilobytes. */
const MAX_GRAPHEME_UNITS = 16;

/** Columns that sanitised text takes in a terminal. */
export function textWidth(text: string): number {
  return ASCII.test(text) ? text.length : stringWidth(text, { countAnsiEscapeCodes: true });
}

/** The longest start of sanitised text that fits into so many columns. Never splits a wide character. */
export function clip(text: string, columns: number): string {
  if (columns === Number.POSITIVE_INFINITY) return text;
  const head = text.slice(0, Math.max(0, columns) * MAX_GRAPHEME_UNITS);
  if (ASCII.test(head)) return head.slice(0, Math.max(0, columns));
  let kept = "";
  let used = 0;
  for (const { segment } of GRAPHEMES.segment(head)) {
    const width = textWidth(segment);
    if (used + width > columns) break;
    kept +=
      segment.length > MAX_GRAPHEME_UNITS
        ? Array.from(segment)
            .slice(0, MAX_GRAPHEME_UNITS / 2)
            .join("")
        : segment;
    used += width;
  }
  return kept;
}

/** Sanitised text in a cell of exactly so many columns; a cut is marked with "+", as ps and top do. */
export function cell(text: string, columns: number, align: "left" | "right"): string {
  const cut = textWidth(text) > columns;
  const shown = cut && columns > 1 ? `${clip(text, columns - 1)}+` : clip(text, columns);
  const space = " ".repeat(Math.max(0, columns - textWidth(shown)));
  return align === "left" ? shown + space : space + shown;
}
