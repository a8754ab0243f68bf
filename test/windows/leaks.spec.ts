// SPDX-License-Identifier: Apache-2.0
// Handles that reads leave open. Counted by the list of all handles, which the collector has nothing to do with.

import { expect } from "chai";
import { stateFolder } from "../support/state-folder.ts";
import { buildForWindows, runOnWindows, windowsPath, windowsProgram } from "../support/windows-machine.ts";

/** Threads of two pools come and go, each with some handles. */
const SLACK = 24;
const MOST_MS = process.env.HOSTSCOPE_LONG === "1" ? 60_000 : 3_000;

describe("Thousands of reads on Windows", function () {
  this.timeout(3_600_000);
  this.slow(600_000);
  const state = stateFolder();
  after(() => state.remove());

  it("leave no handles behind", async () => {
    const oracle = await buildForWindows("windows_program.cc");
    const program = runOnWindows(windowsProgram("repeated-reads"), oracle, windowsPath(state.path), String(MOST_MS));
    try {
      expect(await program.ended, program.errors()).to.equal(0);
      const rows = program
        .output()
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
      expect(rows.length).to.be.above(60);
      for (const row of rows) {
        const shown = JSON.stringify(row);
        // Else one of each call would not show.
        expect(row.done, shown).to.be.above(SLACK);
        expect(row.before, shown).to.be.above(20);
        expect(row.after - row.before, shown).to.be.at.most(SLACK);
      }
    } finally {
      await program.stop();
    }
  });
});
