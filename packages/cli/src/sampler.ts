// SPDX-License-Identifier: Apache-2.0

import type { CallOptions, Host } from "@hostscope/client";
import type { ProcessRow, Snapshot } from "./snapshot.ts";

const ATTRIBUTES = [
  "pid",
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

/** An answer later than this is of no use to somebody who looks at a screen. */
const TIMEOUT_MS = 5_000;

/** Takes snapshots of a host. Each tells the CPU use since the one before; the first, over 0.1 s at the agent. */
export class Sampler {
  readonly #host: Host;
  readonly #name: string;

  /** `name` is the host's name as it is shown. */
  constructor(host: Host, name: string) {
    this.#host = host;
    this.#name = name;
  }

  /** The host as it is now. */
  async next(signal: AbortSignal): Promise<Snapshot> {
    const host = this.#host;
    const options: CallOptions = { signal, timeoutMs: TIMEOUT_MS };
    const [cpu, cpus, memory, swap, loadavg, bootTime, processes] = await Promise.all([
      host.cpuPercent(options),
      host.cpuPercent({ ...options, percpu: true }),
      host.virtualMemory(options),
      host.swapMemory(options),
      host.getloadavg(options),
      host.bootTime(options),
      this.#processes(options),
    ]);
    // The agent runs on this machine, so the host's clock is ours.
    const now = Date.now();
    const perCpu = cpus.map(({ cpu, percent }) => ({ cpu, percent }));
    return {
      host: this.#name,
      time: new Date(now).toISOString(),
      uptime: round(Math.max(0, now / 1000 - bootTime)),
      loadavg,
      cpu: { ...cpu, perCpu },
      memory,
      swap,
      processes,
    };
  }

  async #processes(options: CallOptions): Promise<ProcessRow[]> {
    const rows: ProcessRow[] = [];
    for await (const { info } of this.#host.processIter({ ...options, attrs: ATTRIBUTES })) {
      rows.push({
        pid: info.pid ?? 0,
        username: info.username,
        nice: info.nice,
        rss: info.memoryInfo?.rss ?? null,
        cpuPercent: info.cpuPercent?.percent ?? null,
        memoryPercent: info.memoryPercent === null ? null : round(info.memoryPercent),
        cpuTime: info.cpuTimes === null ? null : round(info.cpuTimes.user + info.cpuTimes.system),
        status: info.status,
        numThreads: info.numThreads,
        name: info.name,
        cmdline: info.cmdline ?? [],
      });
    }
    return rows.sort(byCpu);
  }
}

/** To hundredths: a sum of ticks would print as 0.30000000000000004. */
function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Most CPU first, then most memory; unknown last. */
function byCpu(a: ProcessRow, b: ProcessRow): number {
  return (b.cpuPercent ?? -1) - (a.cpuPercent ?? -1) || (b.rss ?? -1) - (a.rss ?? -1) || a.pid - b.pid;
}
