// SPDX-License-Identifier: Apache-2.0

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describeMethod } from "@hostscope/proto";
import { Process } from "@hostscope/proto/gen/process";
import { Sensors } from "@hostscope/proto/gen/sensors";
import { System } from "@hostscope/proto/gen/system";
import { WinService } from "@hostscope/proto/gen/win_service";
import { expect } from "chai";
import { allowedBytes, type Growth } from "../support/leak-growth.ts";

const PROBE = fileURLToPath(new URL("../support/leak-probe.ts", import.meta.url));
/** A thread of the pool may start, and a file that is kept for the next call be opened, between two looks. */
const THREADS = 8;
const FILES = 24;

const methods = [System, Process, Sensors, WinService]
  .flatMap((service) => service.methods.map(describeMethod))
  .filter(({ mutates, kind }) => !mutates && kind !== "bidi_streaming");

describe("Hundreds of calls, good, bad and cancelled, leave nothing behind", function () {
  this.timeout(180_000);
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

  for (const { path } of methods) {
    it(path, () => {
      const growth = growths.get(path) as Growth;
      expect(growth, "the probe called it").not.to.equal(undefined);
      const shown = JSON.stringify(growth);
      expect(growth.calls, shown).to.be.at.least(8);
      expect(growth.files, shown).to.be.at.most(FILES);
      expect(growth.threads, shown).to.be.at.most(THREADS);
      expect(growth.nativeBytes, shown).to.be.below(allowedBytes(growth.calls));
      expect(growth.scriptBytes, shown).to.be.below(allowedBytes(growth.calls));
    });
  }
});
