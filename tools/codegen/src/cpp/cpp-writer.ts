// SPDX-License-Identifier: Apache-2.0

import type { DescField, DescMessage, ScalarType } from "@bufbuild/protobuf";
import { hasImplicitPresence } from "../schema/presence.ts";
import { cppComment } from "./cpp-comment.ts";
import { memberName, typeName, writerName } from "./cpp-names.ts";
import { cppScalar, signExtend } from "./cpp-scalars.ts";

/** The encoder of a message: one setter per field. */
export function cppWriter(message: DescMessage): string[] {
  const name = writerName(message);
  const setters = message.fields.flatMap((field) => ["", ...cppComment(field, "  "), ...setter(field)]);
  return [
    ...cppComment(message, ""),
    `class ${name} {`,
    " public:",
    ...(setters.length === 0
      ? [`  explicit ${name}(wire::Writer&) {}`]
      : [
          `  explicit ${name}(wire::Writer& writer) : writer_(writer) {}`,
          ...setters,
          "",
          " private:",
          "  wire::Writer& writer_;",
        ]),
    "};",
  ];
}

function setter(field: DescField): string[] {
  switch (field.fieldKind) {
    case "scalar": {
      const { parameter, isSet } = cppScalar(field.scalar);
      const condition = hasImplicitPresence(field) ? isSet : undefined;
      return inline(`void ${memberName(field)}(${parameter} value)`, put(field, "value"), condition);
    }
    case "enum": {
      const condition = hasImplicitPresence(field) ? "static_cast<int32_t>(value) != 0" : undefined;
      return inline(`void ${memberName(field)}(${typeName(field.enum)} value)`, put(field, "value"), condition);
    }
    case "message":
      return messageSetter(field, field.message);
    case "list":
      return listSetter(field);
    case "map":
      return mapSetter(field);
  }
}

function listSetter(field: DescField & { fieldKind: "list" }): string[] {
  if (field.listKind === "message") {
    return messageSetter(field, field.message);
  }
  if (!field.packed) {
    const parameter = field.listKind === "enum" ? typeName(field.enum) : cppScalar(field.scalar).parameter;
    return inline(`void ${memberName(field)}(${parameter} value)`, put(field, "value"));
  }
  const element = field.listKind === "enum" ? typeName(field.enum) : cppScalar(field.scalar).parameter;
  const encode = field.listKind === "enum" ? signExtend(element) : cppScalar(field.scalar).packed;
  const isFixed = field.listKind === "scalar" && cppScalar(field.scalar).wireType !== "kVarint";
  const method = isFixed ? "put_packed_fixed" : "put_packed_varint";
  const statement = `writer_.${method}<${field.number}>(values, ${encode});`;
  return inline(`void ${memberName(field)}(std::span<const ${element}> values)`, statement);
}

/** Both parts of an entry are always written, as protobuf's own encoders do. */
function mapSetter(field: DescField & { fieldKind: "map" }): string[] {
  const key = cppScalar(field.mapKey);
  const putKey = `writer.put_${key.method}<1>(key);`;
  const name = memberName(field);
  if (field.mapKind === "message") {
    return [
      "  template <class Fill>",
      `  void ${name}(${key.parameter} key, Fill&& fill) {`,
      `    writer_.put_message<${field.number}, wire::Writer&>([&](wire::Writer& writer) {`,
      `      ${putKey}`,
      `      writer.put_message<2, ${writerName(field.message)}>(fill);`,
      "    });",
      "  }",
    ];
  }
  const parameter = field.mapKind === "enum" ? typeName(field.enum) : cppScalar(field.scalar).parameter;
  const method = field.mapKind === "enum" ? "enum" : cppScalar(field.scalar).method;
  return [
    `  void ${name}(${key.parameter} key, ${parameter} value) {`,
    `    writer_.put_message<${field.number}, wire::Writer&>([&](wire::Writer& writer) {`,
    `      ${putKey}`,
    `      writer.put_${method}<2>(value);`,
    "    });",
    "  }",
  ];
}

function put(field: { number: number; scalar?: ScalarType | undefined }, value: string): string {
  const method = field.scalar === undefined ? "enum" : cppScalar(field.scalar).method;
  return `writer_.put_${method}<${field.number}>(${value});`;
}

function messageSetter(field: DescField, message: DescMessage): string[] {
  return [
    "  template <class Fill>",
    `  void ${memberName(field)}(Fill&& fill) {`,
    `    writer_.put_message<${field.number}, ${writerName(message)}>(std::forward<Fill>(fill));`,
    "  }",
  ];
}

/** One line where it fits into 120 columns and holds no lambda, as clang-format would have it. */
function inline(head: string, statement: string, condition?: string): string[] {
  if (condition !== undefined) {
    return [`  ${head} {`, `    if (${condition}) ${statement}`, "  }"];
  }
  const line = `  ${head} { ${statement} }`;
  return line.length <= 120 && !statement.includes("[](") ? [line] : [`  ${head} {`, `    ${statement}`, "  }"];
}
