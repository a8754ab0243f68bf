// SPDX-License-Identifier: Apache-2.0

import { type CallOptions, choice, describe } from "../call-options.ts";
import { InvalidArgument } from "../errors.ts";
import type { Sample } from "../gen/hostscope/v1/common_plain.ts";
import type { ErrorReason } from "../gen/hostscope/v1/error_plain.ts";
import type { WatchPace } from "../gen/hostscope/v1/watch_pace_plain.ts";
import { camelCase } from "../wire/camel-case.ts";
import { type WatchOptions, watchFeed } from "./watch-feed.ts";

/** What the messages of System.Watch and Sensors.Watch have in common. */
export interface MetricMessage {
  readonly snapshot: boolean;
  readonly sequence: number;
  readonly sample: Sample | null;
  readonly interval: number | null;
  readonly dropped: number;
  readonly gap: boolean;
  readonly failures: readonly {
    readonly metric: string;
    readonly reason: ErrorReason;
    readonly osError: number | null;
  }[];
  readonly pace: WatchPace | null;
}

/** What one collection found of the metrics that were asked for, M. */
export type MetricUpdate<M extends string, Values> = {
  /** Value of each metric as of now; null for one that cannot be read. */
  readonly [K in M]: K extends keyof Values ? Values[K] | null : never;
} & {
  /** Metrics with another value than before. */
  readonly changed: readonly M[];
  /** Metrics that cannot be read, and why. */
  readonly failures: readonly { readonly metric: M; readonly reason: ErrorReason; readonly osError: number | null }[];
  /** Number of the collection. */
  readonly sequence: number;
  /** When it began, seconds since the epoch by the host's clock. */
  readonly time: number;
  /** Seconds since the one before; null for the first, which measures over 0.1 seconds. */
  readonly interval: number | null;
  /** Collections that this reader was too slow for, merged into this one. */
  readonly dropped: number;
  /** True if collections are missing before this one: the host stood still, or the connection was lost. */
  readonly gap: boolean;
  /** At which pace the host collects. */
  readonly pace: WatchPace | null;
};

/** The numbers of metrics by their names in camelCase. */
export function metricNumbers(numbers: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  return new Map([...numbers].map(([name, number]) => [camelCase(name), number]));
}

/** Checks a list of metrics and gives their numbers. */
export function wireMetrics<N extends number>(call: string, metrics: unknown, known: ReadonlyMap<string, number>): N[] {
  if (!Array.isArray(metrics) || metrics.length === 0) {
    throw new InvalidArgument(`${call}: metrics must be a list of one metric at least, not ${describe(metrics)}`);
  }
  return [...new Set(metrics)].map((metric) => choice(call, "metric", metric, known) as N);
}

/** The collections of a watch, each with the value of every metric. */
export async function* metricUpdates<M extends string, Message extends MetricMessage>(
  metrics: readonly M[],
  open: (options: CallOptions) => AsyncIterable<Message>,
  options: WatchOptions | undefined,
): AsyncGenerator<MetricUpdate<M, Message>, void, undefined> {
  const values = Object.fromEntries(metrics.map((metric) => [metric, null])) as Record<M, unknown>;
  let pace: WatchPace | null = null;
  for await (const { message, reconnected } of watchFeed(open, options)) {
    const row = message as unknown as Readonly<Record<M, unknown>>;
    const changed = metrics.filter((metric) => row[metric] !== null);
    const failures = message.failures.map((failure) => ({ ...failure, metric: camelCase(failure.metric) as M }));
    for (const metric of changed) values[metric] = row[metric];
    for (const { metric } of failures) values[metric] = null;
    pace = message.pace ?? pace;
    yield {
      ...values,
      changed,
      failures,
      sequence: message.sequence,
      time: message.sample?.time ?? 0,
      interval: message.interval,
      dropped: message.dropped,
      gap: message.gap || reconnected,
      pace,
    } as MetricUpdate<M, Message>;
  }
}
