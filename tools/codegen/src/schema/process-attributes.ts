// SPDX-License-Identifier: Apache-2.0

import type { DescFile } from "@bufbuild/protobuf";

/** Fields of ProcessInfo that tell of the row itself and so cannot be asked for. */
const ROW_FIELDS = new Set(["ref", "failures", "sampled_after_us"]);

/**
 * Makes sure that enum ProcessAttribute names the fields of ProcessInfo and numbers them alike: an attribute's number
 * is used as the field's. Throws with every difference; does nothing for a file without the two.
 */
export function checkProcessAttributes(file: DescFile): void {
  const attributes = file.enums.find((candidate) => candidate.name === "ProcessAttribute");
  const info = file.messages.find((candidate) => candidate.name === "ProcessInfo");
  if (attributes === undefined && info === undefined) {
    return;
  }
  if (attributes === undefined || info === undefined) {
    throw new Error(`${file.name}.proto: ProcessAttribute and ProcessInfo belong in one file`);
  }
  const named = attributes.values.filter((value) => value.number !== 0);
  const fields = info.fields.filter((field) => !ROW_FIELDS.has(field.name));
  const asText = (name: string, number: number) => `${name} = ${number}`;
  const values = named.map((value) => asText(value.localName.toLowerCase(), value.number));
  const expected = fields.map((field) => asText(field.name, field.number));
  const wrong = [
    ...missingFrom(expected, values).map((text) => `ProcessAttribute ${text} is no field of ProcessInfo`),
    ...missingFrom(values, expected).map((text) => `ProcessInfo.${text} is no value of ProcessAttribute`),
  ];
  if (wrong.length > 0) {
    throw new Error(wrong.join("\n"));
  }
}

function missingFrom(all: readonly string[], some: readonly string[]): string[] {
  return some.filter((text) => !all.includes(text));
}
