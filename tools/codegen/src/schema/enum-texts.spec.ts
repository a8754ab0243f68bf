// SPDX-License-Identifier: Apache-2.0

import { assert } from "chai";
import { compileDeclarations } from "../testing/compile-schema.ts";
import { checkTexts } from "./enum-texts.ts";
import { findSchemaOptions } from "./schema-options.ts";

/** Texts of an enum with some values after its zero, as [number, text] pairs. */
function texts(values: string, options = ""): (readonly [number, string])[] {
  const { allFiles, registry } = compileDeclarations(`enum Mood { ${options} MOOD_UNSPECIFIED = 0; ${values} }`);
  const desc = registry.getEnum("test.Mood");
  assert.isDefined(desc);
  return [...checkTexts(desc, findSchemaOptions(allFiles))];
}

describe("checkTexts", () => {
  it("takes the option, or the name in lower case without the prefix", () => {
    assert.deepEqual(texts('MOOD_SO_SO = 3; MOOD_GOOD = 1 [(hostscope.v1.text) = "very good"];'), [
      [0, "unspecified"],
      [3, "so_so"],
      [1, "very good"],
    ]);
  });

  it("refuses what a table cannot hold: a text or number twice, a negative or huge number", () => {
    assert.throws(() => texts('MOOD_A = 1; MOOD_B = 2 [(hostscope.v1.text) = "a"];'), 'text "a" is used twice');
    assert.throws(() => texts("MOOD_A = 1; MOOD_B = 1;", "option allow_alias = true;"), "number 1 or text");
    assert.throws(() => texts("MOOD_A = -1;"), "not between 0 and 999");
    assert.throws(() => texts("MOOD_A = 1000;"), "not between 0 and 999");
  });

  it("refuses texts that would need care in a terminal or in source code", () => {
    assert.throws(() => texts('MOOD_A = 1 [(hostscope.v1.text) = "\\n"];'), "not printable ASCII");
    assert.throws(() => texts('MOOD_A = 1 [(hostscope.v1.text) = "é"];'), "not printable ASCII");
  });
});
