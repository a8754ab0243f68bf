// SPDX-License-Identifier: Apache-2.0

import { readdirSync, readFileSync } from "node:fs";

const PF_KTHREAD = 0x200000;

/** The pid of a thread of the kernel, by the flag that only those have; null where none is visible. */
export function kernelThread(): number | null {
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      const flags = readFileSync(`/proc/${name}/stat`, "latin1").replace(/.*\) /s, "").split(" ")[6];
      if ((Number(flags) & PF_KTHREAD) !== 0) return Number(name);
    } catch {} // it has ended
  }
  return null;
}
