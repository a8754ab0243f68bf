// SPDX-License-Identifier: Apache-2.0

import type { Transport } from "@hostscope/proto";
import type { OverheadBudget } from "../budget/overhead-budget.ts";
import type { ListenAddress } from "../config/listen-address.ts";
import type { Logger } from "../log.ts";
import type { AgentLoad } from "../serve/server.ts";
import { watchCollectionsOf } from "../serve/watch-collections.ts";
import { agentFamilies } from "./agent-families.ts";
import type { Collector } from "./collector.ts";
import { cpuCollector, cpufreqCollector, loadavgCollector, statCollector } from "./cpu-metrics.ts";
import { diskstatsCollector } from "./disk-metrics.ts";
import { filesystemCollector } from "./filesystem-metrics.ts";
import { limitsCollector, pressureCollector, unameCollector } from "./host-metrics.ts";
import { meminfoCollector } from "./memory-metrics.ts";
import { type MetricsServer, startMetricsServer } from "./metrics-server.ts";
import { netclassCollector, netdevCollector } from "./network-metrics.ts";
import { processCollector } from "./process-metrics.ts";
import { scrape } from "./scrape.ts";
import { batteryCollector, fanCollector, temperatureCollector } from "./sensor-metrics.ts";
import { SharedScrape } from "./shared-scrape.ts";

export type { MetricsServer } from "./metrics-server.ts";

/** What metrics are made of. */
export interface MetricsOptions {
  /** Where to serve them; a loopback address. */
  readonly listen: ListenAddress;
  /** Most process groups, beside that of all others. */
  readonly metricsGroups: number;
  /** Answers about the machine; it stays the caller's to close. */
  readonly transport: Transport;
  readonly load: AgentLoad;
  readonly budget: OverheadBudget;
  readonly logger: Logger;
}

/** Serves the machine's metrics and the agent's own. Collects when it is asked and at no other time. */
export function startMetrics(options: MetricsOptions): Promise<MetricsServer> {
  const { listen, transport, load, budget, logger } = options;
  const collectors = allCollectors(options.metricsGroups);
  const shared = new SharedScrape(async (timeoutMs) => [
    ...(await scrape(collectors, transport, timeoutMs, logger)),
    ...agentFamilies(load, budget, await watchCollectionsOf(transport)),
  ]);
  return startMetricsServer(listen, (format, timeoutMs) => shared.text(format, timeoutMs), logger);
}

/** One of each; those that remember counters are made anew for each agent. */
function allCollectors(metricsGroups: number): readonly Collector[] {
  return [
    cpuCollector(),
    statCollector,
    cpufreqCollector,
    loadavgCollector,
    meminfoCollector,
    filesystemCollector,
    diskstatsCollector,
    netdevCollector,
    netclassCollector,
    unameCollector,
    pressureCollector,
    limitsCollector,
    temperatureCollector,
    fanCollector,
    batteryCollector,
    processCollector(metricsGroups),
  ];
}
