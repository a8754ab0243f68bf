// SPDX-License-Identifier: Apache-2.0

import { isAbsolute } from "node:path";
import { describe } from "./call-options.ts";
import { InvalidArgument } from "./errors.ts";
import type { Target } from "./target.ts";

/** Where this machine's files are read from. For a host that is watched from a container, whose own files they are not. */
export interface LocalRoots {
  /** Where procfs is mounted; psutil's PROCFS_PATH. Linux, "local:" only. @default "/proc" */
  readonly procfs?: string | undefined;
  /** Where sysfs is mounted. Linux, "local:" only. @default "/sys" */
  readonly sysfs?: string | undefined;
  /** Where the root of all files is mounted: users, release, file systems, devices. Linux, "local:" only. @default "/" */
  readonly rootfs?: string | undefined;
  /**
   * Folder for what must outlive this program: operations that were done, and processes to be resumed. "local:" only.
   * @default the one for this user's run-time files
   */
  readonly stateDir?: string | undefined;
}

/** The names of these options. */
export const LOCAL_ROOTS = ["procfs", "sysfs", "rootfs", "stateDir"] as const satisfies readonly (keyof LocalRoots)[];

/** The flag of the agent for each. */
const FLAGS = { procfs: "procfs", sysfs: "sysfs", rootfs: "rootfs", stateDir: "state-dir" } as const;

/** Checks them. Throws InvalidArgument for what is no absolute path, and for a target that is not this machine. */
export function checkRoots(target: Target, roots: LocalRoots = {}): void {
  for (const key of LOCAL_ROOTS) {
    const path: unknown = roots[key];
    if (path === undefined) {
      continue;
    }
    if (target.kind !== "local") {
      throw new InvalidArgument(`open: ${key} is for "local:"; an agent is told its own with --${FLAGS[key]}`);
    }
    if (typeof path !== "string" || !isAbsolute(path) || path.includes("\0")) {
      throw new InvalidArgument(`open: ${key} must be an absolute path, not ${describe(path)}`);
    }
  }
}
