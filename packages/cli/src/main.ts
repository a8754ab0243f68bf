// SPDX-License-Identifier: Apache-2.0

import { type Host, open } from "@hostscope/client";
import { AgentStartError, runAgent, startAgent } from "./agent-process.ts";
import { helpText, parseCommand, type Remote } from "./flags.ts";
import { renderText } from "./frame.ts";
import { LiveHost } from "./live-host.ts";
import { safeJson, sanitise } from "./sanitise.ts";
import { takeSnapshot } from "./take-snapshot.ts";
import { Terminal } from "./terminal.ts";
import { runView } from "./view.ts";

/** Exit codes: 64 is EX_USAGE of sysexits.h, 130 what a shell makes of SIGINT. */
const EXIT = { ok: 0, failure: 1, usage: 64, interrupted: 130 } as const;

/** Something done with a host; resolves to the exit code. */
type Job = (host: Host, signal: AbortSignal) => Promise<number>;

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort());
process.stdout.on("error", (error) => {
  if (isReaderGone(error)) stop.abort();
});
process.stderr.on("error", () => {});

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  if (stop.signal.aborted) return EXIT.interrupted;
  complain(error instanceof Error ? error.message : String(error));
  return error instanceof AgentStartError ? error.exitCode : EXIT.failure;
});

async function main(args: readonly string[]): Promise<number> {
  const command = parseCommand(args);
  switch (command.kind) {
    case "help":
      process.stdout.write(helpText());
      return EXIT.ok;
    case "usage":
      complain(`${command.message}\nTry --help.`);
      return EXIT.usage;
    case "agent":
      return runAgent(command.args, stop.signal);
    case "once":
      return withHost(command.from, (host, signal) => printOnce(host, signal, command.json));
    case "live":
      return withHost(command.from, hasScreen() ? showLive : (host, signal) => printOnce(host, signal, false));
  }
}

function withHost(from: Remote | null, job: Job): Promise<number> {
  return from === null ? withAgent(job) : withRemote(from, job);
}

/** Does a job with an agent of its own on this machine. Throws if the agent ends before the job does. */
async function withAgent(job: Job): Promise<number> {
  const agent = await startAgent(stop.signal);
  const lost = new AbortController();
  void agent.ended.then(() => lost.abort());
  const isLost = () => lost.signal.aborted && !stop.signal.aborted;
  try {
    const host = await open(agent.target);
    try {
      const code = await job(host, AbortSignal.any([stop.signal, lost.signal]));
      if (!isLost()) return code;
    } catch (error) {
      if (!isLost()) throw error;
    } finally {
      await host.close();
    }
    const { exitCode, said } = await agent.ended;
    throw new Error(`the agent ended unexpectedly, with code ${exitCode}${said === "" ? "" : `:\n${said}`}`);
  } finally {
    await agent.stop();
  }
}

/** Does a job with a host whose agent runs already. */
async function withRemote({ target, options }: Remote, job: Job): Promise<number> {
  const host = await open(target, { ...options, signal: stop.signal });
  try {
    return await job(host, stop.signal);
  } finally {
    await host.close();
  }
}

async function showLive(host: Host, signal: AbortSignal): Promise<number> {
  const terminal = new Terminal(process.stdin, process.stdout);
  const colour = (process.env.NO_COLOR ?? "") === "";
  const leave = new AbortController();
  try {
    // Before the screen is taken: if the host cannot be read at all, the reason is left on the normal screen.
    const live = await LiveHost.start(host, { interval: 1, signal: AbortSignal.any([signal, leave.signal]) });
    await runView({ live, terminal, colour }, signal);
    return EXIT.ok;
  } finally {
    leave.abort();
  }
}

async function printOnce(host: Host, signal: AbortSignal, json: boolean): Promise<number> {
  const snapshot = await takeSnapshot(host, signal);
  const columns = process.stdout.isTTY ? process.stdout.columns || 80 : Number.POSITIVE_INFINITY;
  const text = json ? `${safeJson(snapshot)}\n` : renderText(snapshot, columns);
  // Until it is written: the process ends right after.
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(text, (error) => (error == null || isReaderGone(error) ? resolve() : reject(error)));
  });
  return EXIT.ok;
}

/** A reader that has seen enough (`| head`) or a terminal that was closed: nothing is left to do, and no failure. */
function isReaderGone(error: NodeJS.ErrnoException): boolean {
  return error.code === "EPIPE" || error.code === "EIO";
}

/** Whether there is a screen to draw on; a dumb terminal has no cursor to move. */
function hasScreen(): boolean {
  return process.stdout.isTTY && process.env.TERM !== "dumb";
}

function complain(message: string): void {
  const lines = message.split("\n").map(sanitise);
  process.stderr.write(`hostscope: ${lines.join("\n")}\n`);
}
