// SPDX-License-Identifier: Apache-2.0

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { plainEnvironment } from "./plain-environment.ts";

/** A process made for a test; ends with stop(), and by itself after a minute. */
export interface TestProcess {
  readonly pid: number;
  readonly child: ChildProcess;
  stop(): Promise<void>;
}

export function startPython(args: readonly string[]) {
  return spawn("python3", args, { stdio: ["ignore", "pipe", "inherit"], env: plainEnvironment() });
}

/**
 * Runs a Python program that prints one line when it is ready and then waits. Python is what can give itself any name:
 * the program gets `rename(bytes)`, which sets the kernel's name of its main thread.
 */
export async function pythonProcess(body: string, args: readonly string[] = []): Promise<TestProcess> {
  const program = `
import ctypes, os, sys, time, signal
def rename(name): ctypes.CDLL(None).prctl(15, ctypes.create_string_buffer(name), 0, 0, 0)
${body}
print("ready", flush=True)
time.sleep(60)
`;
  const child = startPython(["-c", program, ...args]);
  const exited = once(child, "exit");
  await Promise.race([once(child.stdout, "data"), exited.then(() => Promise.reject(new Error("test process ended")))]);
  await asleep(child.pid as number);
  return {
    pid: child.pid as number,
    child,
    async stop() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

/** Waits until a process sleeps. What it has printed comes before that; tests want a process that does nothing. */
export async function asleep(pid: number): Promise<void> {
  const state = () => readFileSync(`/proc/${pid}/stat`, "latin1").replace(/.*\) /s, "").charAt(0);
  for (let waited = 0; state() !== "S" && waited < 5000; waited += 10) await sleep(10);
}

/** A process with a child that has ended and is not collected. `zombie` is the child's pid. */
export async function zombieProcess(): Promise<TestProcess & { zombie: number }> {
  const program = `
import os, sys, time
pid = os.fork()
if pid == 0: os._exit(7)
os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
print(pid, flush=True)
time.sleep(60)
`;
  const child = startPython(["-c", program]);
  const exited = once(child, "exit");
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return {
    pid: child.pid as number,
    zombie: Number(line.toString().trim()),
    child,
    async stop() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}
