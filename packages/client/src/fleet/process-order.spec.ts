// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { PROCESS_KEY_NUMBERS } from "../gen/hostscope/v1/process_watch_plain.ts";
import { changeOf, refOf } from "../spec-support/process-updates.ts";
import type { ProcessKey } from "../watch/process-filter.ts";
import { camelCase } from "../wire/camel-case.ts";
import { attributeOfKey, rowOrder } from "./process-order.ts";

describe("The order of rows", () => {
  const pids = (key: ProcessKey, descending: boolean, ...rows: { row: object }[]) =>
    rows
      .map(({ row }) => row as { ref: { pid: number } })
      .sort(rowOrder(key, descending))
      .map(({ ref }) => ref.pid);
  const row = (pid: number, values = {}) => changeOf(refOf(pid), values);
  const times = (user: number, system: number) => ({ user, system, childrenUser: 0, childrenSystem: 0 });

  it("knows every key that hosts know", () => {
    for (const key of [...PROCESS_KEY_NUMBERS.keys()].map(camelCase) as ProcessKey[]) {
      expect(attributeOfKey(key), key).to.be.a("string");
      expect(pids(key, true, row(2), row(2))).to.have.length(2);
    }
  });

  it("of numbers, either way; what is not known comes last", () => {
    const rows = [row(1), row(2, { cpuTimes: times(1, 5) }), row(3, { cpuTimes: times(9, 0) })];
    expect(pids("cpuTime", true, ...rows)).to.deep.equal([3, 2, 1]);
    expect(pids("cpuTime", false, ...rows)).to.deep.equal([2, 3, 1]);
    expect(pids("pid", false, row(10), row(9))).to.deep.equal([9, 10]);
  });

  it("of texts by their bytes, as at the host", () => {
    // By UTF-16 units, the emoji would come before the last letter of the plane below.
    const rows = [
      row(1, { name: "\u{1f600}" }),
      row(2, { name: "\uffff" }),
      row(3, { name: "B" }),
      row(4, { name: "a" }),
    ];
    expect(pids("name", false, ...rows)).to.deep.equal([3, 4, 2, 1]);
    expect(pids("cmdline", true, row(1, { cmdline: ["a", "b"] }), row(2, { cmdline: ["a b", "c"] }))).to.deep.equal([
      2, 1,
    ]);
  });
});
