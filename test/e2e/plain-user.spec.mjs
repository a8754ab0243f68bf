// SPDX-License-Identifier: Apache-2.0

import { chownSync, mkdirSync, mkdtempSync, readdirSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { ROOT } from "../../scripts/lib/paths.mjs";
import { runCaptured } from "../../scripts/lib/run-captured.mjs";
import { requireMachine } from "../support/oracle.ts";

const NOBODY = 65534;
/** The checkout and Node where anybody may enter, though they may lie below a folder of root's, seen by what follows alone. */
const AS_NOBODY = `set -e
mount --bind "$1" "$0/checkout"; mount --bind "$2" "$0/node"; cd "$0/checkout"; node=$0/node
export HOME="$0/home" TMPDIR="$0/tmp"; unset XDG_RUNTIME_DIR XDG_STATE_HOME XDG_CACHE_HOME; shift 2
exec setpriv --reuid ${NOBODY} --regid ${NOBODY} --clear-groups -- "$node" "$@"`;
const SPECS = readdirSync(join(ROOT, "test", "conformance")).filter((name) => name.endsWith(".spec.ts"));
const ARGS = ["--import", "tsx", "scripts/lib/mocha-main.mjs", "--timeout", "60000"];
/** Both ways to the machine, and what is no matter of those: one after the other, as each compares what moves. */
const HALVES = { "over gRPC": ", over gRPC", "local, and the rest": "^(?!.*, over gRPC)" };

/** What went wrong, without the hundreds of lines before it and the skipped tests behind: a log may be cut to its end. */
function failuresIn(output) {
  const told = output.replaceAll(/^ {2}SKIPPED .*\n.*\n?/gm, "");
  const start = told.search(/^ {2}\d+ (passing|failing)/m);
  return start < 0 ? told : told.slice(start);
}

// It takes a minute or two, so only in CI. Whoever is not root has run them as a plain user already.
if (process.env.HOSTSCOPE_REQUIRE_ORACLES === "1" && process.getuid?.() === 0) {
  describe("The conformance suite as a plain user", function () {
    this.timeout(600_000);
    this.slow(200_000);

    let folder;
    before(() => {
      folder = mkdtempSync(join(tmpdir(), "hostscope-plain-user-"));
      chownSync(folder, NOBODY, NOBODY);
      for (const name of ["checkout", "home", "tmp"]) {
        mkdirSync(join(folder, name));
        chownSync(join(folder, name), NOBODY, NOBODY);
      }
      writeFileSync(join(folder, "node"), "");
    });
    after(() => {
      if (folder === undefined) return;
      rmdirSync(join(folder, "checkout")); // never what is mounted there
      rmSync(folder, { recursive: true });
    });

    const run = (...args) =>
      runCaptured("unshare", ["--mount", "sh", "-c", AS_NOBODY, folder, ROOT, process.execPath, ...args]);

    it("passes on every transport, but for what only root can do", async function () {
      const identity = await run("-p", "process.getuid()");
      requireMachine.call(this, `a mount namespace (${identity.output})`, identity.code === 0);
      expect(identity.output).to.equal(String(NOBODY));
      for (const [name, grep] of Object.entries(HALVES)) {
        const { code, output } = await run(...ARGS, "--grep", grep, ...SPECS.map((spec) => `test/conformance/${spec}`));
        expect(code, failuresIn(output)).to.equal(0);
        const count = (what) => Number(new RegExp(`(\\d+) ${what}`).exec(output)?.[1] ?? 0);
        const skipped = output.match(/^ {2}SKIPPED .*\n.*$/gm) ?? [];
        console.log(`    ${name}: ${count("passing")} passed, ${count("pending")} skipped\n${skipped.join("\n")}`);
        expect(count("passing"), failuresIn(output)).to.be.above(200);
      }
    });
  });
}
