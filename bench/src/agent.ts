// SPDX-License-Identifier: Apache-2.0

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A server in a process of its own. */
export interface Server {
  readonly address: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Runs a program whose first line is its address and that ends when its stdin does. */
export async function startServer(module: string, args: readonly string[]): Promise<Server> {
  const child = spawn(process.execPath, ["--import", "tsx", fileURLToPath(module), ...args], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  const ended = once(child, "exit");
  const first = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  if (first.done === true) throw new Error(`${module} ended before it told its address`);
  return {
    address: first.value,
    pid: child.pid as number,
    async stop() {
      child.stdin.end();
      const impatience = setTimeout(() => child.kill("SIGKILL"), 5000);
      await ended;
      clearTimeout(impatience);
    },
  };
}

/** An agent of this checkout on a loopback port; its address is what open() takes. */
export function startAgent(): Promise<Server> {
  return startServer(import.meta.resolve("@hostscope/agent/main"), ["--listen", "127.0.0.1:0", "--exit-with-parent"]);
}
