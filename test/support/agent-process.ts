// SPDX-License-Identifier: Apache-2.0

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A real agent in a process of its own. */
export interface AgentProcess {
  /** What open() takes, e.g. "grpc://127.0.0.1:43521". */
  readonly target: string;
  readonly host: string;
  readonly port: number;
  readonly child: ChildProcess;
  /** Everything it has written to stderr so far. */
  log(): string;
  /** SIGTERM, then waits for the end. Exit code, or null if it had to be killed. */
  stop(): Promise<number | null>;
}

/** Path of the agent's program. */
export const AGENT_MAIN = fileURLToPath(import.meta.resolve("@hostscope/agent/main"));

/** Starts an agent on a free loopback port, unless they say where; extra arguments go to it. */
export function startAgent(...args: string[]): Promise<AgentProcess> {
  return launch([], undefined, args);
}

/** The same as another user, which only root can do. */
export function startAgentAs(uid: number | undefined, ...args: string[]): Promise<AgentProcess> {
  return launch([], uid, args);
}

/** The same through a program that becomes the one it is given, such as unshare(1). */
export function startAgentThrough(program: readonly string[], ...args: string[]): Promise<AgentProcess> {
  return launch(program, undefined, args);
}

async function launch(through: readonly string[], uid: number | undefined, args: string[]): Promise<AgentProcess> {
  const listen = args.includes("--listen") ? [] : ["--listen", "127.0.0.1:0"];
  const flags = ["--import", "tsx", AGENT_MAIN, ...listen, "--exit-with-parent", ...args];
  const [program = process.execPath, ...rest] = [...through, process.execPath, ...flags];
  const child = spawn(program, rest, {
    stdio: ["pipe", "pipe", "pipe"],
    ...(uid === undefined ? {} : { uid }),
  });
  const ended = once(child, "exit") as Promise<[number | null]>;
  const log: Buffer[] = [];
  child.stderr.on("data", (chunk: Buffer) => log.push(chunk));
  const text = () => Buffer.concat(log).toString();
  const first = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  if (first.done === true) throw new Error(`the agent ended before it told its address:\n${text()}`);
  const url = new URL(first.value);
  return {
    target: first.value,
    host: url.hostname,
    port: Number(url.port),
    child,
    log: text,
    async stop() {
      child.kill("SIGTERM");
      const impatience = setTimeout(() => child.kill("SIGKILL"), 10_000);
      const [code] = await ended;
      clearTimeout(impatience);
      return code;
    },
  };
}
