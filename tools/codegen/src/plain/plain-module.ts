// SPDX-License-Identifier: Apache-2.0

import type { DescFile, DescMessage } from "@bufbuild/protobuf";
import { nestedTypes } from "@bufbuild/protobuf/reflect";
import type { SchemaModel } from "../schema/schema-model.ts";
import { plainDecoder } from "./plain-decoder.ts";
import { plainEnum } from "./plain-enum.ts";
import { moduleName, plainName, tableName } from "./plain-names.ts";
import { plainInterface } from "./plain-type.ts";

/** The module of a schema file; empty if neither a response nor a request's enum is in it. */
export function plainModule(file: DescFile, model: SchemaModel): string[] {
  const types = [...nestedTypes(file)];
  const enums = types.filter((type) => type.kind === "enum").filter((type) => model.enums.has(type));
  const messages = types.filter((type) => type.kind === "message").filter((type) => model.responses.has(type));
  if (enums.length === 0 && messages.length === 0) {
    return [];
  }
  const body = [
    ...enums.flatMap((desc) => ["", ...plainEnum(desc, model.options)]),
    ...messages.flatMap((message) => [
      "",
      ...plainInterface(message, model.options),
      "",
      ...plainDecoder(message, model.options),
    ]),
  ];
  return [
    "// SPDX-License-Identifier: Apache-2.0",
    `// Generated from ${file.name}.proto by protoc-gen-hostscope-plain; do not edit.`,
    "",
    ...runtimeImport(messages),
    ...schemaImports(file, messages),
    ...body.slice(messages.length === 0 ? 1 : 0),
  ];
}

function runtimeImport(messages: readonly DescMessage[]): string[] {
  const hasMap = messages.some((message) => message.fields.some((field) => field.fieldKind === "map"));
  return [
    ...(messages.length === 0 ? [] : [`import { PlainReader } from "../../../wire/plain-reader.ts";`]),
    ...(hasMap ? [`import { setEntry } from "../../../wire/set-entry.ts";`] : []),
  ];
}

/** Imports of what fields of other files' types need: the type itself, and its decoder or table. */
function schemaImports(file: DescFile, messages: readonly DescMessage[]): string[] {
  const imports = new Map<string, Set<string>>();
  for (const field of messages.flatMap((message) => message.fields)) {
    const type = field.message ?? field.enum;
    if (type === undefined || type.file === file) {
      continue;
    }
    const names = imports.get(moduleName(type.file)) ?? new Set();
    imports.set(moduleName(type.file), names);
    names.add(`type ${plainName(type)}`);
    names.add(type.kind === "enum" ? `${tableName(type)}_TEXTS` : `read${plainName(type)}`);
  }
  return [...imports]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([module, names]) => {
      const sorted = [...names].toSorted();
      const line = `import { ${sorted.join(", ")} } from "./${module}";`;
      return line.length <= 120 ? [line] : ["import {", ...sorted.map((name) => `  ${name},`), `} from "./${module}";`];
    });
}
