// SPDX-License-Identifier: Apache-2.0

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type DescMessage, fromBinary, toBinary } from "@bufbuild/protobuf";
import { nestedTypes } from "@bufbuild/protobuf/reflect";
import { assert } from "chai";
import { cppHeader } from "./cpp/cpp-header.ts";
import { buildModel } from "./schema/schema-model.ts";
import { compileAllTypes } from "./testing/all-types.ts";
import { echoProgram } from "./testing/echo-program.ts";
import { expectedPlain } from "./testing/expected-plain.ts";
import { Random } from "./testing/random.ts";
import { randomMessage } from "./testing/random-message.ts";

const NATIVE = fileURLToPath(new URL("../../../packages/native/src", import.meta.url));

describe("C++ that is generated for every kind of field", function () {
  this.timeout(120_000);

  const schema = compileAllTypes();
  const model = buildModel(schema);
  const desc = schema.registry.getMessage("test.AllTypes") as DescMessage;
  const folder = mkdtempSync(join(tmpdir(), "hostscope-echo-"));
  const program = join(folder, "echo");

  before("compiles without a warning", () => {
    const [file] = schema.files;
    assert.isDefined(file);
    writeFileSync(join(folder, "sample.gen.h"), cppHeader(file, model).join("\n"));
    const messages = [...nestedTypes(file)].filter((type) => type.kind === "message");
    writeFileSync(join(folder, "echo.cc"), echoProgram("sample.gen.h", desc, messages));
    const flags = ["-std=c++20", "-O1", "-Wall", "-Wextra", "-Werror", "-D_GLIBCXX_ASSERTIONS"];
    const compiler = process.env.CXX ?? "g++";
    execFileSync(compiler, [...flags, "-I", NATIVE, "-I", folder, join(folder, "echo.cc"), "-o", program]);
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Sends messages through the program. */
  function echo(messages: readonly Uint8Array[]): { ok: boolean; bytes: Buffer }[] {
    const input = messages.flatMap((message) => [new Uint8Array(Uint32Array.of(message.length).buffer), message]);
    const output = execFileSync(program, { input: Buffer.concat(input), maxBuffer: 2 ** 28 });
    const answers: { ok: boolean; bytes: Buffer }[] = [];
    for (let at = 0; at < output.length; ) {
      const end = at + 4 + output.readUInt32LE(at);
      answers.push({ ok: output[at + 4] === 1, bytes: output.subarray(at + 5, end) });
      at = end;
    }
    assert.lengthOf(answers, messages.length);
    return answers;
  }

  it("parses what protobuf-es writes, and writes what protobuf-es parses", () => {
    const random = new Random(1);
    const messages = Array.from({ length: 60 }, () => randomMessage(desc, random));
    const answers = echo(messages.map((message) => toBinary(desc, message)));
    for (const [index, { ok, bytes }] of answers.entries()) {
      assert.isTrue(ok, bytes.toString());
      const returned = fromBinary(desc, bytes);
      const sent = messages[index];
      assert.isDefined(sent);
      assert.deepEqual(expectedPlain(desc, returned, model.options), expectedPlain(desc, sent, model.options));
      assert.lengthOf(bytes, toBinary(desc, sent).length, "lengths and numbers take as few bytes as they can");
    }
  });

  it("reads over fields it does not know", () => {
    const known = toBinary(desc, randomMessage(desc, new Random(2)));
    // Field 15000 as varint, 64 bits, 3 bytes, a group with a field in it, and 32 bits.
    const unknown = Buffer.from(
      "c0a90701" + "c1a9070102030405060708" + "c2a90703616263" + "c3a9070801c4a907" + "c5a90701020304",
      "hex",
    );
    const [plain, extended] = echo([known, Buffer.concat([unknown, known, unknown])]);
    assert.isTrue(plain?.ok === true && extended?.ok === true, extended?.bytes.toString());
    assert.deepEqual(extended?.bytes, plain?.bytes);
  });

  it("takes the last of a oneof, and lists in pieces", () => {
    const text = Buffer.from("ca2501" + "61", "hex");
    const stdin = Buffer.from("e02507", "hex");
    const [last] = echo([Buffer.concat([text, stdin])]);
    assert.deepEqual(last?.bytes, stdin);
    // list 203 (int32): unpacked 1, packed 2 3, unpacked 4.
    const [pieces] = echo([Buffer.from("d80c01" + "da0c020203" + "d80c04", "hex")]);
    assert.equal(pieces?.bytes.toString("hex"), "da0c0401020304");
  });

  it("refuses wrong wire types, cut messages and depth, and says where", () => {
    const deep = Array.from({ length: 101 }).reduce<Buffer>(
      (inner) => Buffer.concat([Buffer.from("ca1f", "hex"), varint(inner.length), inner]),
      Buffer.alloc(0),
    );
    const cases: readonly [string | Buffer, string][] = [
      ["0d00000000", "AllTypes.double_plain: wrong wire type"],
      ["09000000", "AllTypes.double_plain: truncated"],
      ["18ffffffffffffffffffff01", "AllTypes.int32_plain: varint too long"],
      ["7205616263", "AllTypes.string_plain: truncated"],
      ["7202c328", "AllTypes.string_plain: not UTF-8"],
      ["72ffffffffffffffffff01", "AllTypes.string_plain: truncated"],
      ["da1f030801", "AllTypes.nested: truncated"],
      ["da1f0108", "AllTypes_Nested.value: truncated"],
      ["00", "AllTypes: illegal field number"],
      ["80808080800100", "AllTypes: illegal field number"],
      ["07", "AllTypes: illegal field number"],
      ["c6a907", "AllTypes: illegal wire type"],
      ["c3a907", "AllTypes: truncated"],
      ["c4a907", "AllTypes: group end without a start"],
      ["c3a907cca907", "AllTypes: group end without a start"],
      ["c3a907c3a907c4a907", "AllTypes: truncated"],
      ["c3a907".repeat(200), "AllTypes: nested too deeply"],
      [deep, "AllTypes.child: nested too deeply"],
    ];
    const answers = echo(cases.map(([input]) => (typeof input === "string" ? Buffer.from(input, "hex") : input)));
    assert.deepEqual(
      answers.map(({ ok, bytes }) => `${ok} ${bytes}`),
      cases.map(([, text]) => `false ${text}`),
    );
  });

  it("survives any bytes", () => {
    const random = new Random(3);
    const whole = Array.from({ length: 60 }, () => toBinary(desc, randomMessage(desc, random)));
    const cut = whole.flatMap((bytes) =>
      Array.from({ length: 20 }, () => bytes.subarray(0, random.below(bytes.length + 1))),
    );
    const bent = whole.flatMap((bytes) =>
      Array.from({ length: 50 }, () => {
        const copy = bytes.slice();
        copy[random.below(copy.length)] = random.below(256);
        return copy;
      }),
    );
    const noise = Array.from({ length: 3000 }, () => random.bytes(random.below(40)));
    const answers = echo([...cut, ...bent, ...noise]);
    assert.isTrue(answers.some(({ ok }) => ok) && answers.some(({ ok }) => !ok));
    for (const { ok, bytes } of answers) {
      if (ok) {
        fromBinary(desc, bytes);
      } else {
        assert.match(bytes.toString(), /^AllTypes[A-Za-z_0-9.]*: [a-zA-Z0-9 -]+$/);
      }
    }
  });
});

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (; value > 127; value >>>= 7) {
    bytes.push((value & 127) | 128);
  }
  return Buffer.from([...bytes, value]);
}
