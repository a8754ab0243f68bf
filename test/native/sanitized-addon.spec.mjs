// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import {
  buildSanitizedAddon,
  runSanitized,
  runSanitizedTests,
  sanitizedSpecs,
} from "../../scripts/lib/sanitized-addon.mjs";

const LOADED = `require(process.env["@HOSTSCOPE/NATIVE_PREBUILD"] + "/build/Release/hostscope.node");
  console.log(/libasan/.test(require("node:fs").readFileSync("/proc/self/maps", "utf8")));`;

// It takes minutes, so only in CI; by hand: npm run test:sanitized.
if (process.env.HOSTSCOPE_REQUIRE_ORACLES === "1") {
  describe("The addon under AddressSanitizer and UndefinedBehaviorSanitizer", function () {
    this.timeout(600_000);
    this.slow(300_000);

    before(() => buildSanitizedAddon());

    it("is what is tested", async () => {
      expect(await runSanitized(["-e", LOADED])).to.deep.equal({ code: 0, output: "true" });
    });

    it("answers every call that this host is read with, without a wrong access", async () => {
      const { code, output } = await runSanitizedTests(sanitizedSpecs());
      expect(code, output).to.equal(0);
      expect(Number(/(\d+) passing/.exec(output)?.[1]), output).to.be.above(50);
    });
  });
}
