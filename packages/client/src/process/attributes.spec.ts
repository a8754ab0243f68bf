// SPDX-License-Identifier: Apache-2.0

import { ProcessAttribute, ProcessInfoSchema } from "@hostscope/proto/gen/process_info";
import { expect } from "chai";
import {
  askedAttributes,
  attributeNumber,
  DEFAULT_ATTRIBUTES,
  fieldOf,
  type ProcessAttributeName,
  wireName,
} from "./attributes.ts";
import { Process } from "./process.ts";

describe("Attributes", () => {
  const fields = ProcessInfoSchema.fields.filter(({ number }) => number >= ProcessAttribute.PID);

  it("are the fields of a row, by the names rows have them and with their numbers", () => {
    for (const { localName, name, number } of fields) {
      expect(attributeNumber(localName as ProcessAttributeName), localName).to.equal(number);
      expect(wireName(localName as ProcessAttributeName)).to.equal(name);
    }
    const names = fields.map(({ localName }) => localName as ProcessAttributeName);
    expect(askedAttributes("test", names)).to.deep.equal({ names, byName: true });
  });

  it("that psutil named anew have both names", () => {
    for (const [later, first] of [
      ["netConnections", "connections"],
      ["memoryFootprint", "memoryFullInfo"],
    ] as const) {
      expect([attributeNumber(later), wireName(later), fieldOf(later)]).to.deep.equal([
        attributeNumber(first),
        wireName(first),
        first,
      ]);
    }
  });

  it("have a getter each", () => {
    const names = fields.map(({ localName }) => localName);
    for (const name of [...names, "netConnections", "memoryFootprint"].filter((name) => name !== "pid")) {
      expect(Process.prototype, name).to.have.property(name).that.is.a("function");
    }
  });

  it("that are read by default are all but cgroup, which psutil does not have, and the later names", () => {
    const names = fields.map(({ localName }) => localName).filter((name) => name !== "cgroup");
    expect([...DEFAULT_ATTRIBUTES].sort()).to.deep.equal(names.sort());
  });

  it("are asked for once each", () => {
    expect(askedAttributes("test", ["name", "pid", "name"]).names).to.deep.equal(["name", "pid"]);
  });
});
