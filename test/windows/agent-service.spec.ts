// SPDX-License-Identifier: Apache-2.0
// The agent as a service of Windows' own service control manager, installed from the packages as npm lays them out, in
// a folder with spaces; started, asked, stopped and removed.

import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FailedPrecondition, type Host, NoSuchProcess, open, type WindowsService } from "@hostscope/client";
import { expect } from "chai";
import { failureOf } from "../support/failure-of.ts";
import {
  nodePathOnWindows,
  runOnWindows,
  startOnWindows,
  startOnWindowsWith,
  startWindowsAgent,
  type WindowsAgent,
  windowsDriveC,
  windowsPackageFile,
  windowsPath,
  windowsProgram,
} from "../support/windows-machine.ts";

const NAME = "hostscope-agent";
/** Numbers of sysexits.h: a mistake in the configuration. */
const USAGE = 64;

interface Done {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

async function done(program: ReturnType<typeof runOnWindows>): Promise<Done> {
  const code = await program.ended;
  const result = { code, output: program.output(), errors: program.errors() };
  await program.stop();
  return result;
}

describe("The agent as a service of Windows", function () {
  this.timeout(600_000);
  const program = windowsPackageFile("@hostscope", "agent", "dist", "main.js");
  const config = windowsPackageFile("..", "agent config.yaml");
  const log = join(windowsDriveC(), "ProgramData", "hostscope", "agent.log");
  let other: WindowsAgent;
  let host: Host;

  /** Runs the agent's own command there. */
  const service = (...args: string[]) => done(runOnWindows(program, "service", ...args));
  const install = (...flags: string[]) => service("install", `--config=${windowsPath(config)}`, ...flags);
  const logged = () =>
    readFileSync(log, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const get = (): Promise<WindowsService> => host.winServiceGet(NAME);

  /** The address that the service serves now. */
  function address(): string {
    const serving = logged().filter(({ msg }) => msg === "serving");
    return String((serving.at(-1)?.addresses as string[] | undefined)?.[0]);
  }

  before(async () => {
    other = await startWindowsAgent();
    host = await open(other.target, { timeoutMs: 60_000 });
  });
  after(async () => {
    await host?.close();
    await other?.stop();
  });
  beforeEach(async () => {
    writeFileSync(config, "listen: 127.0.0.1:0\nlog-level: debug\n", { mode: 0o600 });
    rmSync(log, { force: true });
  });
  afterEach(async () => {
    await service("uninstall");
  });

  it("is installed with a command line that Windows cannot misread, and started with the machine", async () => {
    const installed = await install();
    expect(installed.code, installed.errors).to.equal(0);
    expect(installed.output).to.contain("C:\\ProgramData\\hostscope\\agent.log");
    const { binpath, ...facts } = await (await get()).asDict();
    expect(facts).to.include({
      name: NAME,
      displayName: "hostscope agent",
      username: "NT AUTHORITY\\LocalService",
      startType: "automatic",
      status: "stopped",
      pid: null,
    });
    expect(facts.description).to.match(/^Serves .*hostscope/);
    expect(program).to.contain(" ");
    expect(binpath).to.equal(
      [
        nodePathOnWindows(),
        windowsPath(program),
        "service",
        "run",
        "--service-folder=C:\\ProgramData\\hostscope",
        `--config=${windowsPath(config)}`,
      ]
        .map((each) => `"${each}"`)
        .join(" "),
    );
  });

  it("starts, is asked and watched from here, and stops, all by services' own calls", async () => {
    expect(await install()).to.include({ code: 0 });
    const agent = await get();
    const started = await agent.start({ timeout: 60 });
    expect(started).to.include({ status: "running", changed: true });
    await using asked = await open(address(), { timeoutMs: 60_000 });
    expect(await asked.hostInfo()).to.include({ platform: "windows" });
    const itself = await asked.process(started.pid as number);
    expect((await itself.cmdline())?.slice(2, 4)).to.deep.equal(["service", "run"]);
    let ended: unknown = null;
    const watching = (async () => {
      for await (const { cpuPercent } of asked.watch({ metrics: ["cpuPercent"], interval: 1 })) void cpuPercent;
    })().catch((error: unknown) => {
      ended = error;
    });
    expect(await agent.stop({ timeout: 60 })).to.deep.equal({ status: "stopped", changed: true, dependents: [] });
    await asked.close();
    await watching;
    expect(ended).to.not.equal(null);
    // Drained as by SIGTERM, and said so.
    expect(logged().map(({ msg }) => msg)).to.include.members(["serving", "stopping"]);
    expect(logged().find(({ msg }) => msg === "stopping")).to.include({ cause: "stop" });
    expect((await queried()).WIN32_EXIT_CODE).to.equal(0);
    expect(await failureOf(open(address(), { timeoutMs: 2_000 }))).to.be.instanceOf(Error);
  });

  it("says to whoever has no terminal why it does not start, and never hangs", async () => {
    expect(await install()).to.include({ code: 0 });
    writeFileSync(config, "lisen: 127.0.0.1:0\n", { mode: 0o600 });
    const failure = (await failureOf((await get()).start({ timeout: 60 }))) as Error;
    expect(failure).to.be.instanceOf(FailedPrecondition);
    expect(failure.message).to.contain(`with code ${USAGE}`);
    const { STATE, WIN32_EXIT_CODE, SERVICE_EXIT_CODE } = await queried();
    expect({ STATE, WIN32_EXIT_CODE, SERVICE_EXIT_CODE }).to.deep.equal({
      STATE: 1,
      WIN32_EXIT_CODE: 1066, // ERROR_SERVICE_SPECIFIC_ERROR
      SERVICE_EXIT_CODE: USAGE,
    });
    const again = await service("start");
    expect(again.code).to.equal(1);
    expect(again.errors, again.errors).to.contain(`with code ${USAGE}`);
    writeFileSync(config, `listen: 127.0.0.1:${new URL(other.target).port}\n`, { mode: 0o600 });
    const inUse = (await failureOf((await get()).start({ timeout: 60 }))) as Error;
    expect(inUse.message).to.contain("with code 69");
    expect(logged().at(-1)).to.include({ level: "fatal", reason: "port_in_use" });
    writeFileSync(config, "listen: 127.0.0.1:0\n", { mode: 0o600 });
    expect(await (await get()).start({ timeout: 60 })).to.include({ status: "running" });
  });

  it("has commands to start, stop and look at it, which take no nonsense", async () => {
    expect((await service("start")).errors).to.contain("no service hostscope-agent");
    expect(await install()).to.include({ code: 0 });
    expect((await service("status")).output).to.match(/^hostscope-agent is stopped, as NT AUTHORITY\\LocalService/);
    expect((await service("start")).output).to.match(/^hostscope-agent runs, pid \d+/);
    expect((await service("start")).output).to.contain("was running already");
    expect((await service("status")).output).to.match(/is running, pid \d+, as /);
    expect((await service("stop")).output).to.contain("has stopped");
    expect((await service("stop")).output).to.contain("was not running");
    expect(await service("pause")).to.include({ code: USAGE });
    expect((await install("--listn=127.0.0.1:0")).errors).to.contain("did you mean --listen?");
  });

  it("is installed once, removed once, and not in use afterwards", async () => {
    expect(await install("--start=demand", "--account", "LocalSystem")).to.include({ code: 0 });
    expect(await (await get()).asDict()).to.include({ startType: "manual", username: "LocalSystem" });
    const twice = await install();
    expect(twice.code).to.equal(1);
    expect(twice.errors).to.contain("there is a service hostscope-agent already");
    expect(await (await get()).start({ timeout: 60 })).to.include({ status: "running" });
    expect(await service("uninstall")).to.include({ code: 0 });
    expect(await failureOf(get())).to.be.instanceOf(NoSuchProcess);
    expect((await service("uninstall")).errors).to.contain("there is no service hostscope-agent");
    expect(existsSync(log)).to.equal(true);
  });

  it("is told from one that somebody starts by hand", async () => {
    const byHand = await done(runOnWindows(program, "service", "run"));
    expect(byHand.code).to.equal(USAGE);
    expect(byHand.errors).to.contain("the service control manager alone");
  });

  it("has a source of events that Event Viewer knows, and writes to it", async () => {
    expect(await install()).to.include({ code: 0 });
    const key = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\hostscope-agent";
    const found = await done(startOnWindows("reg", "query", key));
    expect(found.output).to.match(/EventMessageFile\s+REG_EXPAND_SZ\s+%SystemRoot%\\System32\\EventCreate\.exe/);
    // Wine keeps no event log: it shows what a real one would have been given.
    const text = "it did not work: \u00e4 %1";
    const traced = { WINEDEBUG: "-all,err+eventlog,trace+eventlog" };
    const wrote = startOnWindowsWith(traced, nodePathOnWindows(), windowsProgram("write-event"), text);
    const { code, errors } = await done(wrote);
    expect(code, errors).to.equal(0);
    expect(errors).to.match(/ReportEventW.*it did not work: \\00e4 %1/);
    expect(await service("uninstall")).to.include({ code: 0 });
    expect((await done(startOnWindows("reg", "query", key))).code).to.not.equal(0);
  });

  it("is a program that npm's own shim leads to", () => {
    // Wine's cmd.exe does not know the trick by which these shims start Node, so that nobody has seen this one run.
    const shim = readFileSync(windowsPackageFile(".bin", "hostscope-agent.cmd"), "utf8");
    const [, path = ""] = /"%dp0%\\(\S+)" %\*/.exec(shim) ?? [];
    expect(windowsPackageFile(".bin", ...path.split("\\"))).to.equal(program);
    expect(shim).to.contain("node");
  });

  /** What sc.exe, which knows nothing of us, says of it, in numbers. */
  async function queried(): Promise<Record<string, number>> {
    const { output } = await done(startOnWindows("sc", "query", NAME));
    return Object.fromEntries(
      [...output.matchAll(/^\s*([A-Z0-9_]+)\s*:\s*(\d+)/gm)].map(([, key, value]) => [key, Number(value)]),
    );
  }
});
