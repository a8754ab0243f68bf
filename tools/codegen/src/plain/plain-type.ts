// SPDX-License-Identifier: Apache-2.0

import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { commentLines } from "../schema/comment-lines.ts";
import { hasImplicitPresence } from "../schema/presence.ts";
import type { SchemaOptions } from "../schema/schema-options.ts";
import { jsDoc } from "./jsdoc.ts";
import { plainName } from "./plain-names.ts";

/** The interface of a message. */
export function plainInterface(message: DescMessage, options: SchemaOptions): string[] {
  const name = plainName(message);
  const members = message.fields.flatMap((field) => [
    ...jsDoc([...commentLines(field), ...notes(field, options)], "  "),
    `  ${field.localName}: ${fieldType(field, options)};`,
  ]);
  return [
    ...jsDoc(commentLines(message)),
    // An empty interface would take anything.
    ...(members.length === 0
      ? [`export type ${name} = Record<string, never>;`]
      : [`export interface ${name} {`, ...members, "}"]),
  ];
}

/** Type of a field's value, absence included. */
export function fieldType(field: DescField, options: SchemaOptions): string {
  switch (field.fieldKind) {
    case "list":
      return `${elementType(field, options)}[]`;
    case "map":
      return `Record<string, ${elementType(field, options)}>`;
    default:
      return hasImplicitPresence(field) ? elementType(field, options) : `${elementType(field, options)} | null`;
  }
}

/** Type of one element: of a list or map, or of the field itself. */
export function elementType(field: DescField, options: SchemaOptions): string {
  if (field.message !== undefined) {
    return plainName(field.message);
  }
  if (field.enum !== undefined) {
    return plainName(field.enum);
  }
  switch (field.scalar) {
    case ScalarType.STRING:
      return "string";
    case ScalarType.BYTES:
      return "Uint8Array";
    case ScalarType.BOOL:
      return "boolean";
    default:
      return options.isExact(field) ? "string" : "number";
  }
}

function notes(field: DescField, options: SchemaOptions): string[] {
  const result: string[] = [];
  if (options.isExact(field)) {
    result.push("A decimal string: the number may be too large for a double.");
  }
  if (field.fieldKind !== "list" && field.fieldKind !== "map" && field.oneof !== undefined) {
    result.push(`Of ${field.oneof.fields.map((member) => member.localName).join(", ")} at most one is not null.`);
  }
  return result;
}
