// SPDX-License-Identifier: Apache-2.0

import type { Host, HostscopeError, ProcessTable, SystemUpdate } from "@hostscope/client";
import { type Freshness, freshnessOf } from "./freshness.ts";
import { ATTRIBUTES, byCpu, round, rowOf } from "./process-rows.ts";
import type { Snapshot } from "./snapshot.ts";

const METRICS = ["cpuPercent", "virtualMemory", "swapMemory", "getloadavg", "bootTime"] as const;
/** Seconds from one collection to the next. */
const INTERVAL = 1;

type Metrics = SystemUpdate<(typeof METRICS)[number]>;
type Table = ProcessTable<(typeof ATTRIBUTES)[number]>;

/** A host as its streams tell of it, up to date by itself. */
export class LiveHost {
  /** Called after each collection, and when the connection is lost. */
  onChange: () => void = () => {};
  /** Fails when the host cannot be watched any more. */
  readonly failed: Promise<never>;
  readonly #name: string;
  readonly #table: Table;
  #metrics: Metrics;
  #state = {
    interval: INTERVAL,
    heardAt: performance.now(),
    gapAt: null as number | null,
    lost: null as string | null,
  };

  private constructor(name: string, table: Table, first: Metrics, metrics: AsyncIterable<Metrics>) {
    this.#name = name;
    this.#table = table;
    this.#metrics = first;
    table.on("update", ({ gap }) => this.#heard(gap));
    const tableEnds = new Promise<never>((_, reject) => table.on("end", reject));
    this.failed = Promise.race([tableEnds, this.#read(metrics)]);
    // Whoever looks at it is told; nobody needs to.
    this.failed.catch(() => {});
  }

  /** Watches a host until the signal fires; returns when it has told everything once. `name` is how it is shown. */
  static async start(host: Host, name: string, signal: AbortSignal): Promise<LiveHost> {
    const lost: { tell: (error: HostscopeError) => void } = { tell: () => {} };
    const options = { interval: INTERVAL, signal, onDisconnect: (error: HostscopeError) => lost.tell(error) };
    const metrics = host.watch({ metrics: METRICS, percpu: true, ...options });
    const [table, first] = await Promise.all([host.processTable({ attrs: ATTRIBUTES, ...options }), metrics.next()]);
    if (first.done === true) throw new Error("the host ended its stream before it began");
    const live = new LiveHost(name, table, first.value, metrics);
    lost.tell = (error) => live.#lost(error);
    return live;
  }

  /** The host as it was told last. */
  snapshot(): Snapshot {
    const { cpuPercent, virtualMemory, swapMemory, getloadavg, bootTime, time } = this.#metrics;
    const now = Math.max(time, this.#table.last?.time ?? 0);
    return {
      host: this.#name,
      time: new Date(now * 1000).toISOString(),
      uptime: bootTime === null ? null : round(Math.max(0, now - bootTime)),
      loadavg: getloadavg === null ? null : [getloadavg.load1, getloadavg.load5, getloadavg.load15],
      cpu: {
        percent: cpuPercent?.percent ?? null,
        interval: cpuPercent?.interval ?? INTERVAL,
        perCpu: (cpuPercent?.cpus ?? []).map(({ cpu, percent }) => ({ cpu, percent })),
      },
      memory: virtualMemory,
      swap: swapMemory?.swapMemory ?? null,
      processes: [...this.#table.rows.values()].map((row) => rowOf(row.ref.pid, row)).sort(byCpu),
    };
  }

  /** How far what is shown can be believed. */
  freshness(): Freshness {
    return freshnessOf({ asked: INTERVAL, ...this.#state }, performance.now());
  }

  #heard(gap: boolean): void {
    const now = performance.now();
    const { interval, gapAt } = this.#state;
    const pace = this.#table.last?.pace?.interval ?? interval;
    this.#state = { interval: pace, heardAt: now, gapAt: gap ? now : gapAt, lost: null };
    this.onChange();
  }

  #lost(error: HostscopeError): void {
    this.#state.lost = error.message;
    this.onChange();
  }

  async #read(metrics: AsyncIterable<Metrics>): Promise<never> {
    for await (const update of metrics) this.#metrics = update;
    throw new Error("the host ended its stream");
  }
}
