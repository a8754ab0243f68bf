// SPDX-License-Identifier: Apache-2.0

import { StatusCode, StatusError } from "@hostscope/proto";
import { expect } from "chai";
import { EventLevel, ServiceState } from "./addon.ts";
import { loadNamedPipes } from "./named-pipes.ts";
import { loadTrustedFiles } from "./trusted-file.ts";
import { loadWindowsServices } from "./windows-service.ts";

describe("What only Windows has", () => {
  before(function () {
    if (process.platform === "win32") this.skip();
  });

  const definition = {
    name: "x",
    displayName: "x",
    description: "",
    command: ["x"],
    account: "LocalSystem",
    password: null,
    automatic: false,
    privileges: [],
    folder: "C:\\x",
  };
  const calls: Readonly<Record<string, () => unknown>> = {
    "registering a service": () => loadWindowsServices().install(definition),
    "removing a service": () => loadWindowsServices().uninstall("x"),
    "running as a service": () => loadWindowsServices().run("x", () => {}),
    "reporting to the service manager": () => loadWindowsServices().report(ServiceState.RUNNING),
    "the event log": () => loadWindowsServices().reportEvent("x", EventLevel.ERROR, 1, "x"),
    "a named pipe": () => loadNamedPipes().serve("\\\\.\\pipe\\x", null, () => {}),
    "an identity": () => loadNamedPipes().ownIdentity(),
    "an access control list": () => loadTrustedFiles().read(import.meta.filename, false, 1_000_000),
    "who may write a file": () => loadTrustedFiles().check(import.meta.filename),
  };
  for (const [what, call] of Object.entries(calls)) {
    it(`${what}: says so elsewhere`, async () => {
      const error = await Promise.resolve()
        .then(call)
        .then(
          () => null,
          (reason: unknown) => reason,
        );
      expect(error).to.be.instanceOf(StatusError).and.include({ code: StatusCode.UNIMPLEMENTED });
    });
  }
});
