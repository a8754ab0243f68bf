// SPDX-License-Identifier: Apache-2.0

import { readdirSync, readlinkSync } from "node:fs";

/** How many descriptors a process has open: those it looks at other processes with, and the rest. */
export function openDescriptors(pid: number): { ofProcesses: number; others: number } {
  const links = readdirSync(`/proc/${pid}/fd`).map((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`);
    } catch {
      return null; // closed meanwhile
    }
  });
  const open = links.filter((link) => link !== null);
  const ofProcesses = open.filter((link) => /^\/proc\/\d|pidfd/.test(link)).length;
  return { ofProcesses, others: open.length - ofProcesses };
}
