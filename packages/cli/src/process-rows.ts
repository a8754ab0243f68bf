// SPDX-License-Identifier: Apache-2.0

import type { ProcessRow as Listed } from "@hostscope/client";
import type { ProcessRow } from "./snapshot.ts";

/** What is read of every process. */
export const ATTRIBUTES = [
  "username",
  "nice",
  "memoryInfo",
  "cpuPercent",
  "memoryPercent",
  "cpuTimes",
  "status",
  "numThreads",
  "name",
  "cmdline",
] as const;

/** Values of a process, from a list or a live table. */
export type ProcessValues = Pick<Listed<(typeof ATTRIBUTES)[number]>, (typeof ATTRIBUTES)[number]>;

/** A process as it is shown. */
export function rowOf(pid: number, values: ProcessValues): ProcessRow {
  const { cpuTimes, memoryPercent } = values;
  return {
    pid,
    username: values.username,
    nice: values.nice,
    rss: values.memoryInfo?.rss ?? null,
    cpuPercent: values.cpuPercent?.percent ?? null,
    memoryPercent: memoryPercent === null ? null : round(memoryPercent),
    cpuTime: cpuTimes === null ? null : round(cpuTimes.user + cpuTimes.system),
    status: values.status,
    numThreads: values.numThreads,
    name: values.name,
    cmdline: values.cmdline,
  };
}

/** Most CPU first, then most memory; unknown last. */
export function byCpu(a: ProcessRow, b: ProcessRow): number {
  return (b.cpuPercent ?? -1) - (a.cpuPercent ?? -1) || (b.rss ?? -1) - (a.rss ?? -1) || a.pid - b.pid;
}

/** To hundredths: a sum of ticks would print as 0.30000000000000004. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
