// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { SteadyCounters } from "./steady-counters.ts";

describe("steady counters", () => {
  it("do not follow the kernel a little way back, but do after a reset", () => {
    const steady = new SteadyCounters();
    const told = [10, 10.02, 10.01, 9.5, 10.03, 1, 0.9, 2].map((value) => steady.keep("0 iowait", value));
    expect(told).to.deep.equal([10, 10.02, 10.02, 10.02, 10.03, 1, 1, 2]);
    expect(steady.keep("1 iowait", 0.5)).to.equal(0.5);
  });
});
