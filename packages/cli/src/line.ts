// SPDX-License-Identifier: Apache-2.0

import { clip, textWidth } from "./text-width.ts";

/** How a piece of a line looks in colour; without colour all look the same. */
export type Style = "plain" | "bold" | "dim" | "reverse" | "green" | "yellow" | "red";

/** A piece of a line in one style; its text is sanitised. */
export interface Span {
  readonly text: string;
  readonly style: Style;
}

/** One line of the screen. */
export type Line = readonly Span[];

const SGR: Readonly<Record<Style, string>> = {
  plain: "",
  bold: "\x1b[1m",
  dim: "\x1b[2m",
  reverse: "\x1b[7m",
  green: "\x1b[32m",
  yellow: "\x1b[33m",
  red: "\x1b[31m",
};
const RESET = "\x1b[0m";

/** A span; plain if no style is given. */
export function span(text: string, style: Style = "plain"): Span {
  return { text, style };
}

/** The line as it is written, at most so many columns wide and without spaces at its end unless they are styled. */
export function renderLine(line: Line, columns: number, colour: boolean): string {
  let left = columns;
  let written = "";
  for (const { text, style } of line) {
    const shown = clip(text, left);
    if (shown !== "") written += colour && style !== "plain" ? `${SGR[style]}${shown}${RESET}` : shown;
    // A wide character that did not fit leaves a column free; what follows must not slip into it.
    if (textWidth(text) > left) break;
    left -= textWidth(shown);
  }
  return written.trimEnd();
}
