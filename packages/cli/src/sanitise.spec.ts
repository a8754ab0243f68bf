// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { safeJson, sanitise } from "./sanitise.ts";

const HOSTILE = [
  0x00, 0x07, 0x0a, 0x1b, 0x7f, 0x85, 0x9b, 0x200b, 0x200f, 0x2028, 0x2029, 0x202e, 0x2066, 0xfeff, 0xe0041,
];

describe("sanitise", () => {
  it("leaves printable text of any script alone", () => {
    for (const text of ["nginx: worker", "데이터", "データ", "naïve", "👾", "a\\b", ""])
      expect(sanitise(text)).to.equal(text);
  });

  it("shows what could move the cursor, reorder or hide text", () => {
    expect(sanitise("\x1b]0;owned\x07")).to.equal("\\x1b]0;owned\\x07");
    expect(sanitise("a\nb\tc\x9b2J")).to.equal("a\\x0ab\\x09c\\x9b2J");
    expect(sanitise("gpj.\u202eexe")).to.equal("gpj.\\u202eexe");
    expect(sanitise("a\u{e0041}b")).to.equal("a\\u{e0041}b");
  });

  it("leaves no control, bidi or separator character and no lone surrogate", () => {
    const text = `${HOSTILE.map((code) => String.fromCodePoint(code)).join("x")}\ud800`;
    expect(sanitise(text)).to.match(/^[\x20-\x7e]+$/);
  });
});

describe("safeJson", () => {
  it("keeps every value while printing no dangerous character", () => {
    const value = {
      "k\u202e": HOSTILE.map((code) => `<${String.fromCodePoint(code)}>`),
      lone: "\udc00",
      n: 1.5,
      none: null,
    };
    const text = safeJson(value);
    expect(JSON.parse(text)).to.deep.equal(value);
    expect(text).to.match(/^[\n\x20-\x7e]+$/);
  });
});
