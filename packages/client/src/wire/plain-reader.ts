// SPDX-License-Identifier: Apache-2.0

import { Buffer } from "node:buffer";
import { signedText, TWO_32, unsignedText } from "./digits.ts";
import { knownString } from "./known-strings.ts";

/** protobuf's own parsers stop here too. */
const MAX_DEPTH = 100;

/**
 * Reads protobuf fields for generated decoders.
 * Numbers come as doubles, without BigInt: exact up to 2^53 and rounded above; the ...Text methods give all digits.
 * Bytes that are no message (cut short, wrong lengths, illegal tags) throw RangeError. Of a reader that has thrown
 * nothing more may be asked.
 */
export class PlainReader {
  private readonly buffer: Buffer;
  private readonly view: DataView;
  private position = 0;
  private end: number;
  private depth = 0;
  /** Upper half of the last varint, unsigned; its lower half is what varint() returned. */
  private high = 0;

  constructor(bytes: Uint8Array) {
    this.buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.end = bytes.length;
  }

  /** Whether the message, or the part entered last, has bytes left. */
  more(): boolean {
    return this.position < this.end;
  }

  /** Field number and wire type, as one number. */
  tag(): number {
    const tag = this.varint();
    if (tag < 8 || this.high !== 0) {
      throw malformed("an illegal field number");
    }
    return tag;
  }

  /** Begins a length-delimited part: more() then tells of it alone. Returns what leave() needs. */
  enter(): number {
    const outer = this.end;
    this.end = this.length();
    if (++this.depth > MAX_DEPTH) {
      throw malformed("too deeply nested");
    }
    return outer;
  }

  /** Ends the part that enter() began. */
  leave(outer: number): void {
    if (this.position !== this.end) {
      throw malformed("cut short");
    }
    this.depth--;
    this.end = outer;
  }

  /** Reads over a field that this version does not know. */
  skip(tag: number): void {
    switch (tag & 7) {
      case 0:
        this.varint();
        break;
      case 1:
        this.advance(8);
        break;
      case 2:
        this.position = this.length();
        break;
      case 3:
        this.skipGroup(tag);
        break;
      case 5:
        this.advance(4);
        break;
      default:
        throw malformed("an illegal wire type");
    }
  }

  /** A uint64. */
  uint64(): number {
    const low = this.varint();
    return this.high === 0 ? low : this.high * TWO_32 + low;
  }

  /** An int64. */
  int64(): number {
    const low = this.varint();
    return this.high === 0 ? low : (this.high | 0) * TWO_32 + low;
  }

  /** A sint64. */
  sint64(): number {
    const low = this.varint();
    // Undone in halves, so that a large value is rounded once, at the end.
    const sign = -(low & 1);
    return ((this.high >>> 1) ^ sign) * TWO_32 + ((((low >>> 1) | (this.high << 31)) ^ sign) >>> 0);
  }

  /** A uint32; wider values are cut. */
  uint32(): number {
    return this.varint();
  }

  /** An int32, or the number of an enum value. */
  int32(): number {
    return this.varint() | 0;
  }

  /** A sint32. */
  sint32(): number {
    const value = this.varint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** A bool. */
  bool(): boolean {
    return this.varint() !== 0 || this.high !== 0;
  }

  /** A fixed64. */
  fixed64(): number {
    const at = this.advance(8);
    return this.view.getUint32(at + 4, true) * TWO_32 + this.view.getUint32(at, true);
  }

  /** An sfixed64. */
  sfixed64(): number {
    const at = this.advance(8);
    return this.view.getInt32(at + 4, true) * TWO_32 + this.view.getUint32(at, true);
  }

  /** A fixed32. */
  fixed32(): number {
    return this.view.getUint32(this.advance(4), true);
  }

  /** An sfixed32. */
  sfixed32(): number {
    return this.view.getInt32(this.advance(4), true);
  }

  /** A double. */
  double(): number {
    return this.view.getFloat64(this.advance(8), true);
  }

  /** A float. */
  float(): number {
    return this.view.getFloat32(this.advance(4), true);
  }

  /** All digits of a uint64. */
  uint64Text(): string {
    const low = this.varint();
    return unsignedText(this.high, low);
  }

  /** All digits of an int64. */
  int64Text(): string {
    const low = this.varint();
    return signedText(this.high, low);
  }

  /** All digits of a sint64. */
  sint64Text(): string {
    const low = this.varint();
    const sign = -(low & 1);
    return signedText((this.high >>> 1) ^ sign, ((low >>> 1) | (this.high << 31)) ^ sign);
  }

  /** All digits of a fixed64. */
  fixed64Text(): string {
    const at = this.advance(8);
    return unsignedText(this.view.getUint32(at + 4, true), this.view.getUint32(at, true));
  }

  /** All digits of an sfixed64. */
  sfixed64Text(): string {
    const at = this.advance(8);
    return signedText(this.view.getUint32(at + 4, true), this.view.getUint32(at, true));
  }

  /** A string; bytes that are not UTF-8 come out as U+FFFD. */
  string(): string {
    const end = this.length();
    const start = this.position;
    this.position = end;
    return knownString(this.buffer, this.view, start, end);
  }

  /** A copy of the bytes: what is decoded does not keep the message alive. */
  bytes(): Uint8Array {
    const end = this.length();
    const start = this.position;
    this.position = end;
    return new Uint8Array(this.buffer.subarray(start, end));
  }

  /** Lower half of a varint, unsigned; leaves the upper half in `high`. Most have one byte: that case is inlined. */
  private varint(): number {
    const at = this.position;
    if (at < this.end) {
      const byte = byteAt(this.buffer, at);
      if (byte < 128) {
        this.position = at + 1;
        this.high = 0;
        return byte;
      }
    }
    return this.longVarint();
  }

  private longVarint(): number {
    const buffer = this.buffer;
    let at = this.position;
    let byte = 0;
    let low = 0;
    let high = 0;
    let shift = 0;
    // Beyond the array reads as undefined, which the bit operations take for a last byte 0; the end is checked below.
    do {
      byte = byteAt(buffer, at++);
      const bits = byte & 127;
      if (shift < 28) {
        low |= bits << shift;
      } else if (shift === 28) {
        low |= bits << 28;
        high = bits >>> 4;
      } else if (shift < 70) {
        high |= bits << (shift - 32);
      } else {
        throw malformed("a varint of more than ten bytes");
      }
      shift += 7;
    } while ((byte & 128) !== 0);
    if (at > this.end) {
      throw malformed("cut short");
    }
    this.position = at;
    this.high = high >>> 0;
    return low >>> 0;
  }

  /** Reads a length and returns where that many bytes end. */
  private length(): number {
    const length = this.varint();
    const end = this.position + length;
    if (end > this.end || this.high !== 0) {
      throw malformed("cut short");
    }
    return end;
  }

  /** Moves over fixed-width bytes and returns where they begin. */
  private advance(count: number): number {
    const at = this.position;
    if (at + count > this.end) {
      throw malformed("cut short");
    }
    this.position = at + count;
    return at;
  }

  private skipGroup(start: number): void {
    if (++this.depth > MAX_DEPTH) {
      throw malformed("too deeply nested");
    }
    for (let tag = this.tag(); tag !== start + 1; tag = this.tag()) {
      this.skip(tag);
    }
    this.depth--;
  }
}

function malformed(what: string): RangeError {
  return new RangeError(`message is malformed: ${what}`);
}

function byteAt(buffer: Buffer, at: number): number {
  return buffer[at] as number;
}
