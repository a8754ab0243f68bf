// SPDX-License-Identifier: Apache-2.0

import { AttributeOutcome, ProcessAttribute } from "@hostscope/proto/gen/process_info";
import { expect } from "chai";
import { InvalidArgument } from "../errors.ts";
import { failureOf } from "../spec-support/failure-of.ts";
import { FakeProcesses } from "../spec-support/fake-processes.ts";
import { goesBy } from "./find-by-name.ts";

describe("Finding processes by name", () => {
  const nobody = { name: "x", exe: null, cmdline: null };
  const cases: [string, Parameters<typeof goesBy>[0], string, boolean][] = [
    ["its name", { ...nobody, name: "nginx" }, "nginx", true],
    ["its executable's file name", { ...nobody, exe: "/usr/sbin/nginx" }, "nginx", true],
    ["that of Windows", { ...nobody, exe: "C:\\Windows\\notepad.exe" }, "notepad.exe", true],
    ["a POSIX file name that has a backslash", { ...nobody, exe: "/opt/a\\b" }, "a\\b", true],
    ["its first argument", { ...nobody, cmdline: ["nginx:", "worker"] }, "nginx:", true],
    ["not its second", { ...nobody, cmdline: ["sh", "nginx"] }, "nginx", false],
    ["not a part of any", { name: "nginx", exe: "/usr/sbin/nginx", cmdline: ["nginx"] }, "ngin", false],
    ["not the executable that a kernel thread has not", { ...nobody, exe: "", cmdline: [] }, "", false],
  ];
  for (const [what, facts, wanted, goes] of cases) {
    it(`goes by ${what}`, () => expect(goesBy(facts, wanted)).to.equal(goes));
  }

  it("reads what it needs in one RPC and gives the objects of processIter", async () => {
    const fake = new FakeProcesses()
      .set(1, { name: "init", exe: "/sbin/init", cmdline: ["init"] })
      .set(2, { name: "MainThread", exe: "/usr/bin/node", cmdline: ["node", "x"] })
      .set(3, {
        name: "node",
        failures: [
          { attribute: ProcessAttribute.EXE, outcome: AttributeOutcome.DENIED },
          { attribute: ProcessAttribute.CMDLINE, outcome: AttributeOutcome.ZOMBIE },
        ],
      });
    const host = fake.host();
    const found = await host.processesByName("node");
    expect(found.map(({ pid, info }) => [pid, info.exe])).to.deep.equal([
      [2, "/usr/bin/node"],
      [3, null],
    ]);
    expect(fake.count("List")).to.equal(1);
    for await (const process of host.processIter()) {
      if (process.pid === 2) expect(process).to.equal(found[0]);
    }
    expect(await host.processesByName("nobody")).to.deep.equal([]);
    await failureOf(host.processesByName(5 as never), InvalidArgument);
    await failureOf(host.processesByName("x", { attrs: ["pid"] } as object), InvalidArgument);
  });
});
