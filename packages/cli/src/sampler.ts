// SPDX-License-Identifier: Apache-2.0

import type { CallOptions, Host } from "@hostscope/client";
import { ATTRIBUTES, byCpu, round, rowOf } from "./process-rows.ts";
import type { ProcessRow, Snapshot } from "./snapshot.ts";

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
    for await (const { pid, info } of this.#host.processIter({ ...options, attrs: ATTRIBUTES })) {
      rows.push(rowOf(pid, { ...info, cmdline: info.cmdline ?? [] }));
    }
    return rows.sort(byCpu);
  }
}
