// SPDX-License-Identifier: Apache-2.0

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describeMethod } from "@hostscope/proto";
import { expect } from "chai";
import { allowedBytes, FEWEST_CALLS, type Growth } from "../support/leak-growth.ts";
import { CALLED_METHODS } from "../support/leak-requests.ts";

const PROBE = fileURLToPath(new URL("../support/leak-probe.ts", import.meta.url));
/** A thread of the pool may start, and a file that is kept for the next call be opened, between two looks. */
const THREADS = 8;
const FILES = 8;

describe("Hundreds of calls, good, bad and cancelled, leave nothing behind", function () {
  this.timeout(300_000);
  this.slow(120_000);

  const growths = new Map<string, Growth>();
  before(async () => {
    const env = { ...process.env, MALLOC_ARENA_MAX: "1" };
    const flags = ["--import", "tsx", "--expose-gc", PROBE];
    const { stdout } = await promisify(execFile)(process.execPath, flags, { env });
    for (const line of stdout.trim().split("\n")) {
      const growth = JSON.parse(line) as Growth;
      growths.set(growth.method, growth);
    }
  });

  for (const { path } of CALLED_METHODS.map(describeMethod)) {
    it(path, () => {
      const growth = growths.get(path) as Growth;
      expect(growth, "the probe called it").not.to.equal(undefined);
      const shown = JSON.stringify(growth);
      expect(growth.calls, shown).to.be.at.least(FEWEST_CALLS);
      // A quarter of the requests is good and waited for, of which some may be too many at once. Linux has no services.
      if (!path.includes("WinService")) expect(growth.answered, shown).to.be.at.least(FEWEST_CALLS / 8);
      expect(growth.files, shown).to.be.at.most(FILES);
      expect(growth.threads, shown).to.be.at.most(THREADS);
      expect(growth.nativeBytes, shown).to.be.below(allowedBytes(growth.calls));
      expect(growth.scriptBytes, shown).to.be.below(allowedBytes(growth.calls));
    });
  }
});
