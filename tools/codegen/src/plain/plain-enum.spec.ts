// SPDX-License-Identifier: Apache-2.0

import { assert } from "chai";
import { findSchemaOptions } from "../schema/schema-options.ts";
import { compileDeclarations } from "../testing/compile-schema.ts";
import { plainEnum } from "./plain-enum.ts";

describe("plainEnum", () => {
  it("writes a documented union of texts, and tables in which holes are unspecified", () => {
    const { allFiles, registry } = compileDeclarations(`
      // How it feels. */ "quoted"
      enum DiskMood {
        // Unknown.
        DISK_MOOD_UNSPECIFIED = 0;
        // Two
        // lines.
        DISK_MOOD_GOOD = 2 [(hostscope.v1.text) = "disk-good"];
      }
    `);
    const desc = registry.getEnum("test.DiskMood");
    assert.isDefined(desc);
    assert.equal(
      plainEnum(desc, findSchemaOptions(allFiles)).join("\n"),
      `/**
 * How it feels. *\\/ "quoted"
 *
 * - "unspecified": Unknown.
 * - "disk-good": Two
 *   lines.
 */
export type DiskMood =
  | "unspecified"
  | "disk-good";

/** Texts of DiskMood; the index is the number on the wire. */
export const DISK_MOOD_TEXTS: readonly DiskMood[] = [
  "unspecified",
  "unspecified",
  "disk-good",
];

/** Numbers of DiskMood on the wire, by text, for requests; "unspecified" cannot be asked for. */
export const DISK_MOOD_NUMBERS: ReadonlyMap<string, number> = new Map([
  ["disk-good", 2],
]);`,
    );
  });
});
