// SPDX-License-Identifier: Apache-2.0

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** A program of Prometheus's family that serves HTTP on a port of its own choice. */
export interface ListeningProgram {
  /** "http://127.0.0.1:PORT". */
  readonly url: string;
  readonly child: ChildProcess;
  stop(): Promise<void>;
}

/** Whether a program is there. */
export function isInstalled(program: string): boolean {
  return spawnSync(program, ["--version"], { stdio: "ignore" }).status === 0;
}

/** Starts one with port 0 on loopback, and waits for the line of its log that tells the address. */
export async function startListening(program: string, ...args: string[]): Promise<ListeningProgram> {
  const child = spawn(program, ["--web.listen-address=127.0.0.1:0", ...args], { stdio: ["ignore", "ignore", "pipe"] });
  const ended = once(child, "exit");
  const log: string[] = [];
  const address = await new Promise<string>((resolve, reject) => {
    const lines = createInterface({ input: child.stderr });
    lines.on("line", (line) => {
      log.push(line);
      const found = /Listening on" address=(127\.0\.0\.1:\d+)/.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
    lines.on("close", () => reject(new Error(`${program} tells no address:\n${log.slice(-20).join("\n")}`)));
    child.on("error", reject);
  });
  return {
    url: `http://${address}`,
    child,
    async stop() {
      child.kill("SIGTERM");
      const impatience = setTimeout(() => child.kill("SIGKILL"), 10_000);
      await ended;
      clearTimeout(impatience);
    },
  };
}
