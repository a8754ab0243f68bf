// SPDX-License-Identifier: Apache-2.0
// The machine that the conformance suite runs against: this one, or with `npm run test:windows` the Windows that Wine makes
// of it. Tests see no more of it than this.

import type { ChildProcess } from "node:child_process";
import type { Host } from "@hostscope/client";
import type { PsutilOracle } from "../psutil-oracle.ts";
import { linuxMachine } from "./linux.ts";
import { windowsMachine } from "./windows.ts";

/** How a program that tests look at is started; it idles until it is ordered to do something. */
export interface TargetOptions {
  /** Arguments that only mark it. */
  readonly args?: readonly string[];
  /** Variables besides those that every program gets there. */
  readonly env?: Readonly<Record<string, string>>;
  /** Folder to work in, in this machine's own terms; `facts.cwd` has it in the tested machine's. */
  readonly cwd?: string;
  /** Bytes that it writes to and keeps. */
  readonly memory?: number;
  /** Threads besides the first. */
  readonly threads?: number;
  /** Files that it keeps open for reading, as that machine names them. */
  readonly files?: readonly string[];
  /** Children: [3, 2] is three, each with two of its own. They end when their parent does. */
  readonly children?: readonly number[];
}

/** What a program knows of itself, by its own system's calls. */
export interface TargetFacts {
  readonly pid: number;
  readonly exe: string;
  readonly cmdline: readonly string[];
  readonly cwd: string;
  readonly environ: Readonly<Record<string, string>>;
  readonly children: readonly TargetFacts[];
}

/** A program that runs on the tested machine. It ends with stop(), and when these tests do. */
export interface Target {
  /** As the tested machine numbers it. */
  readonly pid: number;
  readonly facts: TargetFacts;
  /** Its pid on this very machine is the child's: psutil can look at it there. */
  readonly child: ChildProcess;
  /** Has it use a CPU for so many seconds of CPU time; resolves afterwards. */
  spin(seconds: number): Promise<void>;
  /** Whether it answers orders at once, which it does not while it is suspended. Any order is carried out in the end. */
  answers(): Promise<boolean>;
  /** Has it end with this code, as the machine has it; resolves when the system has heard of the end. */
  exit(code: number): Promise<void>;
  /** Ends it by force, without hostscope; resolves when the system has heard of the end. */
  stop(): Promise<void>;
}

/** Second opinions about the tested machine. */
export interface Oracle {
  /** psutil on this very machine: what of it the tested machine shows is to be the same there. */
  readonly psutil: PsutilOracle;
  /** About the host, in psutil's terms: "cpu_times", "pids". */
  system<T = unknown>(what: string): Promise<T>;
  /** About a process: "name", "memory_info". */
  process<T = unknown>(pid: number, what: string): Promise<T>;
  stop(): void;
}

/** One way to reach the machine. */
export interface Way {
  /** For titles: "local". */
  readonly name: string;
  start(): Promise<OpenedWay>;
}

export interface OpenedWay {
  readonly host: Host;
  /** Where its agent listens; null without one. */
  readonly address: { readonly host: string; readonly port: number } | null;
  stop(): Promise<void>;
}

export interface TestMachine {
  readonly os: "linux" | "windows";
  /** As that system calls it. */
  readonly architecture: string;
  /** What paths are like there. */
  readonly paths: {
    /** Where the file system is mounted that this machine has at "/". */
    readonly root: string;
    /** A file that is there, one that is not, and what is no absolute path. */
    readonly file: string;
    readonly missing: string;
    readonly relative: string;
    /** A path of this machine in the other's terms. */
    of(path: string): string;
  };
  /** What waiting tells of a process that was ended by terminate() or kill(), and by stop(). */
  readonly codes: { readonly terminate: number; readonly kill: number; readonly stop: number };
  /** Whether waiting tells the code of any process: before Linux 6.15 the kernel tells it to the parent alone. */
  readonly knowsCodes: boolean;
  /** What nice() of a process may be set to, besides what it is. */
  readonly nices: readonly [number, number];
  /** The name of a variable as hostscope has it: Windows' names are without case, and psutil's there in capitals. */
  variable(name: string): string;
  /** The status of a process that does nothing. */
  readonly idleStatus: string;
  readonly ways: readonly Way[];
  target(options?: TargetOptions): Promise<Target>;
  /** Skips the test or suite where there is none. */
  oracle(context: Mocha.Context): Promise<Oracle>;
}

export const machine: TestMachine = process.env.HOSTSCOPE_WINDOWS === undefined ? linuxMachine : windowsMachine;
