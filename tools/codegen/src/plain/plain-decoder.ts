// SPDX-License-Identifier: Apache-2.0

import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { hasImplicitPresence } from "../schema/presence.ts";
import type { SchemaOptions } from "../schema/schema-options.ts";
import { jsDoc } from "./jsdoc.ts";
import { plainName, tableName, variableName } from "./plain-names.ts";
import { elementType, fieldType } from "./plain-type.ts";
import { scalarReader, WIRE_LENGTH, WIRE_VARINT, type WireType } from "./scalar-reader.ts";

/** The functions that decode a message. */
export function plainDecoder(message: DescMessage, options: SchemaOptions): string[] {
  const name = plainName(message);
  const fields = message.fields;
  return [
    ...jsDoc([`Decodes a ${name}. Throws RangeError if the bytes are not one.`]),
    `export function decode${name}(bytes: Uint8Array): ${name} {`,
    `  return read${name}(new PlainReader(bytes));`,
    "}",
    "",
    ...jsDoc([`Reads a ${name} up to the reader's end; for decoders of messages that hold one.`]),
    `export function read${name}(reader: PlainReader): ${name} {`,
    ...fields.map((field) => `  ${declaration(field, options)}`),
    "  while (reader.more()) {",
    "    const tag = reader.tag();",
    ...(fields.length === 0
      ? ["    reader.skip(tag);"]
      : [
          "    switch (tag) {",
          ...fields.flatMap((field) => cases(field, options)),
          "      default:",
          "        reader.skip(tag);",
          "    }",
        ]),
    "  }",
    ...(fields.length === 0
      ? ["  return {};"]
      : ["  return {", ...fields.map((field) => `    ${property(field)},`), "  };"]),
    "}",
  ];
}

function property(field: DescField): string {
  const variable = variableName(field);
  return variable === field.localName ? variable : `${field.localName}: ${variable}`;
}

function declaration(field: DescField, options: SchemaOptions): string {
  const initial =
    field.fieldKind === "list"
      ? "[]"
      : field.fieldKind === "map"
        ? "{}"
        : hasImplicitPresence(field)
          ? zero(field, options)
          : "null";
  const keyword = field.fieldKind === "list" || field.fieldKind === "map" ? "const" : "let";
  return `${keyword} ${variableName(field)}: ${fieldType(field, options)} = ${initial};`;
}

function zero(field: DescField, options: SchemaOptions): string {
  if (field.enum !== undefined) {
    const first = field.enum.value[0];
    return JSON.stringify(first === undefined ? "unspecified" : options.textOf(first));
  }
  switch (field.scalar) {
    case ScalarType.STRING:
      return '""';
    case ScalarType.BYTES:
      return "new Uint8Array(0)";
    case ScalarType.BOOL:
      return "false";
    default:
      return options.isExact(field) ? '"0"' : "0";
  }
}

function cases(field: DescField, options: SchemaOptions): string[] {
  const variable = variableName(field);
  const store = (value: string) =>
    field.fieldKind === "list" ? [`${variable}.push(${value});`] : [...clearOthers(field), `${variable} = ${value};`];
  if (field.fieldKind === "map") {
    return oneCase(field.number, WIRE_LENGTH, mapEntry(field, options));
  }
  if (field.message !== undefined) {
    return oneCase(field.number, WIRE_LENGTH, scoped(store(`read${plainName(field.message)}(reader)`)));
  }
  const { wireType, expression } = valueReader(field, options);
  const single = oneCase(field.number, wireType, store(expression));
  if (field.fieldKind !== "list" || wireType === WIRE_LENGTH) {
    return single;
  }
  const packed = scoped(["while (reader.more()) {", ...store(expression).map((line) => `  ${line}`), "}"]);
  return [...oneCase(field.number, WIRE_LENGTH, packed), ...single];
}

function oneCase(number: number, wireType: WireType, statements: readonly string[]): string[] {
  const block = statements.some((line) => line.startsWith("const ") || line.startsWith("let "));
  return [
    `      case ${((number << 3) | wireType) >>> 0}:${block ? " {" : ""}`,
    ...statements.map((line) => `        ${line}`),
    "        break;",
    ...(block ? ["      }"] : []),
  ];
}

/** Runs statements with the reader's end set to that of a length-delimited field. */
function scoped(statements: readonly string[]): string[] {
  return ["const outer = reader.enter();", ...statements, "reader.leave(outer);"];
}

function mapEntry(field: DescField & { fieldKind: "map" }, options: SchemaOptions): string[] {
  const key = scalarReader(field.mapKey, true);
  const value = field.message !== undefined ? undefined : valueReader(field, options);
  const initialKey = field.mapKey === ScalarType.STRING ? '""' : field.mapKey === ScalarType.BOOL ? "false" : '"0"';
  const readValue =
    value === undefined
      ? oneCase(2, WIRE_LENGTH, [
          "const around = reader.enter();",
          `value = read${plainName(field.message as DescMessage)}(reader);`,
          "reader.leave(around);",
        ])
      : oneCase(2, value.wireType, [`value = ${value.expression};`]);
  const missing =
    field.message === undefined
      ? zero(field, options)
      : `read${plainName(field.message)}(new PlainReader(new Uint8Array(0)))`;
  return scoped([
    `let key = ${initialKey};`,
    `let value: ${elementType(field, options)} = ${missing};`,
    "while (reader.more()) {",
    "  const part = reader.tag();",
    "  switch (part) {",
    ...[...oneCase(1, key.wireType, [`key = ${key.expression};`]), ...readValue].map((line) => line.slice(2)),
    "    default:",
    "      reader.skip(part);",
    "  }",
    "}",
    `setEntry(${variableName(field)}, ${field.mapKey === ScalarType.BOOL ? "String(key)" : "key"}, value);`,
  ]);
}

function valueReader(field: DescField, options: SchemaOptions): { wireType: WireType; expression: string } {
  if (field.enum !== undefined) {
    return { wireType: WIRE_VARINT, expression: `${tableName(field.enum)}_TEXTS[reader.int32()] ?? "unspecified"` };
  }
  return scalarReader(field.scalar as ScalarType, options.isExact(field));
}

/** Of a oneof only the last on the wire counts. */
function clearOthers(field: DescField): string[] {
  if (field.fieldKind === "list" || field.fieldKind === "map") {
    return [];
  }
  const others = field.oneof?.fields.filter((other) => other !== field) ?? [];
  return others.map((other) => `${variableName(other)} = null;`);
}
