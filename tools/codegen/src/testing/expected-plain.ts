// SPDX-License-Identifier: Apache-2.0

import { type DescField, type DescMessage, type Message, ScalarType } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import type { SchemaOptions } from "../schema/schema-options.ts";

/** What a plain decoder must make of a message, worked out from protobuf-es's own view of it. */
export function expectedPlain(desc: DescMessage, message: Message, options: SchemaOptions): Record<string, unknown> {
  return fromReflected(reflect(desc, message), options);
}

function fromReflected(message: ReflectMessage, options: SchemaOptions): Record<string, unknown> {
  return Object.fromEntries(message.fields.map((field) => [field.localName, fieldValue(message, field, options)]));
}

function fieldValue(message: ReflectMessage, field: DescField, options: SchemaOptions): unknown {
  const value = (raw: unknown) => plainValue(field, raw, options);
  switch (field.fieldKind) {
    case "list":
      return [...message.get(field)].map(value);
    case "map": {
      const entries = [...message.get(field)].map(([key, raw]) => [String(key), value(raw)] as const);
      return Object.fromEntries(entries);
    }
    default: {
      // proto3: 2 is implicit presence.
      const isAbsent = field.presence !== 2 && !message.isSet(field);
      return isAbsent ? null : value(message.get(field));
    }
  }
}

function plainValue(field: DescField, raw: unknown, options: SchemaOptions): unknown {
  if (field.message !== undefined) {
    return fromReflected(raw as ReflectMessage, options);
  }
  if (field.enum !== undefined) {
    const known = field.enum.values.find((value) => value.number === raw);
    return known === undefined ? "unspecified" : options.textOf(known);
  }
  if (options.isExact(field)) {
    return String(raw);
  }
  if (field.scalar === ScalarType.BYTES || typeof raw !== "bigint") {
    return raw;
  }
  return Number(raw);
}
