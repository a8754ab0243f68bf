// SPDX-License-Identifier: Apache-2.0

import { BinaryWriter } from "@bufbuild/protobuf/wire";
import { assert } from "chai";
import { PlainReader } from "./plain-reader.ts";
import { setEntry } from "./set-entry.ts";

/** A reader of what protobuf-es's own writer wrote. */
function written(write: (writer: BinaryWriter) => unknown): PlainReader {
  const writer = new BinaryWriter();
  write(writer);
  return new PlainReader(writer.finish());
}

const hex = (text: string) => new PlainReader(Buffer.from(text, "hex"));

const SIGNED = [0n, 1n, -1n, 127n, -128n, 2n ** 31n, -(2n ** 31n), 2n ** 32n, 2n ** 53n, -(2n ** 53n), 2n ** 63n - 1n];
const SIGNED_64 = [...SIGNED, 2n ** 53n + 1n, -(2n ** 53n) - 1n, -(2n ** 63n)];
const UNSIGNED_64 = [0n, 128n, 2n ** 28n, 2n ** 32n - 1n, 2n ** 35n, 2n ** 53n + 1n, 2n ** 63n, 2n ** 64n - 1n];

describe("PlainReader", () => {
  it("reads 64-bit integers as the nearest double and as all their digits", () => {
    for (const value of SIGNED_64) {
      assert.strictEqual(written((w) => w.int64(value)).int64(), Number(value));
      assert.strictEqual(written((w) => w.sint64(value)).sint64(), Number(value));
      assert.strictEqual(written((w) => w.sfixed64(value)).sfixed64(), Number(value));
      assert.strictEqual(written((w) => w.int64(value)).int64Text(), String(value));
      assert.strictEqual(written((w) => w.sint64(value)).sint64Text(), String(value));
      assert.strictEqual(written((w) => w.sfixed64(value)).sfixed64Text(), String(value));
    }
    for (const value of UNSIGNED_64) {
      assert.strictEqual(written((w) => w.uint64(value)).uint64(), Number(value));
      assert.strictEqual(written((w) => w.fixed64(value)).fixed64(), Number(value));
      assert.strictEqual(written((w) => w.uint64(value)).uint64Text(), String(value));
      assert.strictEqual(written((w) => w.fixed64(value)).fixed64Text(), String(value));
    }
  });

  it("reads 32-bit integers and booleans", () => {
    for (const value of [0, 1, -1, 127, -128, 2147483647, -2147483648]) {
      assert.strictEqual(written((w) => w.int32(value)).int32(), value);
      assert.strictEqual(written((w) => w.sint32(value)).sint32(), value);
      assert.strictEqual(written((w) => w.sfixed32(value)).sfixed32(), value);
    }
    for (const value of [0, 128, 2147483648, 4294967295]) {
      assert.strictEqual(written((w) => w.uint32(value)).uint32(), value);
      assert.strictEqual(written((w) => w.fixed32(value)).fixed32(), value);
    }
    assert.isTrue(written((w) => w.bool(true)).bool());
    assert.isFalse(written((w) => w.bool(false)).bool());
    assert.isTrue(hex("80808080808080808001").bool(), "any bit makes it true");
  });

  it("reads doubles and floats, also those that are no number", () => {
    for (const value of [0, -0, 1.5, Number.NaN, Infinity, -Infinity, 5e-324, Number.MAX_VALUE]) {
      assert.isTrue(Object.is(written((w) => w.double(value)).double(), value));
    }
    for (const value of [0, -0, 1.5, Number.NaN, Infinity, Math.fround(0.1)]) {
      assert.isTrue(Object.is(written((w) => w.float(value)).float(), value));
    }
  });

  it("reads strings of every length and alphabet", () => {
    for (const unit of ["a", "\u0000", "\u007f", "é", "日", "😀", "\ufeff", "\uffff"]) {
      for (let length = 0; length < 40; length++) {
        for (const text of [unit.repeat(length), "a".repeat(length) + unit, unit + "a".repeat(length)]) {
          assert.strictEqual(written((w) => w.string(text)).string(), text);
        }
      }
    }
    const long = "x".repeat(100_000);
    assert.strictEqual(written((w) => w.string(long)).string(), long);
  });

  it("replaces what is not UTF-8, as TextDecoder does", () => {
    for (const bytes of [
      "ff",
      "c3",
      "c328",
      "e282",
      "eda080",
      "f0908d",
      "f8a1a1a1a1",
      "61c0af62",
      `${"61".repeat(20)}ff`,
    ]) {
      const raw = Buffer.from(bytes, "hex");
      const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(raw);
      assert.strictEqual(written((w) => w.bytes(raw)).string(), text);
    }
  });

  it("copies bytes", () => {
    const source = Buffer.from("03010203", "hex");
    const bytes = new PlainReader(source).bytes();
    source.fill(9);
    assert.deepEqual(bytes, Uint8Array.of(1, 2, 3));
    assert.strictEqual(bytes.buffer.byteLength, 3);
  });

  it("reads only its own part of a larger array", () => {
    const part = Buffer.from("ff05ff", "hex").subarray(1, 2);
    const reader = new PlainReader(part);
    assert.strictEqual(reader.uint32(), 5);
    assert.isFalse(reader.more());
    assert.throws(() => reader.uint32(), RangeError, "cut short");
  });

  it("throws RangeError on values that are cut short", () => {
    const cases: readonly [string, (reader: PlainReader) => unknown][] = [
      ["", (reader) => reader.tag()],
      ["80", (reader) => reader.uint64()],
      ["ffffffff", (reader) => reader.int32()],
      ["00000000000000", (reader) => reader.double()],
      ["00000000000000", (reader) => reader.fixed64()],
      ["000000", (reader) => reader.float()],
      ["0261", (reader) => reader.string()],
      ["0261", (reader) => reader.bytes()],
      ["0261", (reader) => reader.enter()],
      ["ffffffff0f", (reader) => reader.string()],
      ["80808080808001", (reader) => reader.bytes()],
    ];
    for (const [bytes, read] of cases) {
      assert.throws(() => read(hex(bytes)), RangeError, "cut short");
    }
  });

  it("keeps a nested part from reading into what follows it", () => {
    for (const read of [
      (reader: PlainReader) => reader.uint64(),
      (reader: PlainReader) => reader.fixed32(),
      (reader: PlainReader) => reader.string(),
      (reader: PlainReader) => reader.enter(),
    ]) {
      // One byte of content; the bytes after it would complete the value.
      const reader = hex("018401020304050607");
      reader.enter();
      assert.throws(() => read(reader), RangeError, "cut short");
    }
    const unread = hex("020101");
    const outer = unread.enter();
    unread.uint32();
    assert.throws(() => unread.leave(outer), RangeError);
  });

  it("throws RangeError on what no message has", () => {
    assert.throws(() => hex("ffffffffffffffffffffff01").uint64(), RangeError, "ten bytes");
    assert.throws(() => hex("07").tag(), RangeError, "field number");
    assert.throws(() => hex("ffffffffff01").tag(), RangeError, "field number");
    for (const type of [4, 6, 7]) {
      assert.throws(() => hex("00").skip(8 | type), RangeError, "wire type");
    }
  });

  it("skips fields of every wire type", () => {
    const reader = written((writer) => {
      writer.tag(1, 0).int64(-1n).tag(2, 1).double(1).tag(3, 2).string("abc").tag(4, 5).float(1);
      writer.tag(5, 3).tag(6, 3).tag(7, 0).uint32(1).tag(6, 4).tag(5, 4);
      writer.tag(8, 0).uint32(7);
    });
    for (let field = 1; field <= 5; field++) {
      reader.skip(reader.tag());
    }
    assert.strictEqual(reader.tag(), 8 << 3);
    assert.strictEqual(reader.uint32(), 7);
  });
});

describe("setEntry", () => {
  it("stores every key as data, none as a prototype", () => {
    const record: Record<string, string> = {};
    for (const key of ["PATH", "__proto__", "constructor", "toString", ""]) {
      setEntry(record, key, `value of ${key}`);
    }
    assert.deepEqual(Object.keys(record), ["PATH", "__proto__", "constructor", "toString", ""]);
    assert.strictEqual(Object.getPrototypeOf(record), Object.prototype);
    assert.strictEqual(JSON.parse(JSON.stringify(record)).constructor, "value of constructor");
    assert.strictEqual(Object.getOwnPropertyDescriptor(record, "__proto__")?.value, "value of __proto__");
  });
});
