// SPDX-License-Identifier: Apache-2.0

import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { agentIdle, agentIdleRss, agentStart } from "./agent-idle.ts";
import { agentRss } from "./agent-rss.ts";
import { deltaApply } from "./delta-apply.ts";
import { fanOutWatchers } from "./fan-out-watchers.ts";
import { fleet1000, fleetRss } from "./fleet-1000.ts";
import { fleetWatch1000, fleetWatchRss } from "./fleet-watch-1000.ts";
import { netConnections } from "./net-connections.ts";
import { processGet } from "./process-get.ts";
import { processList8, processList14 } from "./process-list.ts";
import { processListAll } from "./process-list-all.ts";
import { report } from "./report.ts";
import { measureRounds, type Result } from "./rounds.ts";
import type { Bench } from "./subject.ts";
import { unaryLatency } from "./unary-latency.ts";
import { watchBytes } from "./watch-bytes.ts";
import { watchCost } from "./watch-cost.ts";

const BENCHES: readonly Bench[] = [
  processList8,
  processList14,
  processListAll,
  netConnections,
  processGet,
  unaryLatency,
  watchCost,
  watchBytes,
  fanOutWatchers,
  deltaApply,
  fleet1000,
  fleetRss,
  fleetWatch1000,
  fleetWatchRss,
  agentRss,
  agentStart,
  agentIdle,
  agentIdleRss,
];

const names = BENCHES.map(({ name }) => name);
const USAGE = `npm run bench [-- --only NAME]... [--json FILE]\nNames: ${names.join(", ")}`;

function readFlags() {
  const options = {
    only: { type: "string", multiple: true },
    json: { type: "string" },
    help: { type: "boolean" },
  } as const;
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    process.exit(64);
  }
}

const flags = readFlags();
if (flags.help === true) {
  console.log(USAGE);
  process.exit(0);
}
for (const name of flags.only ?? []) {
  if (!names.includes(name)) {
    console.error(`no bench is called "${name}"; there are: ${names.join(", ")}`);
    process.exit(64);
  }
}

const results: Result[] = [];
for (const bench of BENCHES.filter(({ name }) => flags.only?.includes(name) ?? true)) {
  const { subjects, missing, stop } = await bench.start();
  try {
    const measured = await measureRounds(bench, subjects);
    results.push(...measured);
    console.log(`${report(bench, measured, missing)}\n`);
  } finally {
    for (const subject of subjects) await subject.stop();
    await stop();
  }
}
if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify({ results }, null, 2)}\n`);
