// SPDX-License-Identifier: Apache-2.0

import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { open } from "@hostscope/client";
import { expect } from "chai";
import { eventually } from "../eventually.ts";
import { plainEnvironment } from "../plain-environment.ts";
import { PsutilOracle } from "../psutil-oracle.ts";
import { requirePsutil } from "../python.ts";
import { buildForWindows, startWindowsAgent, windowsPath, wineCommand } from "../windows-machine.ts";
import type { OpenedWay, Oracle, TestMachine } from "./machine.ts";
import { startTarget } from "./target.ts";

/** What Wine makes of the end of a program that a signal of this machine ended. */
const WINE_KILLED = 0;

/** windows_oracle.cc at work: a question a line, an answer a line. */
class WindowsOracle {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;
  #last: Promise<unknown> = Promise.resolve();

  constructor(program: string) {
    const { command, env } = wineCommand(program);
    const [wine = "", ...args] = command;
    this.#child = spawn(wine, args, { env: { ...plainEnvironment(), ...env }, stdio: ["pipe", "pipe", "inherit"] });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** One question after another. */
  ask<T>(question: string): Promise<T> {
    const answer = this.#last.then(() => this.#ask<T>(question));
    this.#last = answer.catch(() => {});
    return answer;
  }

  async #ask<T>(question: string): Promise<T> {
    this.#child.stdin.write(`${question}\n`);
    const line = await this.#lines.next();
    if (line.done === true) throw new Error(`the oracle under Wine ended at "${question}"`);
    const answer = JSON.parse(line.value) as { value?: T; error?: number };
    if (answer.error !== undefined) throw new Error(`${question}: Windows' error ${answer.error}`);
    return answer.value as T;
  }

  stop(): void {
    this.#child.stdin.end();
  }
}

interface Programs {
  readonly oracle: WindowsOracle;
  readonly target: string;
}

let programs: Promise<Programs> | null = null;

/** Both are built once, and one oracle answers all suites: it says what is gone, too. */
function ready(): Promise<Programs> {
  programs ??= (async () => {
    const [oracle, target] = await Promise.all(
      ["machine/windows_oracle.cc", "machine/windows_target.cc"].map((source) => buildForWindows(source)),
    );
    return { oracle: new WindowsOracle(oracle as string), target: target as string };
  })();
  return programs;
}

if (process.env.HOSTSCOPE_WINDOWS !== undefined) {
  after(async () => (await programs)?.oracle.stop());
}

type Entry = { pid: number; ppid: number; name: string; num_threads: number };

/** What is said of one process in the list of all. */
const LISTED: Readonly<Record<string, keyof Entry>> = { name: "name", ppid: "ppid", num_threads: "num_threads" };

async function overGrpc(): Promise<OpenedWay> {
  const agent = await startWindowsAgent();
  const host = await open(agent.target, { timeoutMs: 60_000 });
  const { hostname, port } = new URL(agent.target);
  return {
    host,
    address: { host: hostname, port: Number(port) },
    async stop() {
      await host.close();
      await agent.stop();
    },
  };
}

/** The Windows that Wine makes of this machine. */
export const windowsMachine: TestMachine = {
  os: "windows",
  architecture: "AMD64",
  paths: {
    root: "Z:\\",
    file: "C:\\windows\\system32\\ntdll.dll",
    missing: "C:\\no such folder",
    relative: "windows",
    of: windowsPath,
  },
  codes: { terminate: 15, kill: 15, stop: WINE_KILLED },
  knowsCodes: true,
  nices: [64, 32768],
  variable: (name) => name.toUpperCase(),
  idleStatus: "running",
  ways: [{ name: "Windows, over gRPC", start: overGrpc }],
  async target(options = {}) {
    const { oracle, target } = await ready();
    const { command, env } = wineCommand(target);
    // Wine hears of an end after the parent does.
    const isGone = (pid: number) =>
      eventually(async () => expect(await oracle.ask<number[]>("pids")).to.not.include(pid));
    return startTarget(command, options, env, isGone);
  },
  async oracle(context): Promise<Oracle> {
    const psutil = new PsutilOracle(requirePsutil.call(context));
    const { oracle } = await ready();
    return {
      psutil,
      system: (what) => oracle.ask(what),
      async process<T>(pid: number, what: string): Promise<T> {
        const column = LISTED[what];
        if (column === undefined) return oracle.ask<T>(`${what} ${pid}`);
        const found = (await oracle.ask<Entry[]>("processes")).find((entry) => entry.pid === pid);
        if (found === undefined) throw new Error(`the oracle lists no process ${pid}`);
        return found[column] as T;
      },
      stop: () => psutil.stop(),
    };
  },
};
