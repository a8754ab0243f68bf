// SPDX-License-Identifier: Apache-2.0

import { assert } from "chai";
import { compileDeclarations } from "../testing/compile-schema.ts";
import { checkProcessAttributes } from "./process-attributes.ts";

/** Runs the check over an enum with some values and a message with some fields. */
function check(values: string, fields: string): void {
  const { files } = compileDeclarations(`
    enum ProcessAttribute { PROCESS_ATTRIBUTE_UNSPECIFIED = 0; ${values} }
    message ProcessInfo { string ref = 1; uint32 sampled_after_us = 2; ${fields} }
  `);
  files.forEach(checkProcessAttributes);
}

const PID = "PROCESS_ATTRIBUTE_PID = 4;";
const CPU_TIMES = "PROCESS_ATTRIBUTE_CPU_TIMES = 9;";

describe("checkProcessAttributes", () => {
  it("accepts attributes with the names and numbers of the fields, in any order", () => {
    check(PID + CPU_TIMES, "repeated double cpu_times = 9; optional int64 pid = 4;");
  });

  it("refuses another number", () => {
    const run = () => check(PID, "optional int64 pid = 5;");
    assert.throws(run, "ProcessAttribute pid = 4 is no field of ProcessInfo");
    assert.throws(run, "ProcessInfo.pid = 5 is no value of ProcessAttribute");
  });

  it("refuses a field without an attribute, and an attribute without a field", () => {
    assert.throws(() => check(PID, "int64 pid = 4; double cpu_times = 9;"), /^ProcessInfo.cpu_times = 9 is no value/);
    assert.throws(() => check(PID + CPU_TIMES, "int64 pid = 4;"), /^ProcessAttribute cpu_times = 9 is no field/);
  });

  it("has nothing to say of other files, and wants both types in one", () => {
    compileDeclarations("message Other { int64 pid = 1; }").files.forEach(checkProcessAttributes);
    const { files } = compileDeclarations("message ProcessInfo { int64 pid = 4; }");
    assert.throws(() => files.forEach(checkProcessAttributes), "belong in one file");
  });
});
