// SPDX-License-Identifier: Apache-2.0

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Subject } from "./subject.ts";

/**
 * A subject in a process of its own, so that no subject pays for another's garbage or warm code.
 * The program measures itself: it answers each line on stdin with one line on stdout, a number.
 * Its first line must be "ready".
 */
export async function driverSubject(name: string, command: string, args: readonly string[]): Promise<Subject> {
  const child = spawn(command, [...args], { stdio: ["pipe", "pipe", "pipe"] });
  const errors: Buffer[] = [];
  child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const line = await lines.next();
    if (line.done === true) throw new Error(`${name} ended: ${Buffer.concat(errors).toString().trim()}`);
    return line.value;
  };
  const ready = await next();
  if (ready !== "ready") throw new Error(`${name} said "${ready}" instead of "ready"`);
  return {
    name,
    async measure() {
      child.stdin.write("go\n");
      const answer = Number(await next());
      if (!Number.isFinite(answer)) throw new Error(`${name} gave no number`);
      return answer;
    },
    stop: () => end(child),
  };
}

async function end(child: ChildProcessWithoutNullStreams): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.stdin.end();
  const impatience = setTimeout(() => child.kill("SIGKILL"), 3000);
  await ended;
  clearTimeout(impatience);
}
