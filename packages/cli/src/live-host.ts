// SPDX-License-Identifier: Apache-2.0

import type { Host, HostscopeError, ProcessTable, SystemUpdate } from "@hostscope/client";
import { type Freshness, freshnessOf, type StreamState } from "./freshness.ts";
import { ATTRIBUTES, byCpu, round, rowOf } from "./process-rows.ts";
import type { Snapshot } from "./snapshot.ts";

const METRICS = ["cpuPercent", "virtualMemory", "swapMemory", "getloadavg", "bootTime"] as const;

/** How a host is watched. */
export interface LiveOptions {
  /** Seconds from one collection to the next. */
  readonly interval: number;
  readonly signal: AbortSignal;
}

type Metrics = SystemUpdate<(typeof METRICS)[number]>;
type Table = ProcessTable<(typeof ATTRIBUTES)[number]>;

/** A host as its streams tell of it, up to date by itself. */
export class LiveHost {
  /** Called after each collection of processes, and when the connection is lost. */
  onChange: () => void = () => {};
  /** Fails when the host cannot be watched any more. */
  readonly failed: Promise<never>;
  readonly #name: string;
  readonly #asked: number;
  readonly #table: Table;
  #metrics: Metrics;
  #state: Omit<StreamState, "asked">;

  private constructor(name: string, asked: number, table: Table, first: Metrics, metrics: AsyncIterable<Metrics>) {
    this.#name = name;
    this.#asked = asked;
    this.#table = table;
    this.#metrics = first;
    this.#state = { interval: asked, heardAt: performance.now(), gapAt: null, lost: null };
    table.on("update", ({ gap }) => this.#heard(gap));
    const tableEnds = new Promise<never>((_, reject) => table.on("end", reject));
    this.failed = Promise.race([tableEnds, this.#read(metrics)]);
    // Whoever looks at it is told; nobody needs to.
    this.failed.catch(() => {});
  }

  /** Watches a host until the signal fires; returns when it has told everything once. */
  static async start(host: Host, { interval, signal }: LiveOptions): Promise<LiveHost> {
    const lost: { tell: (error: HostscopeError) => void } = { tell: () => {} };
    const options = { interval, signal, onDisconnect: (error: HostscopeError) => lost.tell(error) };
    const metrics = host.watch({ metrics: METRICS, percpu: true, ...options });
    const [{ hostname }, table, first] = await Promise.all([
      host.hostInfo({ signal }),
      host.processTable({ attrs: ATTRIBUTES, ...options }),
      metrics.next(),
    ]);
    if (first.done === true) throw new Error("the host ended its stream before it began");
    const live = new LiveHost(hostname, interval, table, first.value, metrics);
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
        interval: cpuPercent?.interval ?? this.#asked,
        perCpu: (cpuPercent?.cpus ?? []).map(({ cpu, percent }) => ({ cpu, percent })),
      },
      memory: virtualMemory,
      swap: swapMemory?.swapMemory ?? null,
      processes: [...this.#table.rows.values()].map((row) => rowOf(row.ref.pid, row)).sort(byCpu),
    };
  }

  /** Whether everything was measured over a whole interval: not so what is told first. */
  get isMeasured(): boolean {
    return this.#metrics.interval !== null && (this.#table.last?.interval ?? null) !== null;
  }

  /** How far what is shown can be believed. */
  freshness(): Freshness {
    return freshnessOf({ asked: this.#asked, ...this.#state }, performance.now());
  }

  #heard(gap: boolean): void {
    const now = performance.now();
    const { interval, gapAt } = this.#state;
    const pace = this.#table.last?.pace?.interval ?? interval;
    this.#state = { interval: pace, heardAt: now, gapAt: gap ? now : gapAt, lost: null };
    this.onChange();
  }

  #lost(error: HostscopeError): void {
    this.#state = { ...this.#state, lost: error.message };
    this.onChange();
  }

  async #read(metrics: AsyncIterable<Metrics>): Promise<never> {
    for await (const update of metrics) this.#metrics = update;
    throw new Error("the host ended its stream");
  }
}
