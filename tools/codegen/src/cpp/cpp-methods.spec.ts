// SPDX-License-Identifier: Apache-2.0

import { assert } from "chai";
import { findSchemaOptions } from "../schema/schema-options.ts";
import { compileDeclarations } from "../testing/compile-schema.ts";
import { cppMethods } from "./cpp-methods.ts";

describe("cppMethods", () => {
  it("lists every RPC with its path, whether anything in it streams, and whether it changes something", () => {
    const { registry, allFiles } = compileDeclarations(`
      message Empty {}
      service System {
        rpc CpuTimes(Empty) returns (Empty) { option (hostscope.v1.method) = { permission: "x" }; }
        rpc Watch(Empty) returns (stream Empty);
        rpc Popen(stream Empty) returns (stream Empty) { option (hostscope.v1.method) = { mutates: true }; }
      }
    `);
    const source = cppMethods(registry.getService("test.System")?.methods ?? [], findSchemaOptions(allFiles));
    assert.includeMembers(source, [
      "  kSystemCpuTimes,",
      '    {Method::kSystemCpuTimes, "/test.System/CpuTimes", "System.CpuTimes", false, false},',
      '    {Method::kSystemWatch, "/test.System/Watch", "System.Watch", true, false},',
      '    {Method::kSystemPopen, "/test.System/Popen", "System.Popen", true, true},',
    ]);
  });
});
