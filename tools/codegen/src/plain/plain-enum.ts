// SPDX-License-Identifier: Apache-2.0

import type { DescEnum } from "@bufbuild/protobuf";
import { commentLines } from "../schema/comment-lines.ts";
import { checkTexts } from "../schema/enum-texts.ts";
import type { SchemaOptions } from "../schema/schema-options.ts";
import { jsDoc } from "./jsdoc.ts";
import { plainName, tableName } from "./plain-names.ts";

/** What a number stands for that this version of the schema does not have. */
const UNKNOWN = "unspecified";

/** An enum as a union of its texts, and its tables from number to text and back. */
export function plainEnum(desc: DescEnum, options: SchemaOptions): string[] {
  const name = plainName(desc);
  const texts = checkTexts(desc, options);
  const all = new Set([UNKNOWN, ...texts.values()]);
  const byNumber = Array.from({ length: Math.max(...texts.keys()) + 1 }, (_, number) => texts.get(number) ?? UNKNOWN);
  const named = [...texts].filter(([, text]) => text !== UNKNOWN);
  return [
    ...jsDoc([
      ...commentLines(desc),
      "",
      ...desc.values.flatMap((value) => listItem(texts.get(value.number) ?? UNKNOWN, commentLines(value))),
    ]),
    `export type ${name} =`,
    ...[...all].map((text, index) => `  | ${JSON.stringify(text)}${index === all.size - 1 ? ";" : ""}`),
    "",
    ...jsDoc([`Texts of ${name}; the index is the number on the wire.`]),
    `export const ${tableName(desc)}_TEXTS: readonly ${name}[] = [`,
    ...byNumber.map((text) => `  ${JSON.stringify(text)},`),
    "];",
    "",
    ...jsDoc([`Numbers of ${name} on the wire, by text, for requests; "${UNKNOWN}" cannot be asked for.`]),
    `export const ${tableName(desc)}_NUMBERS: ReadonlyMap<string, number> = new Map([`,
    ...named.map(([number, text]) => `  [${JSON.stringify(text)}, ${number}],`),
    "]);",
  ];
}

function listItem(text: string, [first = "", ...more]: readonly string[]): string[] {
  const item = `- "${text}": ${first}`.trimEnd();
  const lines = item.length <= 117 ? [item] : [`- "${text}":`, `  ${first}`];
  return [...lines, ...more.map((line) => `  ${line}`)];
}
