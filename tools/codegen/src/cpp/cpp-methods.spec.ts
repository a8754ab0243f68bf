// SPDX-License-Identifier: Apache-2.0

import { assert } from "chai";
import { compileDeclarations } from "../testing/compile-schema.ts";
import { cppMethods } from "./cpp-methods.ts";

describe("cppMethods", () => {
  it("lists every RPC with its path, and whether anything in it streams", () => {
    const { registry } = compileDeclarations(`
      message Empty {}
      service System {
        rpc CpuTimes(Empty) returns (Empty);
        rpc Watch(Empty) returns (stream Empty);
        rpc Popen(stream Empty) returns (stream Empty);
      }
    `);
    const source = cppMethods(registry.getService("test.System")?.methods ?? []);
    assert.includeMembers(source, [
      "  kSystemCpuTimes,",
      '    {Method::kSystemCpuTimes, "/test.System/CpuTimes", "System.CpuTimes", false},',
      '    {Method::kSystemWatch, "/test.System/Watch", "System.Watch", true},',
      '    {Method::kSystemPopen, "/test.System/Popen", "System.Popen", true},',
    ]);
  });
});
