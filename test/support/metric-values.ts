// SPDX-License-Identifier: Apache-2.0

import type { MetricsAgent } from "./metrics-agent.ts";

/** The value of one series of an agent's metrics, written as Prometheus has it; null if it is not there. */
export async function metricOf(agent: MetricsAgent, series: string): Promise<number | null> {
  const line = (await agent.scrape()).split("\n").find((one) => one.startsWith(`${series} `));
  return line === undefined ? null : Number(line.slice(series.length + 1));
}
