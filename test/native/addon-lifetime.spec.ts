// SPDX-License-Identifier: Apache-2.0

import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { ProcTree } from "../support/proc-tree.ts";

const packageRequire = createRequire(fileURLToPath(import.meta.resolve("@hostscope/native")));
const ADDON: string = packageRequire("node-gyp-build").resolve(dirname(packageRequire.resolve("../package.json")));

/** What each script begins with: the addon, and `open(onEnd)` on the tree of this test. */
const PRELUDE = `
const { openSync, closeSync, readdirSync } = require("node:fs");
const { Worker } = require("node:worker_threads");
const { setTimeout: sleep } = require("node:timers/promises");
const roots = { procRoot: process.env.PROC, sysRoot: "/sys", devRoot: "/dev", rootfs: "/" };
const options = { ...roots, protectedNames: [], maxThreads: 16, fieldTimeoutMs: 20 };
const open = (onEnd = () => {}) =>
  new (require(process.env.ADDON).NativeCollector)(options, () => undefined, (id, bytes, code) => onEnd(id, code));
const call = (native, id, method, timeoutMs = Infinity) =>
  native.call(id, "/hostscope.v1." + method, new Uint8Array(), timeoutMs);
const release = () => closeSync(openSync(process.env.STUCK, "r+"));
`;

interface Ended {
  code: number | string | null;
  output: string;
  ms: number;
}

describe("The addon and the life of its process", () => {
  const tree = new ProcTree();
  let stuck: string;
  before(() => {
    for (let pid = 1; pid <= 70; pid++) tree.process(pid);
    stuck = tree.stuck("stat");
  });
  after(() => tree.remove());

  /** Runs a script in a process of its own, for at most ten seconds. */
  function run(script: string, flags: string[] = []): Promise<Ended> {
    const start = performance.now();
    const env = { ...process.env, ADDON, PROC: tree.root, STUCK: stuck, PRELUDE };
    const child = spawn(process.execPath, [...flags, "-e", `${PRELUDE}(async () => {${script}})()`], { env });
    const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += data));
    return new Promise((resolve) => {
      child.on("close", (code, signal) => {
        clearTimeout(timer);
        resolve({ code: signal ?? code, output, ms: performance.now() - start });
      });
    });
  }

  it("does not keep a process alive that only holds a collector open", async () => {
    const ended = await run(`globalThis.kept = open(); call(kept, 1, "Process/PidExists", 5000); console.log("end")`);
    expect(ended).to.deep.include({ code: 0, output: "end\n" });
  });

  it("keeps a process alive that waits for an answer, and then lets it go", async () => {
    const ended = await run(`open((id, code) => console.log("code", code)).call(7, "/hostscope.v1.Process/List",
      new Uint8Array(), 5000)`);
    expect(ended).to.deep.include({ code: 0, output: "code undefined\n" });
  });

  it("lets a process go whose thread never comes back", async () => {
    const cancelled = await run(`const native = open(); call(native, 1, "System/BootTime"); native.cancel(1)`);
    expect(cancelled).to.deep.include({ code: 0, output: "" });
    const failed = await run(`call(open((...end) => console.log(...end)), 1, "System/BootTime")`);
    expect(failed).to.deep.include({ code: 0, output: "1 4\n" });
    const exited = await run(`call(open(), 1, "System/BootTime"); process.exit(3)`);
    expect(exited).to.deep.include({ code: 3, output: "" });
    expect(Math.max(cancelled.ms, failed.ms, exited.ms)).to.be.below(8000);
  });

  it("lives through an exception in an event, and goes on with the next", async () => {
    const ended = await run(`
      const caught = (error) => console.log("caught", error.message);
      process.on("uncaughtException", caught);
      const native = open((id) => { if (id === 1) throw new Error("first"); console.log("end of", id); });
      for (const id of [1, 2]) {
        try {
          call(native, id, "Process/List", 5000);
        } catch (error) {
          caught(error);
        }
      }`);
    expect(ended.code).to.equal(0);
    expect(ended.output).to.contain("end of 2\n");
    // Which of the two depends on the release of Node and on who was on the stack.
    expect(ended.output).to.match(/caught first|DEP0168/);
  });

  it("is loaded and torn down with its worker thread, calls in progress or not", async () => {
    const ended = await run(`
      const code = process.env.PRELUDE + \`
        const native = open();
        for (let id = 1; id <= 40; id++) call(native, id, id % 8 ? "Process/List" : "System/BootTime", 50 * id);
        require("node:worker_threads").parentPort.postMessage("ready");\`;
      for (let round = 0; round < 20; round++) {
        const worker = new Worker(code, { eval: true });
        await new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
        await sleep(round % 4);
        await worker.terminate();
      }
      console.log("end");`);
    expect(ended, ended.output).to.deep.include({ code: 0, output: "end\n" });
  }).timeout(15_000);

  it("outlives the last environment that loaded it, for a thread that comes back later", async () => {
    const ended = await run(`
      const code = process.env.PRELUDE + \`
        globalThis.native = open(() => require("node:worker_threads").parentPort.postMessage("stuck"));
        call(native, 1, "System/BootTime");\`;
      const worker = new Worker(code, { eval: true });
      await new Promise((resolve) => worker.once("message", resolve));
      await worker.terminate();
      release();
      await sleep(200);
      console.log("end");`);
    expect(ended).to.deep.include({ code: 0, output: "end\n" });
  });

  it("frees a collector that nobody holds any more", async () => {
    const ended = await run(
      `
      const files = () => readdirSync("/proc/self/fd").length;
      const before = files();
      for (let round = 0; round < 20; round++) {
        for (let each = 0; each < 10; each++) call(open(), 1, "Process/PidExists", 5000);
        await sleep(1);
        globalThis.gc();
      }
      for (let tries = 0; tries < 50 && files() > before + 20; tries++) { await sleep(10); globalThis.gc(); }
      console.log(files() <= before + 20);`,
      ["--expose-gc"],
    );
    expect(ended).to.deep.include({ code: 0, output: "true\n" });
  });
});
