// SPDX-License-Identifier: Apache-2.0

import { assert } from "chai";
import { compileDeclarations } from "../testing/compile-schema.ts";
import { enumeratorName, headerName, memberName, typeName } from "./cpp-names.ts";

describe("names in C++", () => {
  const { files, registry } = compileDeclarations(`
    enum ProcessStatus { PROCESS_STATUS_UNSPECIFIED = 0; PROCESS_STATUS_DISK_SLEEP = 1; PROCESS_STATUS_X2 = 2; }
    message Outer {
      message Inner { int32 private = 1; int32 stdin = 2; int32 minor = 3; int32 rss = 4; int32 reader = 5; }
    }
  `);

  it("are the schema's, but for words that C++ or a system header has taken", () => {
    const names = registry.getMessage("test.Outer.Inner")?.fields.map(memberName);
    assert.deepEqual(names, ["private_", "stdin_", "minor_", "rss", "reader_"]);
  });

  it("are constants without their enum's prefix", () => {
    const names = registry.getEnum("test.ProcessStatus")?.values.map(enumeratorName);
    assert.deepEqual(names, ["kUnspecified", "kDiskSleep", "kX2"]);
  });

  it("carry the names of outer messages and files", () => {
    assert.deepEqual(
      [registry.getMessage("test.Outer.Inner")].map((desc) => desc && typeName(desc)),
      ["Outer_Inner"],
    );
    assert.deepEqual(files.map(headerName), ["sample.gen.h"]);
  });
});
