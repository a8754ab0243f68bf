// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { Circuit } from "./circuit.ts";

describe("Circuit", () => {
  let now: number;
  let random: number;
  let circuit: Circuit;
  beforeEach(() => {
    now = 1000;
    random = 1;
    circuit = new Circuit({ now: () => now, random: () => random });
  });

  /** Milliseconds until the next try after a failed one. */
  function failAndWait(): number {
    expect(circuit.enter()).to.equal(null);
    circuit.failed();
    const wait = circuit.enter() as number;
    now += wait;
    return wait;
  }

  it("waits twice as long after each failure, half a minute at most", () => {
    expect(Array.from({ length: 7 }, failAndWait)).to.deep.equal([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });

  it("waits less by chance, half at most", () => {
    random = 0;
    expect([failAndWait(), failAndWait()]).to.deep.equal([500, 1000]);
  });

  it("lets one try, and begins anew when it is reached", () => {
    failAndWait();
    expect(circuit.enter()).to.equal(null);
    expect(circuit.enter()).to.equal(0);
    circuit.gaveUp();
    expect(circuit.enter()).to.equal(null);
    circuit.reached();
    expect(circuit.isOpen).to.equal(false);
    expect(failAndWait()).to.equal(1000);
  });

  it("counts failures side by side once", () => {
    for (let i = 0; i < 5; i++) expect(circuit.enter()).to.equal(null);
    for (let i = 0; i < 5; i++) circuit.failed();
    expect(circuit.enter()).to.equal(1000);
  });
});
