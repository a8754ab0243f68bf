// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { InvalidArgument } from "./errors.ts";
import { checkRoots, LOCAL_ROOTS } from "./local-roots.ts";
import { open } from "./open.ts";
import { failureOf } from "./spec-support/failure-of.ts";

describe("Where open() reads this machine from", () => {
  const local = { kind: "local" } as const;

  it("may be said in part, and left out", () => {
    expect(() => checkRoots(local, {})).to.not.throw();
    expect(() => checkRoots(local, { procfs: "/host/proc", sysfs: undefined, rootfs: "/" })).to.not.throw();
  });

  for (const root of LOCAL_ROOTS) {
    it(`${root} must be an absolute path`, () => {
      for (const path of ["proc", "", "./proc", "/proc\0", 5, null]) {
        expect(() => checkRoots(local, { [root]: path }), String(path)).to.throw(InvalidArgument, `${root} must be`);
      }
    });

    it(`${root} is not for a host with an agent, and is refused before anything is dialled`, async () => {
      const error = await failureOf(open("grpc://127.0.0.1:1", { [root]: "/host/proc" }), InvalidArgument);
      expect(error.message).to.contain(`--${root === "stateDir" ? "state-dir" : root}`);
    });
  }

  it("misspelt is refused with what was meant", async () => {
    const error = await failureOf(open("local:", { procFs: "/proc" } as object), InvalidArgument);
    expect(error.message).to.contain('did you mean "procfs"?');
  });
});
