// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { refuse } from "./request-check.ts";

describe("a request for metrics", () => {
  it("may name this machine's loopback, at any port", () => {
    for (const host of ["localhost", "LOCALHOST:9100", "127.0.0.1", "127.0.0.1:1", "127.9.9.9:65535", "[::1]:9100"]) {
      expect(refuse({ host }), host).to.equal(null);
    }
  });

  it("may not name anything else: that is how a web page would ask", () => {
    for (const host of [
      undefined,
      "",
      "evil.example",
      "localhost.evil.example:9100",
      "127.0.0.1.evil.example",
      "10.0.0.1:9100",
      "[::ffff:10.0.0.1]",
      "[::1",
      "::1",
      "localhost:",
      "localhost:999999",
      "user@localhost",
      "x".repeat(5_000),
    ]) {
      expect(refuse({ host }), host).to.match(/^this name is not served here/);
    }
  });

  it("may not come from a page of another origin", () => {
    const host = "localhost";
    expect(refuse({ host, "sec-fetch-site": "cross-site" })).to.equal("pages of other origins may not ask");
    expect(refuse({ host, "sec-fetch-site": "same-site" })).to.equal("pages of other origins may not ask");
    expect(refuse({ host, "sec-fetch-site": "none" })).to.equal(null);
  });
});
