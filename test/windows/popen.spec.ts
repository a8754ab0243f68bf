// SPDX-License-Identifier: Apache-2.0
// Programs that an agent on Windows starts. Between programs of Windows Wine's pipes work.

import { setTimeout as sleep } from "node:timers/promises";
import {
  type Host,
  InvalidArgument,
  NoSuchProcess,
  NotFound,
  open,
  type Popen,
  type PopenOptions,
  Unsupported,
} from "@hostscope/client";
import { expect } from "chai";
import { eventually } from "../support/eventually.ts";
import { failureOf } from "../support/failure-of.ts";
import { itProves } from "../support/proofs.ts";
import {
  buildForWindows,
  nodePathOnWindows,
  startWindowsAgent,
  type WindowsAgent,
} from "../support/windows-machine.ts";

const CMD = "C:\\windows\\system32\\cmd.exe";
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

describe("Popen on Windows", function () {
  this.timeout(120_000);
  let agent: WindowsAgent;
  let host: Host;
  let oracle: string;
  const started: Popen[] = [];
  before(async () => {
    oracle = await buildForWindows("windows_program.cc");
    agent = await startWindowsAgent("--allow-exec");
    host = await open(agent.target, { timeoutMs: 60_000 });
  });
  afterEach(async () => {
    for (const process of started.splice(0)) await process.close();
  });
  after(async () => {
    await host?.close();
    await agent?.stop();
  });
  const popen = async (args: readonly string[], options?: PopenOptions) => {
    const process = await host.popen(args, options);
    started.push(process);
    return process;
  };
  const node = (code: string, options?: PopenOptions) => popen([nodePathOnWindows(), "-e", code], options);

  it("carries input, output and errors apart, and tells the exit code", async () => {
    const process = await node(
      `process.stdin.on("data", (d) => process.stdout.write(String(d).toUpperCase())); process.stdin.on("end", () => { console.error("oh"); process.exitCode = 3; })`,
    );
    const { stdout, stderr } = await process.communicate("hello äöü");
    expect([text(stdout), text(stderr), process.returncode]).to.deep.equal(["HELLO ÄÖÜ", "oh\n", 3]);
    expect(await process.isRunning()).to.equal(false);
  });

  it("carries much of it", async () => {
    const process = await node(`process.stdin.pipe(process.stdout)`);
    const bytes = Buffer.alloc(3 << 20, "0123456789abcdef\n");
    const { stdout } = await process.communicate(bytes);
    expect(bytes.equals(stdout)).to.equal(true);
    expect(process.returncode).to.equal(0);
  });

  itProves("gives a program exactly its arguments, its directory and its environment", ["host.popen"], async () => {
    const args = [
      "",
      " ",
      "plain",
      "two words",
      '"quoted"',
      'a "b" c',
      "back\\slash",
      "ends with \\",
      "two at the end \\\\",
      '\\"',
      '\\\\"x y"\\',
      "tab\there",
      "%PATH% ^& | > < ! ;",
      "ü ☃ 𝄞",
      "*",
    ];
    const env = { ONE: "1", "With Space": "x=y", UMLAUT: "ü", EMPTY: "" };
    const process = await popen([oracle, "show", ...args], { cwd: "C:\\windows\\system32", env });
    const fields = text((await process.communicate()).stdout)
      .split("\0")
      .slice(0, -1);
    expect(fields.slice(0, args.length)).to.deep.equal(args);
    const [end, cwd, ...variables] = fields.slice(args.length);
    expect([end, cwd?.toLowerCase()]).to.deep.equal(["", "c:\\windows\\system32"]);
    for (const [name, value] of Object.entries(env)) expect(variables).to.include(`${name}=${value}`);
    // Node adds what no program of Windows does without; nothing else of the agent's own.
    const names = variables.map((variable) => variable.slice(0, variable.indexOf("=", 1)).toUpperCase());
    const own = Object.keys(env).map((name) => name.toUpperCase());
    expect(names.filter((name) => !own.includes(name) && !ADDED.has(name) && !WINES_OWN.test(name))).to.deep.equal([]);
  });

  it("is where the drive of the system begins, if no directory is given", async () => {
    const process = await popen([oracle, "show"]);
    expect(text((await process.communicate()).stdout).split("\0")[1]).to.match(/^[A-Z]:\\$/);
  });

  it("tells exit codes signed, as psutil does", async () => {
    for (const [given, told] of [
      ["0", 0],
      ["1", 1],
      ["259", 259],
      ["0xC0000005", -1073741819],
      ["0xffffffff", -1],
    ] as const) {
      const process = await popen([oracle, "exit", given]);
      expect(await process.wait({ timeout: 60 }), given).to.equal(told);
    }
  });

  it("is a Process, which signals reach as control does", async () => {
    const process = await node("setInterval(Date, 6e4)");
    expect(await process.name()).to.equal("node.exe");
    expect((await process.cmdline()).slice(1)).to.deep.equal(["-e", "setInterval(Date, 6e4)"]);
    expect((await host.process(process.pid)).equals(process)).to.equal(true);
    await process.suspend();
    expect(await process.status()).to.equal("stopped");
    await process.resume();
    await process.terminate();
    expect(await process.wait({ timeout: 60 })).to.equal(15);
  });

  it("is ended with its tree when its call ends, and goes on if it is detached", async () => {
    const CHILD = `const c = require("child_process").spawn(process.execPath, ["-e", "setInterval(Date, 6e4)"], { stdio: "ignore" }); console.log(c.pid); setInterval(Date, 6e4)`;
    const gone = async (pid: number) => expect(await failureOf(host.process(pid))).to.be.instanceOf(NoSuchProcess);
    const childOf = async (process: Popen) => {
      for await (const bytes of process.stdout) return Number(text(bytes).trim());
      throw new Error("it said nothing");
    };
    const process = await node(CHILD);
    const child = await childOf(process);
    expect(await host.pidExists(child)).to.equal(true);
    await process.close();
    await eventually(() => gone(process.pid), 30_000);
    await eventually(() => gone(child), 30_000);

    const detached = await node(CHILD, { detached: true });
    const left = await childOf(detached);
    await detached.close();
    await sleep(1_500);
    const root = await host.process(detached.pid);
    expect(await root.isRunning()).to.equal(true);
    expect((await root.killTree()).targets.map(({ ref }) => ref?.pid)).to.include.members([detached.pid, left]);
  });

  it("refuses what cannot be meant before anything runs", async () => {
    const cases: [readonly string[], PopenOptions, unknown][] = [
      [["cmd.exe"], {}, InvalidArgument],
      [["\\windows\\system32\\cmd.exe"], {}, InvalidArgument],
      [["C:cmd.exe"], {}, InvalidArgument],
      [["C:\\nowhere\\at all.exe"], {}, NotFound],
      [["C:\\windows\\system.ini"], {}, InvalidArgument],
      [[CMD, "a\0b"], {}, InvalidArgument],
      [[CMD], { cwd: "windows" }, InvalidArgument],
      [[CMD], { cwd: "C:\\nowhere" }, NotFound],
      [[CMD], { env: { Path: "x", PATH: "y" } }, InvalidArgument],
      [[CMD], { username: "Administrator" }, Unsupported],
    ];
    for (const [args, options, type] of cases) {
      const error = await failureOf(popen(args, options));
      expect(error, JSON.stringify([args, options])).to.be.instanceOf(type as typeof Error);
    }
    expect(await failureOf(popen([CMD], { username: "x" }))).to.include({ platform: "windows" });
  });
});

const WINES_OWN = /^WINE/;
/** Taken from the agent's own environment by Node (libuv) where a program is given no other. */
const ADDED: ReadonlySet<string> = new Set([
  "HOMEDRIVE",
  "HOMEPATH",
  "LOGONSERVER",
  "PATH",
  "SYSTEMDRIVE",
  "SYSTEMROOT",
  "TEMP",
  "USERDOMAIN",
  "USERNAME",
  "USERPROFILE",
  "WINDIR",
]);
