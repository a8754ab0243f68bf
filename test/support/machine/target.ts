// SPDX-License-Identifier: Apache-2.0

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { plainEnvironment } from "../plain-environment.ts";
import type { Target, TargetFacts, TargetOptions } from "./machine.ts";

/** A program that runs answers an order within this; one that is suspended is given so long. */
const ANSWER_MS = 200;

/** The options as both programs for it take them. */
function flagsOf({ args = [], memory, threads, files = [], children }: TargetOptions): string[] {
  return [
    ...(memory === undefined ? [] : ["--memory", String(memory)]),
    ...(threads === undefined ? [] : ["--threads", String(threads)]),
    ...files.flatMap((file) => ["--open", file]),
    ...(children === undefined ? [] : ["--children", children.join()]),
    ...args,
  ];
}

/** Starts one by the command that runs the program there. `isGone` tells when the system has heard of its end. */
export async function startTarget(
  command: readonly string[],
  options: TargetOptions,
  environment: Readonly<Record<string, string>>,
  isGone: (pid: number) => Promise<void>,
): Promise<Target> {
  const [program = "", ...first] = command;
  const child: ChildProcess = spawn(program, [...first, ...flagsOf(options)], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...plainEnvironment(), ...environment, ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  const exited = once(child, "exit");
  const lines = createInterface({ input: child.stdout as Readable })[Symbol.asyncIterator]();
  const first_ = await lines.next();
  if (first_.done === true) throw new Error("the program to look at ended");
  const facts = JSON.parse(first_.value) as TargetFacts;
  const order = (text: string) => (child.stdin as Writable).write(`${text}\n`);
  let last: Promise<unknown> = Promise.resolve();
  const spin = async (seconds: number) => {
    order(`spin ${Math.round(seconds * 1000)}`);
    last = last.then(() => lines.next());
    await last;
  };
  const ended = async () => {
    await exited;
    await isGone(facts.pid);
  };
  return {
    pid: facts.pid,
    facts,
    child,
    spin,
    async answers() {
      return Promise.race([spin(0).then(() => true), sleep(ANSWER_MS, false)]);
    },
    async exit(code) {
      order(`exit ${code}`);
      await ended();
    },
    async stop() {
      child.kill("SIGKILL");
      await ended();
    },
  };
}
