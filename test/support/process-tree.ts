// SPDX-License-Identifier: Apache-2.0

import { readdirSync, readFileSync } from "node:fs";

/** Processes started by a process or by those it started, read from /proc. */
export function descendants(root: number): number[] {
  const parents = new Map(
    readdirSync("/proc")
      .filter(isPid)
      .map((pid) => [Number(pid), parentOf(pid)]),
  );
  const children = (parent: number): number[] =>
    Array.from(parents).flatMap(([pid, itsParent]) => (itsParent === parent ? [pid, ...children(pid)] : []));
  return children(root);
}

/** Command line of a process, arguments joined by spaces; empty if it is gone. */
export function commandLine(pid: number): string {
  return read(`/proc/${pid}/cmdline`).replaceAll("\0", " ").trim();
}

/** Whether a process runs; a zombie does not. */
export function isRunning(pid: number): boolean {
  const state = read(`/proc/${pid}/stat`).split(") ").at(-1)?.[0];
  return state !== undefined && state !== "Z" && state !== "X";
}

function parentOf(pid: string): number {
  return Number(read(`/proc/${pid}/stat`).split(") ").at(-1)?.split(" ")[1]);
}

function isPid(name: string): boolean {
  return /^\d+$/.test(name);
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
