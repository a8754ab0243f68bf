// SPDX-License-Identifier: Apache-2.0

import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, copyFileSync, mkdirSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Processes with random strings in all places where a process keeps secrets. */
export interface SecretProcesses {
  /** By what shows them: the permission of their field. */
  readonly canaries: Readonly<Record<"cmdline" | "environ" | "paths" | "network", readonly string[]>>;
  readonly pids: readonly number[];
  stop(): void;
}

const LONG_NAME = "a-program-with-a-long-name";
const PROGRAM = `
require("node:net").createServer().listen(process.env.SOCKET_PATH, () => process.stdout.write("ready"));
`;

/** Starts them; resolves when they have all their secrets. */
export async function startSecretProcesses(): Promise<SecretProcesses> {
  const next = () => `canary-${randomBytes(9).toString("hex")}`;
  const environ = Array.from({ length: 5 }, next);
  const cmdline = Array.from({ length: 7 }, next);
  const [cwd, file, exe, socket] = Array.from({ length: 4 }, next) as [string, string, string, string];
  const folder = mkdtempSync(join(tmpdir(), "hostscope-secrets-"));
  mkdirSync(join(folder, cwd));
  copyFileSync("/bin/sleep", join(folder, exe));
  const [title, afterName, ...rest] = cmdline;
  const env = Object.fromEntries(environ.map((canary, at) => [`SECRET_${at}`, canary]));
  const fd = openSync(join(folder, file), "w");
  const node = spawn(process.execPath, ["-e", PROGRAM, "--", ...rest.map((canary) => `--password=${canary}`)], {
    argv0: `worker: ${title}`,
    cwd: join(folder, cwd),
    env: { ...env, SOCKET_PATH: join(folder, socket) },
    stdio: ["ignore", "pipe", "ignore", fd],
  });
  closeSync(fd);
  // A copy of a program in a secret place, called by a name that is none.
  const sleep = spawn(join(folder, exe), ["1000"], { argv0: "sleep", stdio: "ignore", env: {} });
  // The kernel cuts this name, so that it is completed from the command line.
  copyFileSync("/bin/sleep", join(folder, LONG_NAME));
  const named = spawn(join(folder, LONG_NAME), ["1000"], {
    argv0: `${LONG_NAME} --secret=${afterName}`,
    stdio: "ignore",
    env: {},
  });
  await new Promise((resolve, reject) => {
    node.stdout?.once("data", resolve);
    node.once("exit", () => reject(new Error("the process with secrets ended at once")));
  });
  const children: ChildProcess[] = [node, sleep, named];
  return {
    // The path of the socket is in the environment, too.
    canaries: { cmdline, environ: [...environ, socket], paths: [cwd, file, exe], network: [socket] },
    pids: children.map(({ pid }) => pid ?? 0),
    stop() {
      for (const child of children) child.kill("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
