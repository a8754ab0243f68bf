// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { service } from "./service.ts";

/** Runs the command in this process, with what it writes to standard error. */
async function run(...args: string[]): Promise<{ code: number; errors: string }> {
  const { write } = process.stderr;
  let errors = "";
  process.stderr.write = (text: string | Uint8Array) => {
    errors += String(text);
    return true;
  };
  try {
    const code = await service(args);
    return { code, errors };
  } finally {
    process.stderr.write = write;
  }
}

describe("hostscope-agent service", () => {
  it("says what it takes", async () => {
    for (const args of [[], ["pause"], ["stop", "now"], ["install", "--listne=1"], ["install", "--start=boot"]]) {
      const { code, errors } = await run(...args);
      expect(code, args.join(" ")).to.equal(64);
      expect(errors).to.contain("Usage: hostscope-agent service install");
    }
  });

  it("is Windows' own", async function () {
    if (process.platform === "win32") this.skip();
    for (const verb of ["uninstall", "start", "stop", "status"]) {
      const { code, errors } = await run(verb);
      expect(code, verb).to.equal(1);
      expect(errors).to.match(
        /^hostscope-agent service: services of this kind are Windows'; .*docs\/deployment\.md\n$/,
      );
    }
  });
});
