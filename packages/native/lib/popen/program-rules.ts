// SPDX-License-Identifier: Apache-2.0
// What the systems want of a program that is to be started. Knows both, so that it is tested anywhere.

import { posix, win32 } from "node:path";

/** What depends on the system. */
export interface ProgramRules {
  /** As in ErrorDetail. */
  readonly platform: string;
  /** Where a program runs that is given no directory. */
  readonly root: string;
  /** Whether programs can be started as other users. */
  readonly hasUsers: boolean;
  isAbsolute(path: string): boolean;
  /** Whether a file that begins so, null if nobody may read it, is started by the kernel itself and by no shell. */
  isProgram(path: string, head: string | null): boolean;
  /** What there must be of a program, in words. */
  readonly wanted: string;
  /** By which of its letters a variable of the environment is told from others. */
  variableKey(name: string): string;
}

const onPosix: ProgramRules = {
  platform: "linux",
  root: "/",
  hasUsers: true,
  isAbsolute: posix.isAbsolute,
  isProgram: (_path, head) => head === null || head.startsWith("#!") || head === "\x7fELF",
  wanted: "is neither a program nor a script that begins with #!",
  variableKey: (name) => name,
};

/** The C library runs these through its shell; to quote for that is beyond anybody. Dots and blanks at the end are dropped. */
const BATCH_FILE = /\.(bat|cmd)[. ]*$/i;

const onWindows: ProgramRules = {
  platform: "windows",
  root: `${process.env.SystemDrive ?? "C:"}\\`,
  hasUsers: false,
  // A path without a drive is on the one that the agent happens to be on.
  isAbsolute: (path) => win32.isAbsolute(path) && !/^[\\/](?![\\/])/.test(path),
  isProgram: (path, head) => !BATCH_FILE.test(path) && (head === null || head.startsWith("MZ")),
  wanted: "is no program; what a shell runs, such as a batch file, is not started",
  variableKey: (name) => name.toUpperCase(),
};

/** The rules of a system, this one's by default. */
export const programRules = (platform: NodeJS.Platform = process.platform): ProgramRules =>
  platform === "win32" ? onWindows : onPosix;
