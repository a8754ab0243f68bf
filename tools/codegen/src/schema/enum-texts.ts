// SPDX-License-Identifier: Apache-2.0

import type { DescEnum } from "@bufbuild/protobuf";
import type { SchemaOptions } from "./schema-options.ts";

/** Above this, a table of texts by number would be mostly holes. */
const MAX_NUMBER = 999;

/**
 * Texts of an enum by number. Throws if two values share a number or a text, if the first is not 0 or if a number is
 * out of range: generated tables go from number to text and back.
 */
export function checkTexts(desc: DescEnum, options: SchemaOptions): ReadonlyMap<number, string> {
  const texts = new Map<number, string>();
  const taken = new Set<string>();
  for (const value of desc.values) {
    const text = options.textOf(value);
    if (texts.has(value.number) || taken.has(text)) {
      throw new Error(`${value.name}: number ${value.number} or text "${text}" is used twice in ${desc.typeName}`);
    }
    if (value.number < 0 || value.number > MAX_NUMBER) {
      throw new Error(`${value.name}: number ${value.number} is not between 0 and ${MAX_NUMBER}`);
    }
    if (!/^[\x20-\x7e]+$/.test(text)) {
      throw new Error(`${value.name}: its text is not printable ASCII`);
    }
    texts.set(value.number, text);
    taken.add(text);
  }
  return texts;
}
