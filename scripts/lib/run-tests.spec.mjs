// SPDX-License-Identifier: Apache-2.0

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { ROOT } from "./paths.mjs";

/** Runs runTests on one spec in a process of its own, so that its output and its signals are not ours. */
function runSpec(folder, body, { limitMs = 30_000, flags = [] } = {}) {
  const spec = join(folder, "sample.spec.ts");
  writeFileSync(spec, body);
  const program = `
    import { runTests } from ${JSON.stringify(new URL("./run-tests.mjs", import.meta.url).href)};
    const { reasons, ...outcome } = await runTests(${JSON.stringify([...flags, spec])}, { limitMs: ${limitMs} });
    console.log("\\n" + JSON.stringify({ ...outcome, reasons: [...reasons] }));
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
  const last = stdout.trimEnd().split("\n").pop();
  return { ...JSON.parse(last), output: stdout + stderr };
}

describe("the test runner", function () {
  this.timeout(60_000);

  let folder;
  before(() => {
    const parent = join(ROOT, "node_modules", ".cache");
    mkdirSync(parent, { recursive: true });
    folder = mkdtempSync(join(parent, "run-tests-"));
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("counts what passed, failed and was skipped, and prints why", () => {
    const { passed, failed, skipped, reasons, problems, output } = runSpec(
      folder,
      `describe("a", () => {
        it("is well", () => {});
        it("is wrong", () => { throw new Error("so wrong"); });
        it.skip("is left out", () => {});
        it("misses something", function () { (this.test as any).skipReason = "no moon tonight"; this.skip(); });
        describe("whole", () => {
          before(function () { (this as any).runnable().parent.skipReason = "no sun either"; this.skip(); });
          it("one", () => {});
          it("two", () => {});
        });
      });`,
    );
    expect({ passed, failed, skipped, problems }).to.deep.equal({ passed: 1, failed: 1, skipped: 4, problems: [] });
    expect(reasons).to.have.deep.members([
      [null, 1],
      ["no moon tonight", 1],
      ["no sun either", 2],
    ]);
    for (const words of ["so wrong", "no reason given", "no moon tonight", "SKIPPED a whole two", "no sun either"]) {
      expect(output).to.contain(words);
    }
  });

  it("where all is demanded, fails what could be installed and skips what the machine cannot do", () => {
    const oracle = join(ROOT, "test", "support", "oracle.ts");
    const body = `
      import { requireMachine, requireOracle } from ${JSON.stringify(oracle)};
      process.env.HOSTSCOPE_REQUIRE_ORACLES = "1";
      it("asks a program", function () { requireOracle.call(this, "an-oracle", false); });
      it("asks the kernel", function () { requireMachine.call(this, "a newer kernel", false); });
      it("asks for what is there", function () { requireMachine.call(this, "a kernel", true); });`;
    const { passed, failed, skipped, reasons, output } = runSpec(folder, body);
    expect({ passed, failed, skipped }).to.deep.equal({ passed: 1, failed: 1, skipped: 1 });
    expect(reasons).to.deep.equal([["this machine cannot: it takes a newer kernel", 1]]);
    expect(output).to.contain("an-oracle is not installed");
  });

  it("loads one copy of a module, however it is imported", () => {
    writeFileSync(join(folder, "once.ts"), "export class Once {}");
    const body = `
      import { Once } from "./once.ts";
      const other = await import("./once.ts");
      it("is one", () => { if (other.Once !== Once) throw new Error("two copies"); });`;
    expect(runSpec(folder, body)).to.include({ passed: 1, failed: 0 });
  });

  it("fails on a rejection that nobody handles", () => {
    const body = `it("rejects", () => { void Promise.reject(new Error("unheard")); return new Promise(() => {}); });`;
    expect(runSpec(folder, body)).to.include({ passed: 0, failed: 1 });
  });

  it("tells what keeps it alive after the tests", () => {
    const body = `import net from "node:net"; it("listens", (done) => { net.createServer().listen(0, () => done()); });`;
    const { passed, problems, output } = runSpec(folder, body);
    expect(passed).to.equal(1);
    expect(problems).to.have.lengthOf(1);
    expect(output).to.match(/Server on .*port/);
  });

  it("ends a run that hangs, and names the test", () => {
    const body = `it("is well", () => {}); it("spins", () => { for (;;); });`;
    const { passed, problems } = runSpec(folder, body, { limitMs: 3_000 });
    expect(passed).to.equal(1);
    expect(problems.join("\n")).to.match(/no end after 3 s; last begun: spins/);
  });

  it("notices that the process died", () => {
    const body = `it("is well", () => {}); it("dies", () => { process.kill(process.pid, "SIGKILL"); });`;
    const { passed, problems } = runSpec(folder, body);
    expect(passed).to.equal(1);
    expect(problems.join("\n")).to.match(/ended early \(SIGKILL\), in: dies/);
  });

  it("finds and ends processes that a test has left behind", () => {
    const body = `import { spawn } from "node:child_process";
      it("leaves one", () => { spawn("sleep", ["55"], { stdio: "ignore", detached: true }).unref(); });`;
    const { passed, problems } = runSpec(folder, body);
    expect(passed).to.equal(1);
    expect(problems.join("\n")).to.match(/left processes running:\n +\d+ sleep 55/);
  });

  it("reports a test file that cannot be loaded", () => {
    const { passed, problems } = runSpec(folder, `import "./nowhere.ts";`);
    expect(passed).to.equal(0);
    expect(problems.join("\n")).to.contain("loading the test files");
  });

  it("runs only what --grep picks, and refuses .only where told to", () => {
    const body = `it("one", () => {}); it("two", () => {});`;
    expect(runSpec(folder, body, { flags: ["--grep", "two"] })).to.include({ passed: 1 });
    const only = runSpec(folder, `it.only("one", () => {});`, { flags: ["--forbid-only"] });
    expect(only.passed).to.equal(0);
    expect(only.problems).not.to.deep.equal([]);
  });
});
