// SPDX-License-Identifier: Apache-2.0

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { Readable } from "node:stream";

/** Whether this user may make namespaces. */
export function canUnshare(): boolean {
  return spawnSync("unshare", ["--mount", "--net", "--pid", "--fork", "--mount-proc", "true"]).status === 0;
}

/**
 * Runs a shell script as the first process of mount, network and pid namespaces of its own; all it starts ends with it.
 * It still has our /proc, and is to mount its own.
 */
export function unshare(script: string, ...args: string[]): ChildProcess {
  const flags = ["--mount", "--net", "--pid", "--fork", "--kill-child"];
  return spawn("unshare", [...flags, "sh", "-euc", script, "sh", ...args], { stdio: ["pipe", "pipe", "inherit"] });
}

/** Pid, as we see it, of the first process in the namespaces, once that says so by a line of output. */
export async function firstProcessOf(child: ChildProcess): Promise<number> {
  await Promise.race([
    once(child.stdout as Readable, "data"),
    once(child, "exit").then(() => Promise.reject(new Error("the namespaces did not come up"))),
  ]);
  return Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, "utf8").split(" ")[0]);
}

/** Ends the namespaces and everything in them. */
export async function endOf(child: ChildProcess): Promise<void> {
  const ended = child.exitCode !== null || child.signalCode !== null ? null : once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}
