// SPDX-License-Identifier: Apache-2.0

import { type CallOptions, choice, describe } from "../call-options.ts";
import { InvalidArgument } from "../errors.ts";
import type { ErrorReason } from "../gen/hostscope/v1/error_plain.ts";
import type { WatchPace } from "../gen/hostscope/v1/watch_pace_plain.ts";
import { camelCase } from "../wire/camel-case.ts";
import { collectionOf, type WatchCollection, type WatchMessage } from "./watch-collection.ts";
import { type WatchOptions, watchFeed } from "./watch-feed.ts";

/** What the messages of System.Watch and Sensors.Watch have in common. */
export interface MetricMessage extends WatchMessage {
  readonly snapshot: boolean;
  readonly failures: readonly {
    readonly metric: string;
    readonly reason: ErrorReason;
    readonly osError: number | null;
  }[];
}

/** What one collection found of the metrics that were asked for, M. The first measures over 0.1 seconds; `pace` is always told. */
export type MetricUpdate<M extends string, Values> = {
  /** Value of each metric as of now; null for one that cannot be read. */
  readonly [K in M]: K extends keyof Values ? Values[K] | null : never;
} & WatchCollection & {
    /** Metrics with another value than before. */
    readonly changed: readonly M[];
    /** Metrics that cannot be read, and why. */
    readonly failures: readonly { readonly metric: M; readonly reason: ErrorReason; readonly osError: number | null }[];
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
  host: string,
): AsyncGenerator<MetricUpdate<M, Message>, void, undefined> {
  const values = Object.fromEntries(metrics.map((metric) => [metric, null])) as Record<M, unknown>;
  let pace: WatchPace | null = null;
  for await (const { message, reconnected } of watchFeed(open, options, host)) {
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
      ...collectionOf(message, reconnected),
      pace,
    } as MetricUpdate<M, Message>;
  }
}
