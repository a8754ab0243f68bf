// SPDX-License-Identifier: Apache-2.0

import { createEcmaScriptPlugin, runNodeJs } from "@bufbuild/protoplugin";
import { cppHeader } from "./cpp/cpp-header.ts";
import { cppMethods } from "./cpp/cpp-methods.ts";
import { headerName } from "./cpp/cpp-names.ts";
import { buildModel } from "./schema/schema-model.ts";

// Writes one header per schema file, and one with all RPCs.
runNodeJs(
  createEcmaScriptPlugin({
    name: "protoc-gen-hostscope-cpp",
    version: "1",
    generateTs: (schema) => {
      const model = buildModel(schema);
      for (const file of model.files) {
        const lines = cppHeader(file, model);
        if (lines.length > 0) {
          schema.generateFile(headerName(file)).print(lines.join("\n"));
        }
      }
      if (model.methods.length > 0) {
        schema.generateFile("methods.gen.h").print(cppMethods(model.methods, model.options).join("\n"));
      }
    },
  }),
);
