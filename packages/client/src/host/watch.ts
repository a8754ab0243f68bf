// SPDX-License-Identifier: Apache-2.0

import { type SensorsMetric, SensorsWatchRequestSchema } from "@hostscope/proto/gen/sensors";
import { type SystemMetric, SystemWatchRequestSchema } from "@hostscope/proto/gen/system_watch";
import { checkOptions, flag } from "../call-options.ts";
import { decodeProcessWatchResponse } from "../gen/hostscope/v1/process_watch_plain.ts";
import {
  decodeSensorsWatchResponse,
  SENSORS_METRIC_NUMBERS,
  type SensorsWatchResponse,
} from "../gen/hostscope/v1/sensors_plain.ts";
import {
  decodeSystemWatchResponse,
  SYSTEM_METRIC_NUMBERS,
  type SystemWatchResponse,
} from "../gen/hostscope/v1/system_watch_plain.ts";
import { decodeWinServiceWatchResponse } from "../gen/hostscope/v1/win_service_control_plain.ts";
import { METHODS } from "../methods.ts";
import type { ProcessAttributeName } from "../process/attributes.ts";
import { leavable } from "../watch/leavable.ts";
import {
  type MetricMessage,
  type MetricUpdate,
  metricNumbers,
  metricUpdates,
  wireMetrics,
} from "../watch/metric-watch.ts";
import { ProcessTable } from "../watch/process-table.ts";
import {
  missingMeans,
  type ProcessUpdate,
  type ProcessWatchOptions,
  processUpdates,
  processWatchRequest,
} from "../watch/process-watch.ts";
import { checkWatchOptions, WATCH_OPTIONS, type WatchOptions } from "../watch/watch-feed.ts";
import { type WinServiceUpdate, type WinServiceWatchOptions, winServiceUpdates } from "../watch/win-service-watch.ts";
import { encode } from "../wire/encode.ts";
import { HostServices } from "./services.ts";

/** Metrics that Host.watch follows. */
export type SystemMetricName = Exclude<keyof SystemWatchResponse, keyof MetricMessage>;
/** Metrics that Host.watchSensors follows. */
export type SensorsMetricName = Exclude<keyof SensorsWatchResponse, keyof MetricMessage>;
/** What Host.watch gives. */
export type SystemUpdate<M extends SystemMetricName> = MetricUpdate<M, SystemWatchResponse>;
/** What Host.watchSensors gives. */
export type SensorsUpdate<M extends SensorsMetricName> = MetricUpdate<M, SensorsWatchResponse>;

/** What Host.watch takes. */
export interface SystemWatchOptions<M extends SystemMetricName> extends WatchOptions {
  /** Metrics to follow: names of Host's own functions. */
  readonly metrics: readonly M[];
  /** Whether CPU metrics tell of each CPU too. @default false */
  readonly percpu?: boolean | undefined;
  /** Whether diskIoCounters tells of each disk too. @default false */
  readonly perdisk?: boolean | undefined;
  /** Whether netIoCounters tells of each interface too. @default false */
  readonly pernic?: boolean | undefined;
  /** Whether diskPartitions and diskUsage tell of virtual and network file systems too. @default false */
  readonly allPartitions?: boolean | undefined;
}

/** What Host.watchSensors takes. */
export interface SensorsWatchOptions<M extends SensorsMetricName> extends WatchOptions {
  /** Metrics to follow. */
  readonly metrics: readonly M[];
}

const SYSTEM_METRICS = metricNumbers(SYSTEM_METRIC_NUMBERS);
const SENSORS_METRICS = metricNumbers(SENSORS_METRIC_NUMBERS);
const FLAGS = ["percpu", "perdisk", "pernic", "allPartitions"] as const;

/**
 * hostscope's streams. Each is shared at the host by all who watch the same; a `for await` over it goes on across lost
 * connections, says so by `gap`, and ends the watch when it is left.
 */
export abstract class HostWatch extends HostServices {
  /** Metrics of the host, again and again: the value of each, its rates measured by the host over the interval. */
  watch<const M extends SystemMetricName>(
    options: SystemWatchOptions<M>,
  ): AsyncGenerator<SystemUpdate<M>, void, undefined> {
    checkOptions("Host.watch", options, [...WATCH_OPTIONS, "metrics", ...FLAGS]);
    checkWatchOptions("Host.watch", options);
    const request = encode(SystemWatchRequestSchema, {
      metrics: wireMetrics<SystemMetric>("Host.watch", options?.metrics, SYSTEM_METRICS),
      ...(options.interval === undefined ? {} : { interval: options.interval }),
      ...Object.fromEntries(FLAGS.map((name) => [name, flag("Host.watch", name, options[name])])),
    });
    return leavable(options, (given) =>
      metricUpdates(
        options.metrics,
        (callOptions) => this.stream(METHODS.systemWatch, decodeSystemWatchResponse, callOptions, request),
        given,
        this.target,
      ),
    );
  }

  /** Temperatures, fans and batteries, again and again. */
  watchSensors<const M extends SensorsMetricName>(
    options: SensorsWatchOptions<M>,
  ): AsyncGenerator<SensorsUpdate<M>, void, undefined> {
    checkOptions("Host.watchSensors", options, [...WATCH_OPTIONS, "metrics"]);
    checkWatchOptions("Host.watchSensors", options);
    const request = encode(SensorsWatchRequestSchema, {
      metrics: wireMetrics<SensorsMetric>("Host.watchSensors", options?.metrics, SENSORS_METRICS),
      ...(options.interval === undefined ? {} : { interval: options.interval }),
    });
    return leavable(options, (given) =>
      metricUpdates(
        options.metrics,
        (callOptions) => this.stream(METHODS.sensorsWatch, decodeSensorsWatchResponse, callOptions, request),
        given,
        this.target,
      ),
    );
  }

  /**
   * Changes of the process table: first everything, then what is new, changed or gone. `where`, `orderBy` and `limit`
   * choose at the host, so that the 20 busiest processes of a user cost 20 rows.
   */
  watchProcesses<const A extends ProcessAttributeName = never>(
    options?: ProcessWatchOptions<A>,
  ): AsyncGenerator<ProcessUpdate, void, undefined> {
    const { request } = processWatchRequest("Host.watchProcesses", options);
    return this.#updates(request, options);
  }

  /** The process table, kept up to date by watchProcesses(); the first snapshot is in it. Close it when done. */
  async processTable<const A extends ProcessAttributeName = never>(
    options?: ProcessWatchOptions<A>,
  ): Promise<ProcessTable<A>> {
    const { names, request } = processWatchRequest("Host.processTable", options);
    const table = new ProcessTable<A>(names, this.#updates(request, options), missingMeans(options));
    await table.start();
    return table;
  }

  /** States of Windows services: first all that are followed, then those that changed. Windows. */
  watchWinServices(options?: WinServiceWatchOptions): AsyncGenerator<WinServiceUpdate, void, undefined> {
    return winServiceUpdates(
      (request, callOptions) =>
        this.stream(METHODS.winServiceWatch, decodeWinServiceWatchResponse, callOptions, request),
      options,
      this.target,
    );
  }

  #updates(request: Uint8Array, options: WatchOptions | undefined): AsyncGenerator<ProcessUpdate, void, undefined> {
    return leavable(options, (given) =>
      processUpdates(
        (bytes, callOptions) => this.stream(METHODS.processWatch, decodeProcessWatchResponse, callOptions, bytes),
        request,
        given,
        this.target,
      ),
    );
  }
}
