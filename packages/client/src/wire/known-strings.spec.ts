// SPDX-License-Identifier: Apache-2.0

import { assert } from "chai";
import { knownString } from "./known-strings.ts";

/** What the table gives for bytes that lie at `offset` of a larger array. */
function lookUp(bytes: Uint8Array, offset = 0): string {
  const whole = Buffer.alloc(offset + bytes.length + 3, 0x7e);
  whole.set(bytes, offset);
  const view = new DataView(whole.buffer, whole.byteOffset, whole.byteLength);
  return knownString(whole, view, offset, offset + bytes.length);
}

function decoded(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

/** Repeats itself, so that a failure can be looked into. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state >>> 8;
  }
}

describe("knownString", () => {
  it("agrees with TextDecoder on what it sees for the first time and again, of any bytes and length", () => {
    const random = numbers(1);
    const next = (below: number) => random.next().value % below;
    // Alphabets from a single letter to every byte: with the small ones nearly the same strings come again and again.
    for (const alphabet of ["a", "ab", "/lib.so", "é", "日本", "\u0000\u007f"].map((text) => Buffer.from(text))) {
      for (let round = 0; round < 3000; round++) {
        const bytes = Uint8Array.from({ length: next(70) }, () => alphabet[next(alphabet.length)] as number);
        assert.strictEqual(lookUp(bytes, next(9)), decoded(bytes));
        assert.strictEqual(lookUp(bytes, next(9)), decoded(bytes));
      }
    }
    for (let round = 0; round < 20_000; round++) {
      const bytes = Uint8Array.from({ length: next(70) }, () => next(256));
      assert.strictEqual(lookUp(bytes), decoded(bytes));
    }
  });

  it("tells apart strings that differ in one byte, wherever it is", () => {
    for (let length = 1; length <= 66; length++) {
      const base = Buffer.alloc(length, "x");
      for (let at = 0; at < length; at++) {
        const other = Buffer.from(base);
        other[at] = 0x79;
        assert.strictEqual(lookUp(base), base.toString());
        assert.strictEqual(lookUp(other), other.toString());
      }
    }
  });

  it("tells what is no UTF-8 from the text it is replaced with", () => {
    for (const pair of [
      ["e9", "c3a9"],
      ["ff", "efbfbd"],
      ["c328", "efbfbd28"],
    ]) {
      for (const bytes of [...pair, ...pair].map((hex) => Buffer.from(hex, "hex"))) {
        assert.strictEqual(lookUp(bytes), decoded(bytes));
      }
    }
  });

  it("does not hold on to the bytes it was given", () => {
    const bytes = Buffer.from("/usr/lib/libc.so.6");
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    assert.strictEqual(knownString(bytes, view, 0, bytes.length), "/usr/lib/libc.so.6");
    bytes.write("/usr/lib/libm.so.6");
    assert.strictEqual(knownString(bytes, view, 0, bytes.length), "/usr/lib/libm.so.6");
    assert.strictEqual(lookUp(Buffer.from("/usr/lib/libc.so.6")), "/usr/lib/libc.so.6");
  });
});
