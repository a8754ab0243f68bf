// SPDX-License-Identifier: Apache-2.0

import type { Buffer } from "node:buffer";

/** The characters from `start` to `end`; null if there is more than ASCII among them. */
export function shortAscii(buffer: Buffer, start: number, end: number): string | null {
  let text = "";
  let seen = 0;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    const a = byteAt(buffer, at);
    const b = byteAt(buffer, at + 1);
    const c = byteAt(buffer, at + 2);
    const d = byteAt(buffer, at + 3);
    seen |= a | b | c | d;
    text += String.fromCharCode(a, b, c, d);
  }
  for (; at < end; at++) {
    const a = byteAt(buffer, at);
    seen |= a;
    text += String.fromCharCode(a);
  }
  return seen > 127 ? null : text;
}

function byteAt(buffer: Buffer, at: number): number {
  return buffer[at] as number;
}
