// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { safeText } from "./safe-text.ts";

describe("safe text", () => {
  it("survives a lone surrogate at every offset, of either half", () => {
    for (const half of ["\ud800", "\udfff"]) {
      for (let offset = 0; offset <= 16; offset++) {
        const text = `${"a".repeat(offset)}${half}${"b".repeat(16 - offset)}`;
        expect(safeText(text)).to.equal(text.replace(half, "\ufffd"));
        expect(() => encodeURI(safeText(text))).not.to.throw();
      }
    }
  });

  it("never cuts a code point in two", () => {
    for (let lead = 0; lead < 4; lead++) {
      for (let length = 1; length <= 24; length++) {
        const cut = safeText(`${"x".repeat(lead)}${"😀".repeat(length)}`, 10);
        expect(cut.isWellFormed(), cut).to.equal(true);
        expect(Array.from(cut).length).to.be.at.most(10);
        expect(cut).not.to.contain("\ufffd");
        expect(cut.endsWith("…")).to.equal(lead + length > 10);
      }
    }
  });

  it("leaves text of exactly the limit alone", () => {
    expect(safeText("é".repeat(512))).to.equal("é".repeat(512));
    expect(safeText("😀".repeat(512))).to.equal("😀".repeat(512));
    expect(safeText("😀".repeat(513))).to.equal(`${"😀".repeat(511)}…`);
  });

  it("handles a megabyte at once", () => {
    const started = performance.now();
    for (const text of ["a", "\n", "😀", "\ud800"]) {
      expect(Array.from(safeText(text.repeat(1_000_000))).length).to.equal(512);
    }
    expect(performance.now() - started).to.be.below(500);
  });

  it("escapes controls, line separators and bidi overrides", () => {
    expect(safeText("a\0b\r\nc\u001b[31m\u007f\u009b")).to.equal("a\\u0000b\\u000d\\u000ac\\u001b[31m\\u007f\\u009b");
    expect(safeText("\u2028\u2029\u202e\u2066\ufeff")).to.equal("\\u2028\\u2029\\u202e\\u2066\\ufeff");
    expect(safeText("naïve 日本 \\ok")).to.equal("naïve 日本 \\ok");
  });
});
