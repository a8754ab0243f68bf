// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { CallRegistry } from "../serve/call-registry.ts";
import { fakeTransport } from "../spec/fake-transport.ts";
import { OverheadBudget, type Pace } from "./overhead-budget.ts";
import { isPaced, PaceKeeper } from "./pace-keeper.ts";

const call = (endless: boolean) => ({ endless, stop: () => {} });

describe("a pace keeper", () => {
  it("tells the streams their pace when somebody begins to watch", () => {
    const told: Pace[] = [];
    const transport = Object.assign(fakeTransport({}), { setPace: (pace: Pace) => told.push(pace) });
    const calls = new CallRegistry();
    calls.onWatched = new PaceKeeper(new OverheadBudget({ maxCpuPercent: 2, maxRssBytes: null }), transport).watched;
    calls.add(call(false));
    expect(told).to.have.lengthOf(0);
    const [first, second] = [call(true), call(true)];
    calls.add(first);
    calls.add(second);
    expect(told).to.have.lengthOf(1);
    expect(told[0]).to.include({ stretch: 1, cpuPercent: null });
    calls.remove(first);
    calls.remove(first);
    calls.remove(second);
    calls.add(first);
    expect(told).to.have.lengthOf(2);
    calls.remove(first);
  });

  it("knows a transport that can be told", () => {
    expect(isPaced(fakeTransport({}))).to.equal(false);
    expect(isPaced(Object.assign(fakeTransport({}), { setPace: () => {} }))).to.equal(true);
  });
});
