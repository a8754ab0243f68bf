// SPDX-License-Identifier: Apache-2.0

import { constants } from "node:os";
import { expect } from "chai";
import { SIGNAL_NAMES, SIGNALS, signalName, signalNumber, signalNumbers } from "./signal-name.ts";

describe("Signals in a policy", () => {
  it("are the system's, by name and number", () => {
    expect(SIGNALS).to.deep.include(constants.signals);
    expect(signalNumber("SIGHUP")).to.equal(constants.signals.SIGHUP).and.equal(signalNumber("HUP"));
    expect(signalName(constants.signals.SIGTERM)).to.equal("TERM");
    expect(SIGNAL_NAMES).to.include.members(["TERM", "KILL", "STOP", "CONT"]);
  });

  it("have those of suspend and resume where the system has no such signals, as on Windows", () => {
    expect(signalNumbers({ SIGTERM: 15, SIGKILL: 9 })).to.deep.equal({
      SIGTERM: 15,
      SIGKILL: 9,
      SIGSTOP: 19,
      SIGCONT: 18,
    });
    expect(signalNumbers({ SIGSTOP: 17, SIGCONT: 19 })).to.include({ SIGSTOP: 17, SIGCONT: 19 });
  });
});
