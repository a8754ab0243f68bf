// SPDX-License-Identifier: Apache-2.0

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { hostname } from "node:os";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { open } from "@hostscope/client";
import { expect } from "chai";
import { pythonProcess } from "../support/hostile-process.ts";
import { commandLine, descendants, isRunning } from "../support/process-tree.ts";
import { TerminalProgram } from "../support/terminal-program.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MAIN = ["--import", "tsx", fileURLToPath(new URL("../../packages/cli/src/main.ts", import.meta.url))];
const WINDOW = { columns: 80, rows: 24 };

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(...args: string[]): ChildProcess {
  return spawn(process.execPath, [...MAIN, ...args], { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
}

async function outcome(child: ChildProcess): Promise<Outcome> {
  const text = { stdout: "", stderr: "" };
  child.stdout?.setEncoding("utf8").on("data", (chunk: string) => (text.stdout += chunk));
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => (text.stderr += chunk));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, ...text };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error("the output is not read");
  const line = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  if (line.done === true) throw new Error(`it ended without a line: ${child.stderr?.read()}`);
  return line.value;
}

function agentBelow(pid: number): number {
  const agents = descendants(pid).filter((child) => commandLine(child).includes("--exit-with-parent"));
  expect(agents, "agents").to.have.lengthOf(1);
  return agents[0] ?? 0;
}

