// SPDX-License-Identifier: Apache-2.0

import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect } from "chai";
import { CACHE } from "./paths.mjs";
import { runLogged } from "./run-logged.mjs";
import { SetupError } from "./say.mjs";

const HERE = JSON.stringify(new URL("./run-logged.mjs", import.meta.url).href);

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe("a step of the setup", () => {
  const run = (program) => runLogged("test-step", process.execPath, ["-e", program], { cwd: ".", env: process.env });
  after(() => rmSync(join(CACHE, "test-step.log"), { force: true }));

  it("says nothing if it goes well", () => run("console.log(1)"));

  it("shows its output and where all of it is if it fails", async () => {
    const error = await run("console.log('to out'); console.error('to err'); process.exit(3)").catch((e) => e);
    expect(error).to.be.instanceOf(SetupError);
    for (const words of ["test-step failed (exit code 3)", "to out", "to err", "test-step.log"]) {
      expect(error.message).to.contain(words);
    }
  });

  it("says so if its program is not there", async () => {
    const error = await runLogged("test-step", "hostscope-nowhere", [], { cwd: ".", env: process.env }).catch((e) => e);
    expect(error.message).to.contain("hostscope-nowhere");
  });

  it("ends with all its processes when the setup is interrupted", async () => {
    const step = `
      const child = require("node:child_process").spawn("sleep", ["50"]);
      require("node:fs").writeSync(1, child.pid + "\\n");
    `;
    const program = `
      import { readFileSync } from "node:fs";
      import { join } from "node:path";
      import { CACHE } from ${JSON.stringify(new URL("./paths.mjs", import.meta.url).href)};
      import { runLogged } from ${HERE};
      const log = () => { try { return readFileSync(join(CACHE, "test-step.log"), "utf8"); } catch { return ""; } };
      const done = runLogged("test-step", process.execPath, ["-e", ${JSON.stringify(step)}], { cwd: ".", env: process.env });
      const poll = setInterval(() => { if (/\\n/.test(log())) { clearInterval(poll); console.log(log().trim()); } }, 20);
      await done.catch((error) => console.log(error.message));
    `;
    rmSync(join(CACHE, "test-step.log"), { force: true });
    const setup = spawn(process.execPath, ["--input-type=module", "-e", program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const lines = createInterface({ input: setup.stdout })[Symbol.asyncIterator]();
    const pid = Number((await lines.next()).value);
    expect(isRunning(pid)).to.equal(true);
    setup.kill("SIGTERM");
    expect((await lines.next()).value).to.equal("interrupted by SIGTERM");
    if (setup.exitCode === null) await once(setup, "exit");
    const deadline = performance.now() + 3_000;
    while (isRunning(pid) && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(isRunning(pid)).to.equal(false);
  });
});
