// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { explainTls } from "./tls-failure.ts";

describe("A failure of TLS", () => {
  const cut = "No connection established. Last error: Error: read ECONNRESET (2026-11-29T00:00:00.000Z)";

  it("is the client certificate where a host ends a connection that came to be none", () => {
    expect(explainTls(cut, true, true)).to.include({ code: "tls_client_certificate" });
    expect(explainTls(cut, true, false)?.message).to.contain("may want a client certificate");
  });

  it("is none where the host was not seen, or was in use already", () => {
    expect(explainTls(cut, false, true)).to.equal(null);
    for (const text of ["Connection dropped", "read ECONNRESET", "Channel closed before call started"]) {
      expect(explainTls(text, true, true), text).to.equal(null);
    }
  });
});
