// SPDX-License-Identifier: Apache-2.0

import { Comparison, ProcessKey } from "@hostscope/proto/gen/process_watch";
import { expect } from "chai";
import { InvalidArgument } from "../errors.ts";
import { isNumberKey, keyNumber, wireConditions } from "./process-filter.ts";

describe("A filter of processes", () => {
  const wire = (where: unknown) => wireConditions("watch", where as never);

  it("is sets of conditions, of which one must hold", () => {
    expect(wire(undefined)).to.deep.equal([]);
    expect(wire({ username: "www", rss: { gt: 1e8, le: 2e8 } })).to.deep.equal([
      {
        allOf: [
          { key: ProcessKey.USERNAME, comparison: Comparison.EQ, text: "www" },
          { key: ProcessKey.RSS, comparison: Comparison.GT, number: 1e8 },
          { key: ProcessKey.RSS, comparison: Comparison.LE, number: 2e8 },
        ],
      },
    ]);
    const [first, second] = wire([{ pid: 1 }, { name: { prefix: "node", ne: "node-red" } }]);
    expect(first?.allOf).to.deep.equal([{ key: ProcessKey.PID, comparison: Comparison.EQ, number: 1 }]);
    expect(second?.allOf).to.have.length(2);
  });

  it("leaves out keys whose condition is undefined", () => {
    expect(wire({ pid: undefined, name: "x" })[0]?.allOf).to.have.length(1);
  });

  it("takes every key by its name", () => {
    for (const [name, number] of Object.entries(ProcessKey)) {
      if (typeof number !== "number" || number === ProcessKey.UNSPECIFIED) continue;
      const key = name.toLowerCase().replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
      expect(keyNumber("watch", "where", key)).to.equal(number);
      const operand = isNumberKey(key as never) ? 5 : "x";
      expect(wire({ [key]: operand })[0]?.allOf?.[0]?.key, key).to.equal(number);
      expect(() => wire({ [key]: operand === 5 ? "x" : 5 }), key).to.throw(InvalidArgument, "is compared with");
    }
  });

  const wrong: [unknown, string][] = [
    [[], "empty list"],
    [{}, "one key at least"],
    [[{ pid: 1 }, {}], "one key at least"],
    [{ pid: undefined }, "one key at least"],
    [null, "conditions by key"],
    ["name", "conditions by key"],
    [5, "conditions by key"],
    [[5], "conditions by key"],
    [{ nane: "x" }, 'did you mean "name"'],
    [{ __proto__: null, constructor: "x" }, "has no key"],
    [{ unspecified: 1 }, "has no key"],
    [{ rss: "x" }, "is compared with a number"],
    [{ rss: Number.NaN }, "is compared with a number"],
    [{ rss: null }, "is compared with a number"],
    [{ name: 5 }, "is compared with a string"],
    [{ name: { prefx: "x" } }, 'did you mean "prefix"'],
    [{ name: { unspecified: "x" } }, "no comparison"],
    [{ name: { eq: undefined } }, "is compared with a string"],
    [{ name: ["x"] }, "no comparison"],
  ];
  for (const [where, message] of wrong) {
    it(`refuses ${JSON.stringify(where)}`, () => {
      expect(() => wire(where)).to.throw(InvalidArgument, message);
    });
  }
});
