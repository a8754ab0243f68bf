// SPDX-License-Identifier: Apache-2.0
// The only file that starts programs, for the only call that does.

import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";

const isWindows = process.platform === "win32";

/** A program to be started, all of it checked. */
export interface ProgramPlan {
  /** Absolute path of the program. */
  readonly program: string;
  /** All arguments; the first is what the program is called. */
  readonly args: readonly [string, ...string[]];
  /** The whole environment; without a prototype. */
  readonly env: Readonly<Record<string, string>>;
  /** Absolute path of a directory. */
  readonly cwd: string;
  /** User and group to become; null to stay who we are. */
  readonly user: { readonly uid: number; readonly gid: number } | null;
  /** Whether it is to go on when its call has ended. */
  readonly detached: boolean;
}

/** A started program with its three streams. */
export type Program = ChildProcessByStdio<Writable, Readable, Readable>;

/**
 * Starts it, never through a shell, as the leader of a session of its own where there are any: so that a signal to its group
 * reaches those that it starts, too. A change of user clears the supplementary groups.
 */
export function spawnProgram({ program, args, env, cwd, user, detached }: ProgramPlan): Program {
  const whole: NodeJS.ProcessEnv = Object.assign(Object.create(null), env);
  // Node would add its own; undefined is not passed on.
  if (!Object.hasOwn(whole, "NODE_V8_COVERAGE")) whole.NODE_V8_COVERAGE = undefined;
  return spawn(program, args.slice(1), {
    argv0: args[0],
    cwd,
    env: whole,
    shell: false,
    // On Windows there are no sessions; what is not detached is in a job that ends with the agent, however that ends.
    detached: detached || !isWindows,
    windowsHide: true,
    stdio: ["pipe", "pipe", "pipe"],
    ...(user === null ? {} : user),
  });
}

/**
 * Asks the program and its group to end. False where there is no way to ask, as on Windows. Nothing once it was
 * collected: its number may be another's by then.
 */
export function askToEnd(program: Program): boolean {
  if (!isWindows) signalGroup(program, "SIGTERM");
  return !isWindows;
}

/** Ends the program by force, and its group where there are groups. */
export function forceToEnd(program: Program): void {
  if (isWindows) program.kill("SIGKILL");
  else signalGroup(program, "SIGKILL");
}

function signalGroup({ pid, exitCode, signalCode }: Program, signal: NodeJS.Signals): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  trySignal(-pid, signal);
}

/**
 * Ends what is left of the group of a program, in the very tick in which it is known to have ended: while anybody of the
 * group lives the number is not given to others.
 */
export function killRestOfGroup({ pid }: Program): void {
  if (pid !== undefined && !isWindows) trySignal(-pid, "SIGKILL");
}

function trySignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone, or of another user by now: there is no more to do.
  }
}
