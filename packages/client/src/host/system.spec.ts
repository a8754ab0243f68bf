// SPDX-License-Identifier: Apache-2.0

import { Platform } from "@hostscope/proto/gen/host";
import { ProcessAttribute } from "@hostscope/proto/gen/process_info";
import { System } from "@hostscope/proto/gen/system";
import { expect } from "chai";
import { LINUX } from "../constants/platform.ts";
import { InternalError } from "../errors.ts";
import { createHost } from "../open.ts";
import { failureOf } from "../spec-support/failure-of.ts";
import { FakeTransport } from "../spec-support/fake-transport.ts";

describe("Host's sessions and what it is", () => {
  it("users are sessions, with null for what the host does not tell", async () => {
    const fake = new FakeTransport().on(System.method.users, () => ({
      users: [{ name: "anna", terminal: "pts/2", host: "localhost", started: 1.5e9, pid: 77n }, { name: "ben" }],
    }));
    expect(await createHost(fake).users()).to.deep.equal([
      { name: "anna", terminal: "pts/2", host: "localhost", started: 1.5e9, pid: 77 },
      { name: "ben", terminal: null, host: null, started: 0, pid: null },
    ]);
  });

  it("hostInfo tells the platform by its constant, and what can be asked", async () => {
    const hostInfo = {
      hostname: "db7",
      platform: Platform.LINUX,
      constants: { pageSize: 4096, signals: [{ name: "SIGTERM", number: 15 }] },
      agentVersion: "9.9.9",
      methods: ["System.Users"],
      processAttributes: [ProcessAttribute.PID, ProcessAttribute.NUM_FDS, 99 as ProcessAttribute],
    };
    const fake = new FakeTransport().on(System.method.hostInfo, () => ({ hostInfo }));
    const info = await createHost(fake).hostInfo();
    expect(info.platform).to.equal(LINUX);
    expect(info.constants?.signals).to.deep.equal([{ name: "SIGTERM", number: 15 }]);
    expect(info.processAttributes).to.deep.equal(["pid", "numFds"]);
    expect(info).to.include({ hostname: "db7", agentVersion: "9.9.9", os: null, boot: null });
    fake.on(System.method.hostInfo, () => ({}));
    await failureOf(createHost(fake).hostInfo(), InternalError);
  });
});
