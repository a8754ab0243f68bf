// SPDX-License-Identifier: Apache-2.0

import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { hasImplicitPresence } from "../schema/presence.ts";
import { cppComment } from "./cpp-comment.ts";
import { memberName, typeName } from "./cpp-names.ts";
import { cppScalar } from "./cpp-scalars.ts";
import { wrapArguments } from "./cpp-wrap.ts";
import { isRecursive } from "./struct-order.ts";

/** The struct that a request is parsed into; its functions are defined by cppParse(). */
export function cppRequest(message: DescMessage): string[] {
  const name = typeName(message);
  return [
    ...cppComment(message, ""),
    `struct ${name} {`,
    ...message.fields.flatMap((field) => [...cppComment(field, "  "), ...member(field)]),
    ...(message.fields.length === 0 ? [] : [""]),
    "  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.",
    ...wrapArguments(`  static bool parse(std::string_view bytes, ${name}& out, std::string& error);`),
    "",
    "  // Reads the fields of one message; for wire::Reader.",
    "  bool read(wire::Reader& reader);",
    "};",
  ];
}

/** Name of the struct that holds one entry of a map while it is read. */
export function entryName(field: DescField): string {
  return `${memberName(field)}_entry`;
}

function member(field: DescField): string[] {
  const name = memberName(field);
  switch (field.fieldKind) {
    case "scalar": {
      const { member: type, initial } = cppScalar(field.scalar);
      return hasImplicitPresence(field) ? [`  ${type} ${name}${initial};`] : [`  std::optional<${type}> ${name};`];
    }
    case "enum":
      return hasImplicitPresence(field)
        ? [`  ${typeName(field.enum)} ${name}{};`]
        : [`  std::optional<${typeName(field.enum)}> ${name};`];
    case "message": {
      const holder = isRecursive(field.parent, field.message) ? "std::unique_ptr" : "std::optional";
      return [`  ${holder}<${typeName(field.message)}> ${name};`];
    }
    case "list":
      return [`  std::vector<${elementType(field)}> ${name};`];
    case "map":
      return [
        `  std::map<${cppScalar(field.mapKey).member}, ${elementType(field)}> ${name};`,
        `  struct ${entryName(field)};`,
      ];
  }
}

/** One entry of a map, as the message that it is on the wire; after its struct, which may be the value's type. */
export function cppMapEntry(field: DescField & { fieldKind: "map" }): string[] {
  return [
    `struct ${typeName(field.parent)}::${entryName(field)} {`,
    `  ${cppScalar(field.mapKey).member} key{};`,
    `  ${elementType(field)} value{};`,
    "  bool read(wire::Reader& reader);",
    "};",
  ];
}

function elementType(field: DescField & { fieldKind: "list" | "map" }): string {
  if (field.message !== undefined) {
    return typeName(field.message);
  }
  return field.enum !== undefined ? typeName(field.enum) : cppScalar(field.scalar).member;
}
