// SPDX-License-Identifier: Apache-2.0

import { describeMethod } from "@hostscope/proto";
import { Process } from "@hostscope/proto/gen/process";
import { Sensors } from "@hostscope/proto/gen/sensors";
import { System } from "@hostscope/proto/gen/system";
import { WinService } from "@hostscope/proto/gen/win_service";
import { expect } from "chai";
import type { NativeCollector, OnEnd } from "./addon.ts";
import { checkOptions } from "./collector-options.ts";
import { loadAddon } from "./load-addon.ts";

/** Those that random bytes cannot do harm with. */
const METHODS = [System, Process, Sensors, WinService]
  .flatMap(({ methods }) => methods.map(describeMethod))
  .filter(({ mutates }) => !mutates);

/** A small generator of numbers, the same in each run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 8;
  };
}

describe("The addon", () => {
  const { NativeCollector } = loadAddon();
  const Untyped = NativeCollector as unknown as new (...args: unknown[]) => NativeCollector;
  const opened: NativeCollector[] = [];
  const open = (onEnd: OnEnd) => {
    const native = new NativeCollector(checkOptions({}), () => undefined, onEnd);
    opened.push(native);
    return native;
  };
  afterEach(() => {
    for (const native of opened.splice(0)) native.close();
  });

  it("refuses to be used wrongly", () => {
    expect(() => new Untyped()).to.throw(TypeError);
    expect(() => new Untyped({}, () => {}, "no function")).to.throw(TypeError);
    expect(() => new Untyped({}, "no function", () => {})).to.throw(TypeError);
    expect(() => (NativeCollector as unknown as () => unknown)()).to.throw(TypeError);
    const native = open(() => {});
    const call = native.call.bind(native) as (...args: unknown[]) => void;
    const path = "/hostscope.v1.System/BootTime";
    for (const args of [[], [1, path], ["1", path, new Uint8Array(), 5], [1, path, new Float64Array(1), 5]]) {
      expect(() => call(...args)).to.throw(TypeError);
    }
    expect(() => call(1, path, new Uint8Array(), Number.NaN)).to.throw(TypeError);
    expect(() => (native.cancel as () => void)()).to.throw(TypeError);
    expect(() => native.cancel.call({} as NativeCollector, 1)).to.throw(TypeError);
    native.cancel(12345);
  });

  it("refuses a call id that is in use, and calls once it is closed", async () => {
    const native = open(() => {});
    native.call(1, "/hostscope.v1.Process/List", new Uint8Array(), 5000);
    expect(() => native.call(1, "/hostscope.v1.Process/List", new Uint8Array(), 5000)).to.throw("in use");
    native.cancel(1);
    native.close();
    expect(() => native.call(2, "/hostscope.v1.Process/List", new Uint8Array(), 5000)).to.throw("closed");
  });

  it("may be closed, called and cancelled from within an event", async () => {
    const order: number[] = [];
    const path = "/hostscope.v1.System/BootTime";
    const native: NativeCollector = open((id) => {
      order.push(id);
      if (id === 1) native.call(2, path, new Uint8Array(), 5000);
      if (id === 2) native.cancel(1);
      if (id === 2) native.close();
    });
    native.call(1, path, new Uint8Array(), 5000);
    expect(order).to.deep.equal([1, 2]);
    expect(() => native.call(3, path, new Uint8Array(), 5000)).to.throw("closed");
  });

  it("answers any bytes to any method that reads with exactly one end", async function () {
    this.timeout(60_000);
    const ends = new Map<number, number>();
    let waiting = 0;
    let settled = () => {};
    const native = open((id) => {
      ends.set(id, (ends.get(id) ?? 0) + 1);
      if (--waiting === 0) settled();
    });
    const random = randomFrom(42);
    let id = 0;
    for (let round = 0; round < 20; round++) {
      const all = new Promise<void>((resolve) => {
        settled = resolve;
      });
      waiting = METHODS.length;
      for (const { path } of METHODS) {
        const request = Uint8Array.from({ length: random() % 40 }, () => random() & (round % 2 === 0 ? 255 : 31));
        native.call(++id, path, request, 2000);
      }
      await all;
    }
    expect([...ends.values()].every((count) => count === 1)).to.equal(true);
    expect(ends.size).to.equal(20 * METHODS.length);
  });
});
