// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { LIMITS } from "../config/limits.ts";
import { Admission } from "./admission.ts";
import { addressKey } from "./peer.ts";

describe("Limits per address", () => {
  it("count by IPv4 address, and by the network of an IPv6 one however it is written", () => {
    expect(addressKey("10.0.0.1")).to.equal("10.0.0.1");
    expect(addressKey("::ffff:10.0.0.1")).to.equal("10.0.0.1");
    expect(addressKey("2001:db8:1:2:3:4:5:6")).to.equal("2001:db8:1:2::/64");
    expect(addressKey("2001:db8:1:2::9")).to.equal("2001:db8:1:2::/64");
    expect(addressKey("2001:db8::1")).to.equal("2001:db8:0:0::/64");
    expect(addressKey("::1")).to.equal("0:0:0:0::/64");
    expect(addressKey("fe80::1%eth0")).to.equal("fe80:0:0:0::/64");
  });

  it("let in up to each limit, and again when others have left", () => {
    const admission = new Admission({ ...LIMITS, connections: 3, connectionsPerAddress: 2, connectionsPerUser: 1 });
    expect(admission.enter("a", null)).to.equal(null);
    expect(admission.enter("a", null)).to.equal(null);
    expect(admission.enter("a", null)).to.equal("connections_per_address");
    expect(admission.enter(null, 0)).to.equal(null);
    expect(admission.enter(null, 1)).to.equal("connections");
    admission.leave("a", null);
    expect(admission.enter(null, 0)).to.equal("connections_per_user");
    expect(admission.enter("a", null)).to.equal(null);
    expect(admission.enter("b", null)).to.equal("connections");
  });

  it("let in as many handshakes as may be, each counted once however often it ends", () => {
    const admission = new Admission({ ...LIMITS, handshakes: 1 });
    const end = admission.startHandshake();
    expect(admission.startHandshake()).to.equal(null);
    end?.();
    end?.();
    expect(admission.handshakes).to.equal(0);
    expect(admission.startHandshake()).to.be.a("function");
  });
});
