// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { bytes2human } from "./bytes2human.ts";
import { InvalidArgument } from "./errors.ts";

describe("bytes2human", () => {
  const cases: [number | bigint, string][] = [
    [0, "0B"],
    [1023, "1023B"],
    [1024, "1.0K"],
    [10_000, "9.8K"],
    [100_001_221, "95.4M"],
    [-2048, "-2.0K"],
    [-5, "-5B"],
    [2n ** 64n, "16.0E"],
    [2 ** 80, "1.0Y"],
    [2 ** 95, "32768.0Y"],
  ];
  for (const [bytes, text] of cases) {
    it(`${bytes} is ${text}`, () => expect(bytes2human(bytes)).to.equal(text));
  }

  for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, "5", null]) {
    it(`${wrong} is refused`, () => expect(() => bytes2human(wrong as number)).to.throw(InvalidArgument));
  }
});
