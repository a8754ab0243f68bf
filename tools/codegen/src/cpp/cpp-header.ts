// SPDX-License-Identifier: Apache-2.0

import type { DescFile } from "@bufbuild/protobuf";
import { nestedTypes } from "@bufbuild/protobuf/reflect";
import type { SchemaModel } from "../schema/schema-model.ts";
import { cppEnum } from "./cpp-enum.ts";
import { headerName, typeName, writerName } from "./cpp-names.ts";
import { cppParse } from "./cpp-parse.ts";
import { cppRequest } from "./cpp-request.ts";
import { cppWriter } from "./cpp-writer.ts";
import { structOrder } from "./struct-order.ts";

/** The header of a schema file; empty if no RPC reaches anything in it. */
export function cppHeader(file: DescFile, model: SchemaModel): string[] {
  const types = [...nestedTypes(file)];
  const enums = types.filter((type) => type.kind === "enum").filter((type) => model.enums.has(type));
  const messages = types
    .filter((type) => type.kind === "message")
    .filter((type) => model.requests.has(type) || model.responses.has(type));
  const requests = structOrder(messages.filter((message) => model.requests.has(message)));
  if (enums.length === 0 && messages.length === 0) {
    return [];
  }
  return wrapHeader(headerName(file), `${file.name}.proto`, headersOf(file, model), [
    ...enums.flatMap((desc) => [...cppEnum(desc, model.options), ""]),
    ...(messages.length === 0 ? [] : [...messages.map((message) => `class ${writerName(message)};`), ""]),
    ...messages.flatMap((message) => [...cppWriter(message), ""]),
    ...(requests.length === 0 ? [] : [...requests.map((message) => `struct ${typeName(message)};`), ""]),
    ...requests.flatMap((message) => [...cppRequest(message), ""]),
    ...requests.flatMap((message) => [...cppParse(message), ""]),
  ]);
}

/** Puts the parts that every generated header has around its declarations, which end with an empty line. */
export function wrapHeader(
  name: string,
  source: string,
  headers: readonly string[],
  body: readonly string[],
): string[] {
  const guard = `HOSTSCOPE_GEN_${name.replace(/\.gen\.h$/, "").toUpperCase()}_H_`;
  const text = body.join("\n");
  const needed = SYSTEM_HEADERS.filter(([pattern]) => pattern.test(text)).map(([, header]) => `#include <${header}>`);
  return [
    "// SPDX-License-Identifier: Apache-2.0",
    `// Generated from ${source} by protoc-gen-hostscope-cpp; do not edit.`,
    `#ifndef ${guard}`,
    `#define ${guard}`,
    "",
    ...(needed.length === 0 ? [] : [...needed, ""]),
    ...(headers.length === 0 ? [] : [...headers.map((header) => `#include "${header}"`), ""]),
    "namespace hostscope::gen {",
    "",
    ...body,
    "}  // namespace hostscope::gen",
    "",
    `#endif  // ${guard}`,
  ];
}

const SYSTEM_HEADERS: readonly (readonly [RegExp, string])[] = [
  [/bit_cast/, "bit"],
  [/\bu?int(32|64)_t\b/, "cstdint"],
  [/std::map\b/, "map"],
  [/std::(unique_ptr|make_unique)\b/, "memory"],
  [/std::optional\b/, "optional"],
  [/std::span\b/, "span"],
  [/std::string\b/, "string"],
  [/std::string_view\b/, "string_view"],
  [/std::(forward|move)\b/, "utility"],
  [/std::vector\b/, "vector"],
];

/** Headers of the files that this one's messages use, and the wire. */
function headersOf(file: DescFile, model: SchemaModel): string[] {
  const headers = new Set<string>();
  for (const message of nestedTypes(file)) {
    if (message.kind !== "message" || !(model.requests.has(message) || model.responses.has(message))) {
      continue;
    }
    headers.add("wire/writer.h");
    if (model.requests.has(message)) {
      headers.add("wire/reader.h");
    }
    for (const field of message.fields) {
      const used = (field.message ?? field.enum)?.file;
      if (used !== undefined && used !== file) {
        headers.add(`gen/${headerName(used)}`);
      }
    }
  }
  return [...headers].toSorted();
}
