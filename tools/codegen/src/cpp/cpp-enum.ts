// SPDX-License-Identifier: Apache-2.0

import type { DescEnum } from "@bufbuild/protobuf";
import { checkTexts } from "../schema/enum-texts.ts";
import type { SchemaOptions } from "../schema/schema-options.ts";
import { cppComment } from "./cpp-comment.ts";
import { enumeratorName, typeName } from "./cpp-names.ts";

/** The enum class, is_known() and text() of an enum. */
export function cppEnum(desc: DescEnum, options: SchemaOptions): string[] {
  const name = typeName(desc);
  const texts = checkTexts(desc, options);
  return [
    ...cppComment(desc, ""),
    `enum class ${name} : int32_t {`,
    ...desc.values.flatMap((value) => [...cppComment(value, "  "), `  ${enumeratorName(value)} = ${value.number},`]),
    "};",
    "",
    "// Whether this version of the schema has the value.",
    `constexpr bool is_known(${name} value) {`,
    "  switch (value) {",
    ...desc.values.map((value) => `    case ${name}::${enumeratorName(value)}:`),
    "      return true;",
    "  }",
    "  return false;",
    "}",
    "",
    '// The text of a value; "unspecified" if this version of the schema does not have it.',
    `constexpr std::string_view text(${name} value) {`,
    "  switch (value) {",
    ...desc.values.flatMap((value) => [
      `    case ${name}::${enumeratorName(value)}:`,
      `      return ${JSON.stringify(texts.get(value.number))};`,
    ]),
    "  }",
    '  return "unspecified";',
    "}",
  ];
}
