// SPDX-License-Identifier: Apache-2.0

import type { Buffer } from "node:buffer";
import { shortAscii } from "./short-ascii.ts";

/** Slots of the table: as many as the upper bits of a hash tell apart. */
const SLOTS = 2048;
const SHIFT = 32 - 11;
/** Bytes of a slot: the longest string that is kept. */
const WIDTH = 64;
/** Up to this length, building a string in JavaScript beats a call out of it. */
const SHORT = 10;

const texts: string[] = new Array<string>(SLOTS).fill("");
const lengths = new Uint8Array(SLOTS);
const words = new DataView(new ArrayBuffer(SLOTS * WIDTH));

/**
 * The string of the bytes from `start` to `end`; `view` is of the same bytes as `buffer`.
 * Rows repeat themselves: names of variables and users, paths of libraries, from row to row and from host to host. A
 * string that was decoded lately is found by its bytes and used again, which is faster and keeps one copy in memory.
 * The table has a fixed size, and in each slot the last one wins: what is not found is decoded as ever.
 */
export function knownString(buffer: Buffer, view: DataView, start: number, end: number): string {
  const length = end - start;
  if (length > WIDTH) {
    return buffer.toString("utf8", start, end);
  }
  const slot = slotOf(view, start, length);
  if (lengths[slot] === length && isKept(view, start, length, slot * WIDTH)) {
    return texts[slot] as string;
  }
  return keep(buffer, view, start, length, slot);
}

function slotOf(view: DataView, start: number, length: number): number {
  let hash = length;
  let step = 0;
  for (; step + 4 <= length; step += 4) {
    hash = mixed(hash, view.getInt32(start + step, true));
  }
  for (; step < length; step++) {
    hash = mixed(hash, view.getUint8(start + step));
  }
  return hash >>> SHIFT;
}

function mixed(hash: number, word: number): number {
  return Math.imul(hash ^ (hash >>> 15) ^ word, 0x9e3779b1);
}

function isKept(view: DataView, start: number, length: number, at: number): boolean {
  let step = 0;
  for (; step + 4 <= length; step += 4) {
    if (view.getInt32(start + step, true) !== words.getInt32(at + step, true)) {
      return false;
    }
  }
  for (; step < length; step++) {
    if (view.getUint8(start + step) !== words.getUint8(at + step)) {
      return false;
    }
  }
  return true;
}

function keep(buffer: Buffer, view: DataView, start: number, length: number, slot: number): string {
  const end = start + length;
  const short = length > SHORT ? null : shortAscii(buffer, start, end);
  const text = short ?? buffer.toString("utf8", start, end);
  const to = slot * WIDTH;
  let step = 0;
  for (; step + 4 <= length; step += 4) {
    words.setInt32(to + step, view.getInt32(start + step, true), true);
  }
  for (; step < length; step++) {
    words.setUint8(to + step, view.getUint8(start + step));
  }
  lengths[slot] = length;
  texts[slot] = text;
  return text;
}
