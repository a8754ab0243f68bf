// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { formatAddress, parseListenAddress } from "./listen-address.ts";

describe("listen address", () => {
  const good: [string, string, number][] = [
    ["127.0.0.1:0", "127.0.0.1", 0],
    ["127.1.2.3:65535", "127.1.2.3", 65535],
    ["[::1]:7440", "::1", 7440],
    ["localhost:1", "127.0.0.1", 1],
    ["LocalHost:1", "127.0.0.1", 1],
  ];
  for (const [text, host, port] of good) {
    it(`takes ${text}`, () => {
      expect(parseListenAddress(text)).to.deep.equal({ host, port });
    });
  }

  const bad: [string, string][] = [
    ["0.0.0.0:7440", "not a loopback address"],
    ["[::]:7440", "not a loopback address"],
    ["10.0.0.5:7440", "ssh -L"],
    ["[::ffff:10.0.0.5]:7440", "not a loopback address"],
    ["[fe80::1%lo]:7440", "not a loopback address"],
    ["[::1%lo]:7440", "not a loopback address"],
    ["[2001:db8::1]:7440", "not a loopback address"],
    ["example.com:7440", "not an address in digits"],
    ["localhost.:7440", "not an address in digits"],
    ["localhost.example:7440", "not an address in digits"],
    [":7440", "not an address in digits"],
    ["*:7440", "not an address in digits"],
    ["127.1:7440", "not an address in digits"],
    ["0x7f000001:7440", "not an address in digits"],
    ["127.0.0.01:7440", "not an address in digits"],
    ["127.0.0.1", "not HOST:PORT"],
    ["7440", "not HOST:PORT"],
    ["", "not HOST:PORT"],
    ["::1", "write IPv6 as [::1]"],
    ["::1:7440", "write IPv6 as [::1]"],
    ["[::1]", "not HOST:PORT"],
    ["[127.0.0.1]:7440", "not an IPv6 address"],
    ["[localhost]:1", "not an IPv6 address"],
    ["127.0.0.1:65536", "0 to 65535"],
    ["127.0.0.1:-1", "0 to 65535"],
    ["127.0.0.1:", "0 to 65535"],
    ["127.0.0.1: 80", "0 to 65535"],
    ["127.0.0.1:8e1", "0 to 65535"],
    ["127.0.0.1:80\n", "0 to 65535"],
    ["grpc://127.0.0.1:80", "not HOST:PORT"],
    ["unix:/run/agent.sock", "not an address in digits"],
  ];
  for (const [text, message] of bad) {
    it(`refuses ${JSON.stringify(text)} and says why`, () => {
      expect(() => parseListenAddress(text)).to.throw(Error, message);
    });
  }

  it("does not echo control characters", () => {
    expect(() => parseListenAddress("\u001b[2J\u202e:1")).to.throw(Error, "\\u001b[2J\\u202e");
  });

  it("formats what it parsed", () => {
    for (const text of ["127.0.0.1:0", "[::1]:7440"]) expect(formatAddress(parseListenAddress(text))).to.equal(text);
  });
});
