// SPDX-License-Identifier: Apache-2.0

import { type DescMessage, fromBinary, toBinary } from "@bufbuild/protobuf";
import { assert } from "chai";
import { buildModel, type SchemaModel } from "./schema/schema-model.ts";
import { compileAllTypes } from "./testing/all-types.ts";
import { expectedPlain } from "./testing/expected-plain.ts";
import {
  type Decode,
  type Exports,
  loadGenerated,
  loadPlainModules,
  loadSchemaFiles,
} from "./testing/plain-modules.ts";
import { Random } from "./testing/random.ts";
import { randomMessage } from "./testing/random-message.ts";

// Field 15000, which no message has: a varint, 64 bits, bytes, a group with a field in it, 32 bits.
const UNKNOWN = Buffer.from("c0a90701c1a9070102030405060708c2a90703616263c3a9070801c4a907c5a90701020304", "hex");

describe("plain decoders for every kind of field", function () {
  this.timeout(60_000);

  const schema = compileAllTypes();
  const model = buildModel(schema);
  const desc = schema.registry.getMessage("test.AllTypes") as DescMessage;
  let exports: Exports;
  let decode: Decode;

  before(async () => {
    const [file] = schema.files;
    assert.isDefined(file);
    exports = await loadGenerated(file, model);
    decode = exports.decodeAllTypes as Decode;
  });

  it("give what protobuf-es was told to encode", () => {
    compareRandom(desc, decode, model, 100);
  });

  it("read an empty message as absent, zero and empty", () => {
    const plain = decode(new Uint8Array(0));
    assert.strictEqual(plain.uint64Maybe, null);
    assert.strictEqual(plain.child, null);
    assert.strictEqual(plain.text, null);
    assert.strictEqual(plain.uint64Plain, 0);
    assert.strictEqual(plain.stringPlain, "");
    assert.strictEqual(plain.boolPlain, false);
    assert.strictEqual(plain.mood, "unspecified");
    assert.strictEqual(plain.moodMaybe, null);
    assert.deepEqual(plain.doubleList, []);
    assert.deepEqual(plain.stringMap, {});
  });

  it("know nothing of a newer schema's fields and enum values", () => {
    const known = toBinary(desc, randomMessage(desc, new Random(7)));
    assert.deepEqual(decode(Buffer.concat([UNKNOWN, known, UNKNOWN])), decode(known));
    // Field 501 (mood) = 6.
    assert.strictEqual(decode(Buffer.from("a81f06", "hex")).mood, "unspecified");
  });

  it("take the last of a oneof, lists in pieces, and a map's last value", () => {
    const plain = decode(Buffer.from("ca250161" + "e02507" + "d80c01" + "da0c020203" + "d80c04", "hex"));
    assert.strictEqual(plain.text, null);
    assert.strictEqual(plain.stdin, 7);
    assert.deepEqual(plain.int32List, [1, 2, 3, 4]);
    // Field 401 (by_int32): 1 -> "a", 1 -> "b", and an entry without either part.
    assert.deepEqual(decode(Buffer.from("8a19050801120161" + "8a19050801120162" + "8a1900", "hex")).byInt32, {
      "0": "",
      "1": "b",
    });
  });

  it("throw RangeError and nothing else, or agree with protobuf-es, on cut messages", () => {
    const random = new Random(8);
    for (let round = 0; round < 12; round++) {
      const bytes = toBinary(desc, randomMessage(desc, random));
      for (let cut = 0; cut < 250; cut++) {
        const part = bytes.subarray(0, random.below(bytes.length));
        const plain = decodeOrRefuse(decode, part);
        if (plain !== undefined) {
          assert.deepEqual(plain, expectedPlain(desc, fromBinary(desc, part), model.options));
        } else {
          assert.throws(() => fromBinary(desc, part));
        }
      }
    }
  });

  it("throw RangeError and nothing else on bent messages and noise", () => {
    const random = new Random(9);
    let refused = 0;
    const inputs = Array.from({ length: 40 }, () => toBinary(desc, randomMessage(desc, random)));
    for (const bytes of inputs) {
      for (let bend = 0; bend < 50; bend++) {
        bytes[random.below(bytes.length)] = random.below(256);
        refused += decodeOrRefuse(decode, bytes) === undefined ? 1 : 0;
        refused += decodeOrRefuse(decode, random.bytes(random.below(50))) === undefined ? 1 : 0;
      }
    }
    assert.isAbove(refused, 500);
  });

  it("stop at a hundred levels", () => {
    const nested = (levels: number) =>
      Array.from({ length: levels }).reduce<Buffer>((inner) => {
        const length = inner.length < 128 ? [inner.length] : [(inner.length & 127) | 128, inner.length >> 7];
        return Buffer.concat([Buffer.from([0xca, 0x1f, ...length]), inner]);
      }, Buffer.alloc(0));
    assert.isObject(decode(nested(100)).child);
    assert.throws(() => decode(nested(101)), RangeError, "nested");
    assert.throws(() => decode(Buffer.from("c3a907".repeat(101), "hex")), RangeError, "nested");
  });

  it("export tables from an enum's numbers to its texts and back", () => {
    const texts = ["unspecified", "good-text", "unspecified", "unspecified", "unspecified", "so_so"];
    assert.deepEqual(exports.MOOD_TEXTS, texts);
    assert.deepEqual(
      [...(exports.MOOD_NUMBERS as Map<string, number>)],
      [
        ["good-text", 1],
        ["so_so", 5],
      ],
    );
  });
});

describe("the client's plain decoders", function () {
  this.timeout(120_000);

  it("give what protobuf-es was told to encode, for every message of every response", async () => {
    const files = await loadSchemaFiles();
    const model = buildModel({ files, allFiles: files });
    const exports = await loadPlainModules();
    const decoders = Object.keys(exports).filter((name) => name.startsWith("decode"));
    const names = [...model.responses].map((desc) => `decode${desc.name}`);
    assert.sameMembers(decoders, names, "one decoder for each message that a response can hold");
    for (const desc of model.responses) {
      compareRandom(desc, exports[`decode${desc.name}`] as Decode, model, 40);
    }
  });
});

function compareRandom(desc: DescMessage, decode: Decode, model: SchemaModel, rounds: number): void {
  const random = new Random(42);
  for (let round = 0; round < rounds; round++) {
    const message = randomMessage(desc, random);
    const encoded = toBinary(desc, message);
    const expected = expectedPlain(desc, message, model.options);
    assert.deepEqual(decode(encoded), expected, desc.typeName);
    // The same bytes in the midst of others, as they lie in a pooled Buffer.
    const pooled = Buffer.concat([UNKNOWN, encoded, UNKNOWN]).subarray(UNKNOWN.length, UNKNOWN.length + encoded.length);
    assert.deepEqual(decode(pooled), expected, desc.typeName);
  }
}

function decodeOrRefuse(decode: Decode, bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    return decode(bytes);
  } catch (error) {
    assert.instanceOf(error, RangeError);
    assert.match((error as RangeError).message, /^message is malformed: /);
    return undefined;
  }
}
