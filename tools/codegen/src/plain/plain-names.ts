// SPDX-License-Identifier: Apache-2.0

import type { DescEnum, DescField, DescFile, DescMessage } from "@bufbuild/protobuf";
import { safeIdentifier } from "@bufbuild/protoplugin";

/** Names that every decoder uses itself. */
const TAKEN = new Set(["reader", "tag", "outer", "key", "value", "Number", "String", "Uint8Array", "PlainReader"]);

/** Name of a message's interface or an enum's type; nested types carry their parents' names. */
export function plainName(desc: DescMessage | DescEnum): string {
  return desc.parent === undefined ? desc.name : `${plainName(desc.parent)}_${desc.name}`;
}

/** Variable that holds a field's value while its message is decoded. */
export function variableName(field: DescField): string {
  const name = safeIdentifier(field.localName);
  return TAKEN.has(name) ? `${name}$` : name;
}

/** Common part of the names of an enum's tables, e.g. PROCESS_STATUS. */
export function tableName(desc: DescEnum): string {
  return plainName(desc)
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toUpperCase();
}

/** Module generated from a schema file, relative to the folder that all of them are in. */
export function moduleName(file: DescFile): string {
  return `${file.name.slice(file.name.lastIndexOf("/") + 1)}_plain.ts`;
}
