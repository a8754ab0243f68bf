// SPDX-License-Identifier: Apache-2.0

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

/** An agent of this checkout on a loopback port, with more flags if given; its address is what open() takes. */
export function startAgent(...flags: string[]): Promise<Server> {
  const own = ["--listen", "127.0.0.1:0", "--exit-with-parent"];
  return startServer(import.meta.resolve("@hostscope/agent/main"), [...own, ...flags]);
}

/** The same with the collector in a process of its own, which the agent reaches over a UNIX socket. */
export async function startDividedAgent(): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), "hostscope-bench-"));
  const main = import.meta.resolve("@hostscope/agent/main");
  const path = join(folder, "core.sock");
  const core = await startServer(main, ["--serve-core", path, "--exit-with-parent"]);
  const front = await startServer(main, ["--core", path, "--listen", "127.0.0.1:0", "--exit-with-parent"]);
  return {
    address: front.address,
    pid: front.pid,
    async stop() {
      await front.stop();
      await core.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
