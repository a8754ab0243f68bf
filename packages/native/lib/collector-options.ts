// SPDX-License-Identifier: Apache-2.0

import { isAbsolute, join } from "node:path";
import { didYouMean } from "@hostscope/proto";
import type { NativeOptions } from "./addon.ts";
import { defaultStateDirectory } from "./control/state-directory.ts";

/** What a collector may be told. Unknown keys are refused. */
export interface CollectorOptions {
  /** Where the host's procfs is mounted. Linux. @default "/proc" */
  readonly procRoot?: string | undefined;
  /** Where the host's sysfs is mounted. Linux. @default "/sys" */
  readonly sysRoot?: string | undefined;
  /** Where the host's device files are. Linux. @default "/dev" below `rootfs` */
  readonly devRoot?: string | undefined;
  /** Where the host's root of all files is mounted: its users, release and file systems are read there. Linux. @default "/" */
  readonly rootfs?: string | undefined;
  /**
   * Names of processes that no call may signal, besides pid 1, kernel threads, this process and its ancestors. Linux
   * tells names by their first 15 bytes. @default []
   */
  readonly protectedNames?: readonly string[] | undefined;
  /**
   * Whether programs may be loaded into the kernel (BPF) where its files are slow to ask. Needs rights that root has;
   * without them the files are asked, and the answers are the same. Linux. @default true
   */
  readonly bpf?: boolean | undefined;
  /** Most worker threads, those that are stuck included; 1 to 256. @default 16 */
  readonly maxThreads?: number | undefined;
  /**
   * Milliseconds after which one field of a process that the kernel does not give has timed out; 1 to 60,000. Any other
   * call that the kernel does not answer fails with DEADLINE_EXCEEDED after five times as long. @default 1000
   */
  readonly fieldTimeoutMs?: number | undefined;
  /** Whether Process.Popen may start programs, which any caller can then do as this user. @default false */
  readonly allowExec?: boolean | undefined;
  /**
   * Folder for what must outlive this process: operations that are done, and processes to be resumed. Made at its first
   * use. @default $RUNTIME_DIRECTORY, /run/hostscope for root, else $XDG_RUNTIME_DIR/hostscope or one in the temporary folder
   */
  readonly stateDir?: string | undefined;
}

/** Options that have been checked, all of them. */
export interface CheckedOptions extends NativeOptions {
  readonly stateDir: string;
}

const DEFAULTS: Omit<CheckedOptions, "stateDir"> = {
  procRoot: "/proc",
  sysRoot: "/sys",
  devRoot: "/dev",
  rootfs: "/",
  protectedNames: [],
  bpf: true,
  maxThreads: 16,
  fieldTimeoutMs: 1000,
  allowExec: false,
};

const LIMITS = { maxThreads: 256, fieldTimeoutMs: 60_000 } as const;

// A name that no process can have protects nobody, which is not what was meant.
function isProcessName(name: unknown): boolean {
  return typeof name === "string" && name !== "" && !name.includes("\0");
}

/** Checks the options and fills in the defaults. Throws TypeError or RangeError for options that cannot be meant. */
export function checkOptions(options: CollectorOptions): CheckedOptions {
  if (typeof options !== "object" || options === null) throw new TypeError("the options of a collector are an object");
  const known = [...Object.keys(DEFAULTS), "stateDir"];
  for (const key of Object.keys(options)) {
    if (!known.includes(key)) throw new TypeError(`a collector has no option "${key}"${didYouMean(key, known)}`);
  }
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const checked = { ...DEFAULTS, stateDir: defaultStateDirectory(), ...given };
  for (const key of ["procRoot", "sysRoot", "devRoot", "rootfs", "stateDir"] as const) {
    const value: unknown = checked[key];
    if (typeof value !== "string" || !isAbsolute(value) || value.includes("\0")) {
      throw new TypeError(`${key} must be an absolute path`);
    }
  }
  const names: unknown = checked.protectedNames;
  if (!Array.isArray(names) || !names.every(isProcessName)) {
    throw new TypeError("protectedNames must be an array of names of processes");
  }
  for (const key of ["maxThreads", "fieldTimeoutMs"] as const) {
    if (!Number.isInteger(checked[key]) || checked[key] < 1 || checked[key] > LIMITS[key]) {
      throw new RangeError(`${key} must be a whole number from 1 to ${LIMITS[key]}`);
    }
  }
  if (typeof checked.allowExec !== "boolean") throw new TypeError("allowExec must be true or false");
  if (typeof checked.bpf !== "boolean") throw new TypeError("bpf must be true or false");
  // Whoever shows a host's files shows its devices with them.
  return options.devRoot === undefined ? { ...checked, devRoot: join(checked.rootfs, "dev") } : checked;
}
