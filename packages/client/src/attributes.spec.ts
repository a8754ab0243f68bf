// SPDX-License-Identifier: Apache-2.0

import { ProcessAttribute, ProcessInfoSchema } from "@hostscope/proto/gen/process_info";
import { expect } from "chai";
import {
  askedAttributes,
  attributeNumber,
  DEFAULT_ATTRIBUTES,
  type ProcessAttributeName,
  wireName,
} from "./attributes.ts";
import * as constants from "./constants.ts";
import { PROCESS_STATUS_TEXTS } from "./gen/hostscope/v1/process_values_plain.ts";
import { Process } from "./process.ts";
import { ProcessGetters } from "./process-getters.ts";

describe("Attributes", () => {
  const fields = ProcessInfoSchema.fields.filter(({ number }) => number >= ProcessAttribute.PID);

  it("are the fields of a row, by the names rows have them and with their numbers", () => {
    for (const { localName, name, number } of fields) {
      expect(attributeNumber(localName as ProcessAttributeName), localName).to.equal(number);
      expect(wireName(localName as ProcessAttributeName)).to.equal(name);
    }
    const names = fields.map(({ localName }) => localName as ProcessAttributeName);
    expect(askedAttributes("test", names)).to.deep.equal(names);
  });

  it("that are read by default are those with a getter", () => {
    const own = [ProcessGetters.prototype, Process.prototype].flatMap((prototype) =>
      Object.getOwnPropertyNames(prototype),
    );
    const names = fields.map(({ localName }) => localName);
    const readable = ["pid", ...own.filter((name) => names.includes(name))];
    expect([...DEFAULT_ATTRIBUTES].sort()).to.deep.equal(readable.sort());
  });

  it("are asked for once each", () => {
    expect(askedAttributes("test", ["name", "pid", "name"])).to.deep.equal(["name", "pid"]);
  });
});

describe("Constants", () => {
  it("have one for every process status of the schema, by psutil's names", () => {
    const statuses = PROCESS_STATUS_TEXTS.filter((text) => text !== "unspecified");
    const expected = statuses.map((text) => [`STATUS_${text.replaceAll("-", "_").toUpperCase()}`, text]);
    expect({ ...constants }).to.deep.equal(Object.fromEntries(expected));
  });
});
