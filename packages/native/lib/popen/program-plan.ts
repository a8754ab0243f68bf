// SPDX-License-Identifier: Apache-2.0

import { constants } from "node:fs";
import { access, type FileHandle, open, stat } from "node:fs/promises";
import { ErrorReason } from "@hostscope/proto/gen/error";
import type { PopenStart } from "@hostscope/proto/gen/popen";
import { invalid, popenError, systemError } from "./popen-error.ts";
import { type ProgramRules, programRules } from "./program-rules.ts";
import type { ProgramPlan } from "./spawn-program.ts";
import { readUser, type UserIds } from "./users.ts";

const MOST_ARGS = 1024;
/** A file system that does not answer must be met here: where the program is started, it would hold the whole agent. */
const LOOK_MS = 5_000;

/** Checks what is to be started, before anything runs. Fails with a StatusError that names the field. */
export async function planProgram(
  start: PopenStart,
  rootfs: string,
  rules: ProgramRules = programRules(),
): Promise<ProgramPlan> {
  const args = argsOf(start.args, rules);
  const env = envOf(start.env, rules);
  const cwd = pathOf("start.cwd", start.cwd ?? rules.root, rules);
  const [program] = args;
  if (start.username !== undefined && !rules.hasUsers) {
    throw popenError(ErrorReason.UNSUPPORTED, "start.username: programs run as the agent's own user here", {
      platform: rules.platform,
    });
  }
  await inTime(Promise.all([checkDirectory(cwd), checkProgram(program, rules)]));
  const user = start.username === undefined ? null : await inTime(readUser(rootfs, start.username));
  return { program, args, env, cwd, user: isOurs(user) ? null : user, detached: start.detached };
}

function argsOf(args: readonly string[], rules: ProgramRules): [string, ...string[]] {
  const [program, ...rest] = args;
  if (program === undefined || program === "") throw invalid("start.args", "must begin with a program");
  if (args.length > MOST_ARGS) throw invalid("start.args", `has more than ${MOST_ARGS} arguments`);
  if (args.some((arg) => arg.includes("\0"))) throw invalid("start.args", "must not have NUL characters");
  return [pathOf("start.args", program, rules), ...rest];
}

function envOf(env: Readonly<Record<string, string>>, { variableKey }: ProgramRules): Record<string, string> {
  const whole: Record<string, string> = Object.create(null);
  const keys = new Set<string>();
  for (const [name, value] of Object.entries(env)) {
    if (name === "" || name.includes("=")) throw invalid("start.env", "has a name that is empty or has a =");
    if (`${name}${value}`.includes("\0")) throw invalid("start.env", "must not have NUL characters");
    keys.add(variableKey(name));
    whole[name] = value;
  }
  if (keys.size < Object.keys(whole).length) throw invalid("start.env", "has names that differ in case only");
  return whole;
}

function pathOf(field: string, path: string, { isAbsolute }: ProgramRules): string {
  if (!isAbsolute(path) || path.includes("\0")) throw invalid(field, "must be an absolute path");
  return path;
}

async function checkDirectory(path: string): Promise<void> {
  const found = await stat(path).catch((error: unknown) => {
    throw systemError(error, "start.cwd");
  });
  if (!found.isDirectory()) throw invalid("start.cwd", "is not a directory");
}

async function checkProgram(path: string, rules: ProgramRules): Promise<void> {
  try {
    if (!(await stat(path)).isFile()) throw popenError(ErrorReason.ACCESS_DENIED, "start.args: not a file");
    await access(path, constants.X_OK);
    // The C library gives a file that the kernel does not know to a shell. Who may not read it cannot do so either.
    if (!rules.isProgram(path, await readHead(path))) throw invalid("start.args", rules.wanted);
  } catch (error) {
    throw error instanceof Error && error.name === "StatusError" ? error : systemError(error, "start.args");
  }
}

/** The first four bytes; null if they cannot be read. */
async function readHead(path: string): Promise<string | null> {
  let file: FileHandle | null = null;
  try {
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString("latin1", 0, bytesRead);
  } catch {
    return null;
  } finally {
    await file?.close();
  }
}

/** To become who one is needs a permission that most have not. Root clears its groups all the same. */
function isOurs(user: UserIds | null): boolean {
  return user !== null && user.uid !== 0 && user.uid === process.getuid?.() && user.gid === process.getgid?.();
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = popenError(ErrorReason.DEADLINE, "the file system of the program does not answer");
    timer = setTimeout(() => reject(error), LOOK_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
