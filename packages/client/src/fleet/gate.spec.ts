// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { after } from "../spec-support/fake-fleet.ts";
import { Gate } from "./gate.ts";

describe("A gate", () => {
  it("lets so many through, the others in turn", async () => {
    const gate = new Gate(2);
    const { signal } = new AbortController();
    const [first, second] = [await gate.enter(signal), await gate.enter(signal)];
    const order: string[] = [];
    const third = gate.enter(signal).then(() => order.push("third"));
    const fourth = gate.enter(signal).then(() => order.push("fourth"));
    await after(5)();
    expect(order).to.deep.equal([]);
    first();
    first();
    await third;
    await after(5)();
    expect(order).to.deep.equal(["third"]);
    second();
    await fourth;
    expect(order).to.deep.equal(["third", "fourth"]);
  });

  it("who gives up waiting takes no place, and gives none back", async () => {
    const gate = new Gate(1);
    const leave = await gate.enter(new AbortController().signal);
    const impatient = new AbortController();
    const waiting = gate.enter(impatient.signal);
    impatient.abort();
    (await waiting)();
    (await gate.enter(impatient.signal))();
    let isIn = false;
    const next = gate.enter(new AbortController().signal).then((out) => {
      isIn = true;
      return out;
    });
    await after(5)();
    expect(isIn).to.equal(false);
    leave();
    (await next)();
    await gate.enter(new AbortController().signal);
  });
});
