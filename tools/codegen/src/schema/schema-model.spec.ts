// SPDX-License-Identifier: Apache-2.0

import { assert } from "chai";
import { compileDeclarations } from "../testing/compile-schema.ts";
import { buildModel } from "./schema-model.ts";

describe("buildModel", () => {
  it("tells what requests and responses reach, recursion included, and leaves out the rest", () => {
    const model = buildModel(
      compileDeclarations(`
        enum Used { USED_UNSPECIFIED = 0; }
        enum Unused { UNUSED_UNSPECIFIED = 0; }
        message Leaf { Used used = 1; }
        message Ask { repeated Leaf leaves = 1; }
        message Tree { map<string, Tree> children = 1; Leaf leaf = 2; }
        message Loose { Unused unused = 1; }
        service Forest { rpc Grow(Ask) returns (Tree); }
      `),
    );
    const names = (types: Iterable<{ name: string }>) => [...types].map((type) => type.name).toSorted();
    assert.deepEqual(names(model.requests), ["Ask", "Leaf"]);
    assert.deepEqual(names(model.responses), ["Leaf", "Tree"]);
    assert.deepEqual(names(model.enums), ["Used"]);
    assert.deepEqual(names(model.methods), ["Grow"]);
  });

  it("refuses messages from outside the schema", () => {
    const schema = compileDeclarations(`
      message Ask { hostscope.v1.MethodOptions options = 1; }
      service Odd { rpc Do(Ask) returns (Ask); }
    `);
    assert.throws(() => buildModel(schema), "hostscope.v1.MethodOptions comes from outside the schema");
  });
});
