// SPDX-License-Identifier: Apache-2.0

import { ScalarType } from "@bufbuild/protobuf";

/** Wire types that hold values, as the low three bits of a tag. */
export type WireType = 0 | 1 | 2 | 5;

/** Wire type of integers, booleans and enums. */
export const WIRE_VARINT = 0;
/** Wire type of strings, bytes, messages and packed lists. */
export const WIRE_LENGTH = 2;
const WIRE_64 = 1;
const WIRE_32 = 5;

/** How a scalar is read: its wire type and the call on `reader`. Exact 64-bit numbers give a decimal string. */
export function scalarReader(type: ScalarType, exact: boolean): { wireType: WireType; expression: string } {
  const [wireType, method, exactMethod] = READERS[type];
  return { wireType, expression: exact ? exactMethod : `reader.${method}()` };
}

const READERS: Readonly<Record<ScalarType, readonly [WireType, string, string]>> = {
  [ScalarType.DOUBLE]: [WIRE_64, "double", "String(reader.double())"],
  [ScalarType.FLOAT]: [WIRE_32, "float", "String(reader.float())"],
  [ScalarType.INT64]: [WIRE_VARINT, "int64", "reader.int64Text()"],
  [ScalarType.UINT64]: [WIRE_VARINT, "uint64", "reader.uint64Text()"],
  [ScalarType.INT32]: [WIRE_VARINT, "int32", "String(reader.int32())"],
  [ScalarType.FIXED64]: [WIRE_64, "fixed64", "reader.fixed64Text()"],
  [ScalarType.FIXED32]: [WIRE_32, "fixed32", "String(reader.fixed32())"],
  [ScalarType.BOOL]: [WIRE_VARINT, "bool", "reader.bool()"],
  [ScalarType.STRING]: [WIRE_LENGTH, "string", "reader.string()"],
  [ScalarType.BYTES]: [WIRE_LENGTH, "bytes", "reader.bytes()"],
  [ScalarType.UINT32]: [WIRE_VARINT, "uint32", "String(reader.uint32())"],
  [ScalarType.SFIXED32]: [WIRE_32, "sfixed32", "String(reader.sfixed32())"],
  [ScalarType.SFIXED64]: [WIRE_64, "sfixed64", "reader.sfixed64Text()"],
  [ScalarType.SINT32]: [WIRE_VARINT, "sint32", "String(reader.sint32())"],
  [ScalarType.SINT64]: [WIRE_VARINT, "sint64", "reader.sint64Text()"],
};
