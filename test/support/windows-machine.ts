// SPDX-License-Identifier: Apache-2.0

import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { eventually } from "./eventually.ts";
import { plainEnvironment } from "./plain-environment.ts";

/** What `npm run test:windows` made ready. */
interface WindowsMachine {
  readonly wine: string;
  readonly node: string;
  readonly folder: string;
  /** What npm would have installed, with node_modules. */
  readonly packages: string;
  readonly compiler: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** A program that runs under Wine. */
export interface WindowsProgram {
  readonly child: ChildProcess;
  /** What it has written to standard output so far. */
  output(): string;
  /** The same of standard error. */
  errors(): string;
  /** Settles with its exit code, null after a signal. */
  readonly ended: Promise<number | null>;
  /** Ends it by force and forgets its output. */
  stop(): Promise<void>;
}

const STARTING_MS = 60_000;

function windowsMachine(): WindowsMachine {
  const text = process.env.HOSTSCOPE_WINDOWS;
  if (text === undefined) throw new Error("these tests are run by `npm run test:windows`");
  return JSON.parse(text) as WindowsMachine;
}

/** Starts Node for Windows. */
export const runOnWindows = (...args: string[]): WindowsProgram => startOnWindows(windowsMachine().node, ...args);

/** Path of Node for Windows on this machine. */
export const nodePathHere = (): string => windowsMachine().node;

/** Path of Node for Windows, as Windows has it: Wine shows this machine as drive Z. */
export const nodePathOnWindows = (): string => windowsPath(windowsMachine().node);

/** A path of this machine as Windows has it. */
export const windowsPath = (path: string): string => `Z:${path.replaceAll("/", "\\")}`;

/** What runs a program of Windows here, and the variables that it needs. */
export function wineCommand(program: string): { command: readonly string[]; env: Readonly<Record<string, string>> } {
  const { wine, env } = windowsMachine();
  return { command: [wine, program], env };
}

/** Starts a program of Windows. Its standard output is no pipe, which Wine does not give Node as one: it writes to files. */
export function startOnWindows(program: string, ...args: string[]): WindowsProgram {
  return startOnWindowsWith({}, program, ...args);
}

/** The same with more in its environment. */
export function startOnWindowsWith(
  more: Readonly<Record<string, string>>,
  program: string,
  ...args: string[]
): WindowsProgram {
  const { wine, folder, env } = windowsMachine();
  const files = mkdtempSync(join(tmpdir(), "hostscope-wine-"));
  const [out, err] = [join(files, "out"), join(files, "err")];
  const [stdout, stderr] = [openSync(out, "w"), openSync(err, "w")];
  const child = spawn(wine, [program, ...args], {
    cwd: folder,
    env: { ...plainEnvironment(), ...env, ...more },
    stdio: ["ignore", stdout, stderr],
  });
  closeSync(stdout);
  closeSync(stderr);
  const ended = once(child, "exit").then(([code]) => code as number | null);
  return {
    child,
    output: () => readFileSync(out, "utf8"),
    errors: () => readFileSync(err, "utf8"),
    ended,
    async stop() {
      child.kill("SIGKILL");
      await ended;
      rmSync(files, { recursive: true, force: true });
    },
  };
}

/** Path of a file of the packages, as npm would have installed them. */
export const windowsPackageFile = (...path: string[]): string =>
  join(windowsMachine().packages, "node_modules", ...path);

/** Drive C: as this machine sees it. */
export const windowsDriveC = (): string => join(windowsMachine().env.WINEPREFIX ?? "", "drive_c");

/** Path of one of our programs in the installation, such as "main" for the agent. */
export const windowsProgram = (name: string): string => join(windowsMachine().folder, "lib", `${name}.mjs`);

/** An agent under Wine that serves on a free loopback port. */
export interface WindowsAgent extends WindowsProgram {
  /** What open() takes. */
  readonly target: string;
}

/** Starts an agent and waits until it serves; arguments go to it. */
export async function startWindowsAgent(...args: string[]): Promise<WindowsAgent> {
  const program = runOnWindows(windowsProgram("main"), "--listen", "127.0.0.1:0", ...args);
  let over = false;
  program.ended.then(() => {
    over = true;
  });
  try {
    await eventually(() => {
      if (!over && !program.output().includes("\n")) throw new Error("the agent did not start under Wine in time");
    }, STARTING_MS);
    const target = /^grpc:\S+/.exec(program.output())?.[0];
    if (target === undefined) throw new Error(`the agent did not start under Wine:\n${program.errors()}`);
    return { ...program, target };
  } catch (error) {
    await program.stop();
    throw error;
  }
}

/** Compiles a program for Windows, one of test/support, into the installation. Gives its path as Windows has it. */
export async function buildForWindows(source: string): Promise<string> {
  const { compiler, folder } = windowsMachine();
  const output = join(folder, "lib", `${basename(source, ".cc")}.exe`);
  const [program = "", ...first] = compiler;
  const flags = ["-std=c++20", "-O1", "-Wall", "-Wextra", "-Werror", "-static", "-municode"];
  const path = fileURLToPath(new URL(source, import.meta.url));
  await promisify(execFile)(program, [...first, ...flags, path, "-o", output, "-ladvapi32", "-lpsapi"], {
    env: plainEnvironment(),
  });
  return windowsPath(output);
}
