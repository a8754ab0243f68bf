// SPDX-License-Identifier: Apache-2.0

import type { DescEnum, DescFile, DescMessage, DescMethod } from "@bufbuild/protobuf";
import type { Schema } from "@bufbuild/protoplugin";
import { checkProcessAttributes } from "./process-attributes.ts";
import { reachableFrom } from "./reach.ts";
import { findSchemaOptions, type SchemaOptions } from "./schema-options.ts";

/** The payload of failed calls: no RPC names it, and both sides need it. */
const DETAIL = "hostscope.v1.ErrorDetail";

/** The schema as our generators see it. */
export interface SchemaModel {
  /** Files to generate from, by path. */
  readonly files: readonly DescFile[];
  /** All RPCs, by file and place in it. */
  readonly methods: readonly DescMethod[];
  /** Messages that can occur in a request. */
  readonly requests: ReadonlySet<DescMessage>;
  /** Messages that can occur in a response or in an error. */
  readonly responses: ReadonlySet<DescMessage>;
  /** Enums that can occur in any of them. */
  readonly enums: ReadonlySet<DescEnum>;
  /** Our own options. */
  readonly options: SchemaOptions;
}

/** Builds the model. Throws if the schema breaks a rule that generated code relies on. */
export function buildModel(schema: Pick<Schema, "files" | "allFiles">): SchemaModel {
  const files = schema.files.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const methods = files.flatMap((file) => file.services).flatMap((service) => service.methods);
  const details = files.flatMap((file) => file.messages).filter((message) => message.typeName === DETAIL);
  const requests = reachableFrom(methods.map((method) => method.input));
  const responses = reachableFrom([...methods.map((method) => method.output), ...details]);
  const known = new Set(files);
  for (const message of [...requests.messages, ...responses.messages]) {
    if (!known.has(message.file)) {
      throw new Error(`${message.typeName} comes from outside the schema; its encoding could not be generated`);
    }
  }
  for (const file of files) {
    checkProcessAttributes(file);
  }
  return {
    files,
    methods,
    requests: requests.messages,
    responses: responses.messages,
    enums: new Set([...requests.enums, ...responses.enums]),
    options: findSchemaOptions(schema.allFiles),
  };
}
