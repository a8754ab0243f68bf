// SPDX-License-Identifier: Apache-2.0

import { posix, win32 } from "node:path";

/** What tells the names of a process; null is what could not be read. */
export interface NameFacts {
  readonly name: string | null;
  readonly exe: string | null;
  readonly cmdline: readonly string[] | null;
}

/** Whether a process goes by a name: as itself, as its executable's file name, or as its first argument. */
export function goesBy({ name, exe, cmdline }: NameFacts, wanted: string): boolean {
  return name === wanted || (exe !== null && exe !== "" && fileName(exe) === wanted) || cmdline?.[0] === wanted;
}

/** The last part of a path of any platform: one of a POSIX system begins with "/". */
function fileName(path: string): string {
  return path.startsWith("/") ? posix.basename(path) : win32.basename(path);
}
