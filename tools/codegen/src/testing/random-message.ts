// SPDX-License-Identifier: Apache-2.0

import { create, type DescField, type DescMessage, type Message, ScalarType } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import type { Random } from "./random.ts";

const MAX_DEPTH = 4;

/** A message with some of its fields set, with a liking for values at the edges of their range. */
export function randomMessage(desc: DescMessage, random: Random): Message {
  return randomReflected(desc, random, 0).message;
}

function randomReflected(desc: DescMessage, random: Random, depth: number): ReflectMessage {
  const result = reflect(desc, create(desc));
  for (const field of desc.fields) {
    const isTooDeep = field.message !== undefined && depth >= MAX_DEPTH;
    if (isTooDeep || random.oneIn(depth < 2 ? 3 : 2)) {
      continue;
    }
    const count = depth < 2 ? random.below(4) : random.below(2);
    switch (field.fieldKind) {
      case "list":
        for (let index = 0; index < count; index++) {
          result.get(field).add(randomValue(field, random, depth));
        }
        break;
      case "map":
        for (let index = 0; index < count; index++) {
          result.get(field).set(randomScalar(field.mapKey, random) as never, randomValue(field, random, depth));
        }
        break;
      default:
        result.set(field, randomValue(field, random, depth) as never);
    }
  }
  return result;
}

function randomValue(field: DescField, random: Random, depth: number): unknown {
  if (field.message !== undefined) {
    return randomReflected(field.message, random, depth + 1);
  }
  if (field.enum !== undefined) {
    // Also numbers that only a newer schema has.
    const numbers = field.enum.values.map((value) => value.number);
    return random.pick([0, -1, 777, 2147483647, ...numbers, ...numbers]);
  }
  return randomScalar(field.scalar, random);
}

function randomScalar(type: ScalarType, random: Random): unknown {
  const bits = random.bits64();
  switch (type) {
    case ScalarType.DOUBLE:
      return random.pick([
        0,
        -0,
        1.5,
        Number.NaN,
        Infinity,
        -Infinity,
        5e-324,
        -Number.MAX_VALUE,
        random.below(1e9) / 7,
      ]);
    case ScalarType.FLOAT:
      return Math.fround(random.pick([0, -0, 0.1, Number.NaN, Infinity, -3.4e38, random.below(1e9) / 7]));
    case ScalarType.INT32:
    case ScalarType.SINT32:
    case ScalarType.SFIXED32:
      return random.pick([0, -1, 127, 128, -2147483648, 2147483647, Number(BigInt.asIntN(32, bits))]);
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return random.pick([0, 127, 128, 16383, 16384, 4294967295, Number(BigInt.asUintN(32, bits))]);
    case ScalarType.INT64:
    case ScalarType.SINT64:
    case ScalarType.SFIXED64:
      return random.pick([
        0n,
        -1n,
        2n ** 53n + 1n,
        -(2n ** 53n) - 1n,
        -(2n ** 63n),
        2n ** 63n - 1n,
        BigInt.asIntN(64, bits),
      ]);
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return random.pick([0n, 2n ** 32n, 2n ** 53n + 1n, 2n ** 64n - 1n, bits, bits]);
    case ScalarType.BOOL:
      return random.oneIn(2);
    case ScalarType.BYTES:
      return random.bytes(random.pick([0, 1, 5, 200]));
    case ScalarType.STRING:
      return randomString(random);
  }
}

/** Lengths around each boundary of the decoders, and characters of one to four bytes. */
function randomString(random: Random): string {
  const length = random.pick([0, 1, 3, 4, 9, 10, 11, 12, 40, 127, 128, 300]);
  const alphabet = random.pick([
    "az09 /",
    "aé",
    "日本",
    "a😀",
    "\u0000\u007f\u0080\u07ff\u0800\uffff",
    "\ufeffab",
    "__proto__",
  ]);
  const characters = [...alphabet];
  if (random.oneIn(12)) {
    return random.pick(["__proto__", "constructor", "toString"]);
  }
  return Array.from({ length }, () => characters[random.below(characters.length)]).join("");
}
