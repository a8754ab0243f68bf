// SPDX-License-Identifier: Apache-2.0

import type { SwapMemory, VirtualMemory } from "@hostscope/client";

/** One process in a snapshot. `null`: not known, not readable, or the platform has no such value. */
export interface ProcessRow {
  /** Process id. */
  readonly pid: number;
  /** Name of the real user. */
  readonly username: string | null;
  /** Niceness; priority class on Windows. */
  readonly nice: number | null;
  /** Resident set, bytes. */
  readonly rss: number | null;
  /** CPU use over about cpu.interval; 100 is one CPU fully used. */
  readonly cpuPercent: number | null;
  /** Resident set as a share of the host's memory, percent. */
  readonly memoryPercent: number | null;
  /** CPU time used so far, user and system, seconds. */
  readonly cpuTime: number | null;
  /** State in psutil's words, e.g. "sleeping". */
  readonly status: string | null;
  /** Number of threads. */
  readonly numThreads: number | null;
  /** Program name. */
  readonly name: string | null;
  /** Arguments, program first; empty for kernel threads and zombies. */
  readonly cmdline: readonly string[];
}

/** One host at one moment: what is drawn, and what `--once --json` prints. */
export interface Snapshot {
  /** Name of the host. */
  readonly host: string;
  /** The host's clock, ISO 8601. */
  readonly time: string;
  /** Seconds since boot; null if it cannot be read. */
  readonly uptime: number | null;
  /** Load averages over 1, 5 and 15 minutes. */
  readonly loadavg: readonly number[] | null;
  /** CPU use, percent: of all together and of each, by the kernel's number; `interval`: seconds it was measured over. */
  readonly cpu: {
    readonly percent: number | null;
    readonly interval: number;
    readonly perCpu: readonly { readonly cpu: number; readonly percent: number }[];
  };
  /** Physical memory, bytes; null if it cannot be read. */
  readonly memory: VirtualMemory | null;
  /** Swap, bytes; null if it cannot be read. */
  readonly swap: SwapMemory | null;
  /** Most CPU first. */
  readonly processes: readonly ProcessRow[];
}
