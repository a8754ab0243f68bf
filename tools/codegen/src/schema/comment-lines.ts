// SPDX-License-Identifier: Apache-2.0

import type { DescEnum, DescEnumValue, DescField, DescMessage } from "@bufbuild/protobuf";
import { getComments } from "@bufbuild/protoplugin";

/** Lines of the comment above an element of the schema, without markers and outer blanks. */
export function commentLines(desc: DescMessage | DescField | DescEnum | DescEnumValue): string[] {
  const text = getComments(desc).leading?.trim() ?? "";
  return text === "" ? [] : text.split("\n").map((line) => line.replace(/^ /, "").trimEnd());
}
