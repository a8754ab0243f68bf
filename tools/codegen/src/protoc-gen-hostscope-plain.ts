// SPDX-License-Identifier: Apache-2.0

import { createEcmaScriptPlugin, runNodeJs } from "@bufbuild/protoplugin";
import { plainModule } from "./plain/plain-module.ts";
import { moduleName } from "./plain/plain-names.ts";
import { buildModel } from "./schema/schema-model.ts";

// Writes one module of plain-object decoders per schema file.
runNodeJs(
  createEcmaScriptPlugin({
    name: "protoc-gen-hostscope-plain",
    version: "1",
    generateTs: (schema) => {
      const model = buildModel(schema);
      for (const file of model.files) {
        const lines = plainModule(file, model);
        if (lines.length > 0) {
          const folder = file.name.slice(0, file.name.lastIndexOf("/") + 1);
          schema.generateFile(`${folder}${moduleName(file)}`).print(lines.join("\n"));
        }
      }
    },
  }),
);
