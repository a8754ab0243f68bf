// SPDX-License-Identifier: Apache-2.0

import type { Host, HostscopeError, ProcessTable, SystemUpdate } from "@hostscope/client";
import { type Freshness, type StreamState, worstOf } from "./freshness.ts";
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
/** The host is heard by two streams, and either may be late or lost by itself. */
type Stream = "processes" | "metrics";
type Table = ProcessTable<(typeof ATTRIBUTES)[number]>;

/** A host as its streams tell of it, up to date by itself. */
export class LiveHost {
  /** Called after each collection of processes, and when the connection is lost. */
  onChange: () => void = () => {};
  /** Fails when the host cannot be watched any more. */
  readonly failed: Promise<never>;
  readonly #name: string;
  readonly #asked: number;
  readonly #streams: Record<Stream, StreamState>;
  readonly #table: Table;
  #metrics: Metrics;

  private constructor(name: string, asked: number, table: Table, first: Metrics, metrics: AsyncIterable<Metrics>) {
    this.#name = name;
    this.#asked = asked;
    this.#table = table;
    this.#metrics = first;
    const heard = { asked, interval: asked, heardAt: performance.now(), gapAt: null, lost: null };
    this.#streams = { processes: heard, metrics: heard };
    table.on("update", ({ gap, pace }) => {
      this.#heard("processes", pace);
      if (gap) this.#streams.processes = { ...this.#streams.processes, gapAt: performance.now() };
      this.onChange();
    });
    const tableEnds = new Promise<never>((_, reject) => table.on("end", reject));
    this.failed = Promise.race([tableEnds, this.#read(metrics)]);
    // Whoever looks at it is told; nobody needs to.
    this.failed.catch(() => {});
  }

  /** Watches a host until the signal fires; returns when it has told everything once. */
  static async start(host: Host, { interval, signal }: LiveOptions): Promise<LiveHost> {
    const lost: { tell: (stream: Stream, error: HostscopeError) => void } = { tell: () => {} };
    const options = (stream: Stream) => ({
      interval,
      signal,
      onDisconnect: (error: HostscopeError) => lost.tell(stream, error),
    });
    const metrics = host.watch({ metrics: METRICS, percpu: true, ...options("metrics") });
    const [{ hostname }, table, first] = await Promise.all([
      host.hostInfo({ signal }),
      host.processTable({ attrs: ATTRIBUTES, ...options("processes") }),
      metrics.next(),
    ]);
    if (first.done === true) throw new Error("the host ended its stream before it began");
    const live = new LiveHost(hostname, interval, table, first.value, metrics);
    lost.tell = (stream, error) => live.#lost(stream, error);
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
    return worstOf([this.#streams.processes, this.#streams.metrics], performance.now());
  }

  #heard(stream: Stream, pace: Metrics["pace"]): void {
    const before = this.#streams[stream];
    const interval = pace?.interval ?? before.interval;
    this.#streams[stream] = { ...before, interval, heardAt: performance.now(), lost: null };
  }

  #lost(stream: Stream, error: HostscopeError): void {
    this.#streams[stream] = { ...this.#streams[stream], lost: error.message };
    this.onChange();
  }

  async #read(metrics: AsyncIterable<Metrics>): Promise<never> {
    for await (const update of metrics) {
      this.#metrics = update;
      this.#heard("metrics", update.pace);
    }
    throw new Error("the host ended its stream");
  }
}
