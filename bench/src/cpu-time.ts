// SPDX-License-Identifier: Apache-2.0

import { readdirSync, readFileSync } from "node:fs";

/** CPU time that the threads of a process have used, in milliseconds: to the nanosecond, where ticks would be 10 ms. */
export function cpuMs(pid: number): number {
  const runtimes = readdirSync(`/proc/${pid}/task`).map((task) => {
    try {
      return Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, "utf8").split(" ")[0]);
    } catch {
      return 0; // it has just ended
    }
  });
  return runtimes.reduce((sum, ns) => sum + ns, 0) / 1e6;
}