async function gone(pid: number): Promise<void> {
  const deadline = Date.now() + 3_000;
  while (isRunning(pid)) {
    if (Date.now() > deadline) throw new Error(`process ${pid} is left: ${commandLine(pid)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe("npm start, without a terminal", function () {
  this.timeout(60_000);

  it("prints one snapshot as text and ends with 0", async () => {
    for (const args of [[], ["--once"]]) {
      const { code, stdout, stderr } = await outcome(start(...args));
      expect(stderr).to.equal("");
      expect(code).to.equal(0);
      expect(stdout)
        .to.include(hostname())
        .and.to.match(/^mem {2}\[/m);
      expect(stdout).to.match(/^ *PID USER +NI +RSS +CPU% +MEM% +TIME STATUS +THR COMMAND$/m);
      expect(stdout).to.match(new RegExp(`^ *${process.pid} `, "m"));
      expect(stdout).not.to.include("\x1b");
    }
  });

  it("prints one JSON object of this host's values, and nothing else", async () => {
    const child = spawn("npm", ["start", "--", "--once", "--json"], { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
    const { code, stdout, stderr } = await outcome(child);
    expect(code, stderr).to.equal(0);
    const snapshot = JSON.parse(stdout);
    expect(snapshot.host).to.equal(hostname());
    expect(Math.abs(Date.parse(snapshot.time) - Date.now())).to.be.below(60_000);
    expect(snapshot.uptime).to.be.above(0);
    expect(snapshot.loadavg).to.have.lengthOf(3);
    expect(snapshot.cpu.perCpu).not.to.have.lengthOf(0);
    expect(snapshot.cpu.percent).to.be.within(0, 100);
    expect(snapshot.cpu.interval).to.be.above(0);
    expect(snapshot.memory.total).to.be.above(snapshot.memory.available);
    expect(snapshot.swap.total).to.be.at.least(snapshot.swap.used);
    const own = snapshot.processes.find(({ pid }: { pid: number }) => pid === process.pid);
    expect(own.rss).to.be.above(1_000_000);
    expect(own.numThreads).to.be.above(0);
    expect(own.cpuPercent).to.be.at.least(0);
    expect(own.cmdline.join(" ")).to.include("node");
    const percents = snapshot.processes.map(({ cpuPercent }: { cpuPercent: number | null }) => cpuPercent ?? -1);
    expect(percents).to.deep.equal([...percents].sort((a, b) => b - a));
  });

  it("prints help, and refuses what it does not understand with 64", async () => {
    expect((await outcome(start("--help"))).stdout).to.include("--agent-only");
    const { code, stdout, stderr } = await outcome(start("--onec"));
    expect(code).to.equal(64);
    expect(stdout).to.equal("");
    expect(stderr).to.include("did you mean --once?");
  });

  it("shows the escape sequences in another process's arguments, and lets none through", async () => {
    const hostile = await pythonProcess("", ["\x1b]0;owned\x07", "a\nb", "\u202egpj.exe", "\u009b2J"]);
    try {
      const { stdout: text } = await outcome(start("--once"));
      expect(text).to.include("\\x1b]0;owned\\x07 a\\x0ab \\u202egpj.exe \\x9b2J\n");
      const { stdout: json } = await outcome(start("--once", "--json"));
      for (const output of [text, json])
        expect(output.replaceAll("\n", "")).not.to.match(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      const row = JSON.parse(json).processes.find(({ pid }: { pid: number }) => pid === hostile.pid);
      expect(row.cmdline.slice(-4)).to.deep.equal(["\x1b]0;owned\x07", "a\nb", "\u202egpj.exe", "\u009b2J"]);
    } finally {
      await hostile.stop();
    }
  });

  it("survives a reader that goes away", async () => {
    const child = start("--once");
    child.stdout?.destroy();
    const { code, stderr } = await outcome(child);
    expect(code).to.equal(0);
    expect(stderr).to.equal("");
  });
});

describe("npm start -- --agent-only", function () {
  this.timeout(60_000);

  it("prints its address first, serves there, and ends with 0 at SIGTERM and SIGINT", async () => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      const child = start("--agent-only", "--listen", "127.0.0.1:0");
      const address = await firstLine(child);
      expect(address).to.match(/^grpc:\/\/127\.0\.0\.1:[1-9]\d*$/);
      const host = await open(address);
      expect((await host.virtualMemory()).total).to.be.above(0);
      await host.close();
      const agent = agentBelow(child.pid ?? 0);
      child.kill(signal);
      const [code] = (await once(child, "exit")) as [number | null];
      expect(code, signal).to.equal(0);
      expect(isRunning(agent)).to.equal(false);
    }
  });

  it("passes on why the agent cannot serve, and its exit code", async () => {
    const first = start("--agent-only");
    const port = new URL(await firstLine(first)).port;
    const second = await outcome(start("--agent-only", "--listen", `127.0.0.1:${port}`));
    expect(second.code).to.be.above(0);
    expect(second.stderr).to.include(`port ${port} is in use`);
    first.kill("SIGTERM");
    await once(first, "exit");
    const open = await outcome(start("--agent-only", "--listen", "0.0.0.0:0"));
    expect(open.code).to.equal(64);
    expect(open.stderr).to.include("not a loopback address");
  });

  it("leaves no agent behind when it is killed", async () => {
    const child = start("--agent-only");
    await firstLine(child);
    const agent = agentBelow(child.pid ?? 0);
    child.kill("SIGKILL");
    await gone(agent);
  });
});

describe("npm start, in a terminal", function () {
  this.timeout(60_000);
  let program: TerminalProgram | null = null;

  afterEach(async () => {
    program?.signal("SIGKILL");
    await program?.ended();
    program = null;
  });

  async function view(env: NodeJS.ProcessEnv = {}): Promise<{ program: TerminalProgram; agent: number }> {
    program = new TerminalProgram([process.execPath, ...MAIN], WINDOW, env);
    await program.until(({ frames }) => frames.length > 0);
    return { program, agent: agentBelow(program.pid) };
  }

  function expectRestored({ output }: TerminalProgram): void {
    // Alternate screen, cursor and line wrap: the last word on each must be the one that gives it back.
    for (const [taken, given] of [
      ["\x1b[?1049h", "\x1b[?1049l"],
      ["\x1b[?25l", "\x1b[?25h"],
      ["\x1b[?7l", "\x1b[?7h"],
    ] as const) {
      expect(output).to.include(taken);
      expect(output.lastIndexOf(given)).to.be.above(output.lastIndexOf(taken));
    }
  }

  it("shows header and table, again every second, until Ctrl-C, and leaves nothing behind", async () => {
    const { program, agent } = await view();
    const frame = program.frames[0] ?? [];
    expect(frame).to.have.lengthOf(WINDOW.rows);
    expect(frame[0])
      .to.include(hostname())
      .and.to.match(/up .*load/);
    expect(frame.join("\n"))
      .to.match(/^cpu .*%/m)
      .and.to.match(/^mem .*%/m)
      .and.to.match(/^swap .*%/m);
    expect(frame.join("\n")).to.match(/PID USER +NI +RSS +CPU% +MEM% +TIME STATUS +THR COMMAND/);
    const began = performance.now();
    const drawn = program.frames.length;
    await program.until(({ frames }) => frames.length >= drawn + 3);
    expect(performance.now() - began).to.be.within(2_000, 6_000);
    program.press("\x03");
    const pressed = performance.now();
    expect(await program.ended()).to.equal(0);
    expect(performance.now() - pressed).to.be.below(3_000);
    expectRestored(program);
    expect(isRunning(agent)).to.equal(false);
  });

  it("fits a window that changes", async () => {
    const { program } = await view();
    for (const [columns, rows] of [
      [40, 10],
      [132, 43],
      [12, 3],
    ] as const) {
      program.resize(columns, rows);
      await program.until(({ frames }) => {
        const last = frames.at(-1) ?? [];
        return last.length === rows && last.every((line) => line.length <= columns);
      });
    }
    program.press("q");
    expect(await program.ended()).to.equal(0);
  });

  it("draws no colour when NO_COLOR asks for none", async () => {
    const sgr = /\x1b\[[1-9][0-9;]*m/;
    expect((await view({ NO_COLOR: "" })).program.output).to.match(sgr);
    program?.press("q");
    expect(await program?.ended()).to.equal(0);
    expect((await view({ NO_COLOR: "1" })).program.output).not.to.match(sgr);
  });

  it("gives the terminal back at SIGTERM, SIGHUP and SIGINT", async () => {
    for (const signal of ["SIGTERM", "SIGHUP", "SIGINT"] as const) {
      const { program, agent } = await view();
      program.signal(signal);
      expect(await program.ended(), signal).to.equal(0);
      expectRestored(program);
      expect(isRunning(agent), signal).to.equal(false);
    }
  });

  it("says that values are old while the agent stands still, and of the gap when it goes on", async () => {
    const { program, agent } = await view();
    process.kill(agent, "SIGSTOP");
    try {
      await program.until(({ frames }) =>
        /values are \d+ s old: no news from the host/.test(frames.at(-1)?.at(-1) ?? ""),
      );
    } finally {
      process.kill(agent, "SIGCONT");
    }
    await program.until(({ frames }) => /after a gap/.test(frames.at(-1)?.at(-1) ?? ""));
    program.press("q");
    expect(await program.ended()).to.equal(0);
  });

  it("says so when the agent dies, with the terminal restored", async () => {
    const { program, agent } = await view();
    process.kill(agent, "SIGKILL");
    expect(await program.ended()).to.equal(1);
    expectRestored(program);
    expect(program.output.slice(program.output.lastIndexOf("\x1b[?1049l"))).to.match(/the agent ended/);
  });

  it("prints one snapshot cut to the window with --once", async () => {
    program = new TerminalProgram([process.execPath, ...MAIN, "--once"], WINDOW);
    expect(await program.ended(30_000)).to.equal(0);
    const lines = program.output.split(/\r+\n/);
    expect(lines[0]).to.include(hostname());
    expect(program.output).not.to.include("\x1b");
    for (const line of lines) expect(line.length).to.be.at.most(WINDOW.columns);
  });
});
