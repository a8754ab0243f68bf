// SPDX-License-Identifier: Apache-2.0
// Conditions on the accounts that processes run as. Under Wine all run as one, so what differs is who may do what.

import { StatusCode } from "@hostscope/proto";
import { ControlOutcome } from "@hostscope/proto/gen/process_tree";
import { expect } from "chai";
import { stateFolder } from "../support/state-folder.ts";
import {
  buildForWindows,
  nodePathOnWindows,
  runOnWindows,
  startOnWindows,
  windowsPath,
  windowsProgram,
} from "../support/windows-machine.ts";

const { PERMISSION_DENIED, NOT_FOUND } = StatusCode;
const { SIGNALLED } = ControlOutcome;

describe("Conditions on accounts", function () {
  this.timeout(240_000);
  const state = stateFolder();
  after(() => state.remove());

  it("let callers meet processes of these accounts alone, by name in any case and by SID", async () => {
    const oracle = await buildForWindows("windows_program.cc");
    const node = startOnWindows(nodePathOnWindows(), "-e", `console.log(process.pid); setInterval(Date, 6e4)`);
    const programs = [node];
    try {
      while (!node.output().includes("\n")) await new Promise((resolve) => setTimeout(resolve, 100));
      const asked = startOnWindows(oracle, "account", node.output().trim());
      programs.push(asked);
      expect(await asked.ended).to.equal(0);
      const [sid = "", name = ""] = asked.output().split("\0");
      const program = runOnWindows(windowsProgram("granted-calls"), windowsPath(state.path), sid);
      programs.push(program);
      expect(await program.ended, program.errors()).to.equal(0);
      const said = JSON.parse(program.output());
      expect(said.own).to.equal(name);
      expect(said.last).to.equal(0);
      expect(said.denied).to.deep.equal(Array(said.denied.length).fill(PERMISSION_DENIED));
      expect(said.nice).to.deep.equal(Array(said.nice.length).fill(PERMISSION_DENIED));
      expect([said.denied.length, said.nice.length]).to.deep.equal([9, 9]);
      expect(said.allowed).to.deep.equal([0, 0, 0, 0]);
      // A tree with more than are allowed is left as it is; with as many, all of it is met.
      expect(said.tooMany).to.contain("3 processes at once");
      expect(said.outcomes).to.deep.equal([SIGNALLED, SIGNALLED, SIGNALLED]);
      expect([said.survivors, said.left]).to.deep.equal([0, NOT_FOUND]);
    } finally {
      for (const program of programs) await program.stop();
    }
  });
});
