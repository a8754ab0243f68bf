// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { alternativeNames, clientNames } from "./certificate-names.ts";

const names = (subjectAltName: string | undefined) => clientNames({ subjectAltName: subjectAltName as string });

describe("Names of a client certificate", () => {
  const cases: [string | undefined, string[]][] = [
    [undefined, []],
    ["", []],
    ["DNS:ops.example", ["dns:ops.example"]],
    ["DNS:OPS.Example, URI:spiffe://corp.example/ns/ops", ["dns:ops.example", "spiffe://corp.example/ns/ops"]],
    ["IP Address:10.0.0.1, email:root@corp.example", []],
    ["URI:https://corp.example/ops", []],
    ["URI:spiffe://corp.example", ["spiffe://corp.example"]],
    ["URI:spiffe://corp.example/a/../b", []],
    ["URI:spiffe://user@corp.example/a, URI:spiffe://corp.example:1/a, URI:spiffe://corp.example/a?b", []],
    ["DNS:*.corp.example", []],
    // A name that pretends to be two, as Node shows it: quoted.
    ['DNS:"evil.example, URI:spiffe://corp.example/root"', []],
    ['DNS:"evil.example\\", DNS:root.example"', []],
    ['DNS:a.example, DNS:"b, DNS:root.example", DNS:c.example', ["dns:a.example", "dns:c.example"]],
    // What cannot be read to its end counts for nothing.
    ['DNS:a.example, DNS:"b', []],
    ["DNS:a.example, nonsense", []],
    ["DNS:a.example,DNS:b.example", []],
    [`DNS:${"a".repeat(254)}`, []],
    ["DNS:-a.example, DNS:a..b, DNS:a b", []],
  ];
  for (const [text, expected] of cases) {
    it(`${text} has ${expected.length}`, () => expect(names(text)).to.deep.equal(expected));
  }

  it("are read in time however long the list is", () => {
    const text = Array.from({ length: 20_000 }, (_, at) => `DNS:h${at}.example`).join(", ");
    const began = performance.now();
    expect(alternativeNames({ subjectAltName: text })).to.have.length(20_000);
    names(`DNS:"${"\\".repeat(200_000)}`);
    expect(performance.now() - began).to.be.below(5_000);
  });
});
