// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from "node:fs";

/** CPU time that a process and its threads have used, in ticks of 10 ms. */
export function cpuTicks(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "latin1").replace(/.*\) /s, "").split(" ");
  return Number(fields[11]) + Number(fields[12]);
}
