// SPDX-License-Identifier: Apache-2.0

import type { DescEnum, DescField, DescMessage, ScalarType } from "@bufbuild/protobuf";
import { hasImplicitPresence } from "../schema/presence.ts";
import { memberName, typeName } from "./cpp-names.ts";
import { cppMapEntry, entryName } from "./cpp-request.ts";
import { cppScalar } from "./cpp-scalars.ts";
import { wrapArguments } from "./cpp-wrap.ts";
import { isRecursive } from "./struct-order.ts";

/** Definitions of the functions that a request struct declares. */
export function cppParse(message: DescMessage): string[] {
  const name = typeName(message);
  const maps = message.fields.filter((field) => field.fieldKind === "map");
  return [
    ...maps.flatMap((field) => [...cppMapEntry(field), ""]),
    ...wrapArguments(`inline bool ${name}::parse(std::string_view bytes, ${name}& out, std::string& error) {`),
    "  wire::Reader reader(bytes);",
    "  out = {};",
    "  if (out.read(reader)) return true;",
    "  error = reader.error();",
    "  return false;",
    "}",
    ...maps.flatMap((field) => ["", ...entryRead(name, field)]),
    "",
    ...readFunction(
      name,
      name,
      message.fields.map((field) => ({ number: field.number, name: field.name, statements: readField(field) })),
    ),
  ];
}

interface Case {
  readonly number: number;
  /** For the error text. */
  readonly name: string;
  /** The last is the call that reads the value; a line before it prepares for that or runs after it, by `after`. */
  readonly statements: { readonly before?: string[]; readonly call: string; readonly after?: string[] };
}

function readFunction(type: string, shown: string, cases: readonly Case[]): string[] {
  const fail = `return reader.failed_in("${shown}");`;
  if (cases.length === 0) {
    return [
      `inline bool ${type}::read(wire::Reader& reader) {`,
      "  while (reader.next()) {",
      `    if (!reader.skip()) ${fail}`,
      "  }",
      `  return reader.ok() || reader.failed_in("${shown}");`,
      "}",
    ];
  }
  return [
    `inline bool ${type}::read(wire::Reader& reader) {`,
    "  while (reader.next()) {",
    "    switch (reader.field()) {",
    ...cases.flatMap(({ number, name, statements: { before = [], call, after = [] } }) => {
      const failed = `return reader.failed_in("${shown}.${name}");`;
      const test = `        if (!${call}) ${failed}`;
      const scoped = before.some((line) => !line.endsWith(".reset();"));
      return [
        `      case ${number}:${scoped ? " {" : ""}`,
        ...before.map((line) => `        ${line}`),
        ...(test.length <= 120 ? [test] : [`        if (!${call}) {`, `          ${failed}`, "        }"]),
        ...after.map((line) => `        ${line}`),
        "        break;",
        ...(scoped ? ["      }"] : []),
      ];
    }),
    "      default:",
    `        if (!reader.skip()) ${fail}`,
    "        break;",
    "    }",
    "  }",
    `  return reader.ok() || reader.failed_in("${shown}");`,
    "}",
  ];
}

/** Reads a map's entry as the message that it is on the wire. */
function entryRead(name: string, field: DescField & { fieldKind: "map" }): string[] {
  const value = field.message !== undefined ? "reader.get_message(value)" : `${getter(field)}(value)`;
  return readFunction(`${name}::${entryName(field)}`, `${name}.${field.name}`, [
    { number: 1, name: "key", statements: { call: `reader.get_${cppScalar(field.mapKey).method}(key)` } },
    { number: 2, name: "value", statements: { call: value } },
  ]);
}

function readField(field: DescField): Case["statements"] {
  const name = memberName(field);
  switch (field.fieldKind) {
    case "scalar":
    case "enum": {
      if (hasImplicitPresence(field)) {
        return { call: `${getter(field)}(${name})` };
      }
      return { before: clearOthers(field), call: `${getter(field)}(${name}.emplace())` };
    }
    case "message": {
      const fresh = isRecursive(field.parent, field.message)
        ? `*(${name} = std::make_unique<${typeName(field.message)}>())`
        : `${name}.emplace()`;
      return { before: clearOthers(field), call: `reader.get_message(${fresh})` };
    }
    case "list":
      return { call: listCall(field, name) };
    case "map":
      return {
        before: [`${entryName(field)} entry;`],
        call: "reader.get_message(entry)",
        after: [`${name}[std::move(entry.key)] = std::move(entry.value);`],
      };
  }
}

function listCall(field: DescField & { fieldKind: "list" }, name: string): string {
  if (field.listKind === "message") {
    return `reader.get_message(${name}.emplace_back())`;
  }
  const scalar = field.listKind === "scalar" ? cppScalar(field.scalar) : undefined;
  if (scalar?.wireType === "kLength") {
    return `reader.get_${scalar.method}(${name}.emplace_back())`;
  }
  const method = scalar === undefined ? `get_enum<${typeName(field.enum as DescEnum)}>` : `get_${scalar.method}`;
  return `reader.get_repeated(${name}, wire::WireType::${scalar?.wireType ?? "kVarint"}, &wire::Reader::${method})`;
}

/** Of a oneof only the last on the wire counts. */
function clearOthers(field: DescField & { fieldKind: "scalar" | "enum" | "message" }): string[] {
  const others = field.oneof?.fields.filter((other) => other !== field) ?? [];
  return others.map((other) => `${memberName(other)}.reset();`);
}

function getter(field: { scalar?: ScalarType | undefined }): string {
  return `reader.get_${field.scalar === undefined ? "enum" : cppScalar(field.scalar).method}`;
}
