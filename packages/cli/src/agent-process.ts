// SPDX-License-Identifier: Apache-2.0

import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { constants } from "node:os";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { sanitise } from "./sanitise.ts";

/** An agent on this machine that was started here and is stopped here. */
export interface LocalAgent {
  /** What open() takes, e.g. "grpc://127.0.0.1:43521". */
  readonly target: string;
  /** Settles when the process has ended, whoever ended it. Never rejects. */
  readonly ended: Promise<AgentEnd>;
  /** Lets it finish its calls and waits for its end; kills it if that takes too long. */
  stop(): Promise<void>;
}

/** How an agent ended. */
export interface AgentEnd {
  /** Its exit code; 128 plus the number of the signal that ended it. */
  readonly exitCode: number;
  /** The last things it said, ready to be printed. */
  readonly said: string;
}

/** The agent could not be started; `exitCode` is its own. */
export class AgentStartError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.name = "AgentStartError";
    this.exitCode = exitCode;
  }
}

const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 2_000;
const KEPT_LOG = 8_192;

/** Starts an agent on a free loopback port and waits until it serves. */
export async function startAgent(signal: AbortSignal): Promise<LocalAgent> {
  const child = spawnAgent(
    ["--listen", "127.0.0.1:0", "--log-level", "error", "--grace-ms", "1000"],
    ["pipe", "pipe", "pipe"],
  );
  let log = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    log = (log + text).slice(-KEPT_LOG);
  });
  // "close" rather than "exit": by then all it said has been read.
  const ended = ending(child, "close").then((exitCode): AgentEnd => ({ exitCode, said: logMessages(log) }));
  const stop = async () => {
    child.kill("SIGTERM");
    const impatience = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(impatience);
  };
  try {
    const target = await Promise.race([firstLine(child), failure(ended), interruption(signal)]);
    return { target, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Runs an agent with this program's own output until it ends or `signal` asks it to. Gives its exit code.
 */
export async function runAgent(args: readonly string[], signal: AbortSignal): Promise<number> {
  const child = spawnAgent(args, ["pipe", "inherit", "inherit"]);
  const stop = () => child.kill("SIGTERM");
  signal.addEventListener("abort", stop);
  if (signal.aborted) stop();
  const exitCode = await ending(child, "exit");
  signal.removeEventListener("abort", stop);
  return exitCode;
}

function spawnAgent(args: readonly string[], stdio: StdioOptions): ChildProcess {
  const program = fileURLToPath(import.meta.resolve("@hostscope/agent/main"));
  // Its standard input is a pipe from us that ends when we do, even by SIGKILL. Detached: Ctrl-C in the terminal
  // reaches us alone, and the view is over before its agent is.
  const isCommand = args[0] !== undefined && !args[0].startsWith("-");
  const flags = isCommand ? args : [...args, "--exit-with-parent"];
  return spawn(process.execPath, [...process.execArgv, program, ...flags], {
    stdio,
    detached: true,
    windowsHide: true,
  });
}

function ending(child: ChildProcess, event: "exit" | "close"): Promise<number> {
  return new Promise((resolve) => {
    child.once("error", () => resolve(1)); // it could not be started at all
    child.once(event, (code: number | null, signal: NodeJS.Signals | null) => {
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/** Its address. Stays open if there is none: the agent's end is what the caller sees then. */
function firstLine(child: ChildProcess): Promise<string> {
  const impatience = setTimeout(() => child.kill("SIGKILL"), START_TIMEOUT_MS);
  child.once("close", () => clearTimeout(impatience));
  return new Promise((resolve) => {
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).once("line", (line) => {
      clearTimeout(impatience);
      resolve(line);
    });
  });
}

async function failure(ended: Promise<AgentEnd>): Promise<never> {
  const { exitCode, said } = await ended;
  const reason = said === "" ? `it ended with code ${exitCode}` : said;
  throw new AgentStartError(`the agent did not start: ${reason}`, exitCode === 0 ? 1 : exitCode);
}

function interruption(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const interrupt = () => reject(new AgentStartError("interrupted while the agent was starting", 130));
    if (signal.aborted) interrupt();
    signal.addEventListener("abort", interrupt, { once: true });
  });
}

/** The agent logs JSON lines; a person wants the messages. Lines that are no JSON stay as they are. */
function logMessages(log: string): string {
  const lines = log.split("\n").filter((line) => line.trim() !== "");
  return lines
    .slice(-10)
    .map((line) => sanitise(logMessage(line)))
    .join("\n");
}

function logMessage(line: string): string {
  try {
    const { msg, err } = JSON.parse(line) as { msg?: unknown; err?: { message?: unknown } };
    return [msg, err?.message].filter((part) => typeof part === "string").join(": ") || line;
  } catch {
    return line;
  }
}
