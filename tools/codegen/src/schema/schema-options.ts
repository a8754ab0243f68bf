// SPDX-License-Identifier: Apache-2.0

import {
  type DescEnumValue,
  type DescExtension,
  type DescField,
  type DescFile,
  type DescMethod,
  getOption,
} from "@bufbuild/protobuf";

/** What our own options say about elements of the schema. */
export interface SchemaOptions {
  /** Text of an enum value: the option (hostscope.v1.text), else the value's name in lower case without the prefix. */
  textOf(value: DescEnumValue): string;
  /** Whether a field has the option (hostscope.v1.exact). */
  isExact(field: DescField): boolean;
  /** Whether an RPC changes the host: `mutates` of the option (hostscope.v1.method). */
  mutates(method: DescMethod): boolean;
}

/**
 * Finds our options among the files that the compiler sent: generated code that knows them does not exist yet when
 * generation first runs.
 */
export function findSchemaOptions(files: readonly DescFile[]): SchemaOptions {
  const extensions = new Map<string, DescExtension>();
  for (const file of files) {
    for (const extension of file.extensions) {
      extensions.set(extension.typeName, extension);
    }
  }
  const text = extensions.get("hostscope.v1.text");
  const exact = extensions.get("hostscope.v1.exact");
  const methodOptions = extensions.get("hostscope.v1.method");
  return {
    textOf: (value) => {
      const given = text === undefined ? "" : getOption(value, text);
      return typeof given === "string" && given !== "" ? given : value.localName.toLowerCase();
    },
    isExact: (field) => exact !== undefined && getOption(field, exact) === true,
    mutates: (method) => {
      const given: unknown = methodOptions === undefined ? null : getOption(method, methodOptions);
      return typeof given === "object" && given !== null && "mutates" in given && given.mutates === true;
    },
  };
}
