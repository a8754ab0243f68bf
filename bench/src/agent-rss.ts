// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from "node:fs";
import { type Host, open } from "@hostscope/client";
import { startAgent } from "./agent.ts";
import type { Bench, Subject } from "./subject.ts";

const COUNTS = [100, 1_000, 10_000];
const MOST_MS = 240_000;
const ATTRS = ["name", "status", "cpuTimes", "memoryInfo", "username", "cmdline", "numFds", "openFiles"] as const;

/** Memory of the agent after so many lists, each read to its end by one client. Later subjects go on from earlier ones. */
export const agentRss: Bench = {
  name: "agent-rss",
  title: `resident memory of the agent after ${COUNTS.join(", ")} lists of ${ATTRS.length} attributes`,
  unit: "MiB",
  warmUpRounds: 0,
  rounds: 1,
  ratios: [
    { of: "after-1000", to: "after-100", goal: null },
    { of: "after-10000", to: "after-1000", goal: { atMost: 1.1 } },
  ],
  async start() {
    const agent = await startAgent();
    const host = await open(agent.address);
    const end = Date.now() + MOST_MS;
    let done = 0;
    const listUpTo = async (count: number): Promise<void> => {
      for (; done < count; done++) {
        if (Date.now() > end) throw new Error(`only ${done} of ${count} lists in ${MOST_MS} ms`);
        await list(host);
      }
    };
    const subjects = COUNTS.map(
      (count): Subject => ({
        name: `after-${count}`,
        async measure() {
          await listUpTo(count);
          return residentMiB(agent.pid);
        },
        stop: () => Promise.resolve(),
      }),
    );
    const stop = async () => {
      await host.close();
      await agent.stop();
    };
    return { subjects, missing: [], stop };
  },
};

async function list(host: Host): Promise<void> {
  const { processes } = await host.processList({ attrs: ATTRS });
  if (processes.length === 0) throw new Error("no processes");
}

function residentMiB(pid: number): number {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kib) / 1024;
}
