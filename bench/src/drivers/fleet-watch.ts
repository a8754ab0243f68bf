// SPDX-License-Identifier: Apache-2.0

// Usage: fleet-watch.ts metrics|processes|table cpu|rss PORT,PORT,... Watches agents on these loopback ports at 1 Hz.
// Measures the share of one CPU that this process takes over ten seconds, percent; or all its memory then.
import { setTimeout as sleep } from "node:timers/promises";
import { fleet } from "@hostscope/client";
import { answerLines } from "./answer-lines.ts";

const MEASURE_MS = 10_000;
const [what, unit, ports = ""] = process.argv.slice(2);
const targets = ports.split(",").map((port) => `grpc://127.0.0.1:${port}`);
const TOP = { attrs: ["name", "username", "cpuPercent", "memoryInfo"], orderBy: "cpuPercent", limit: 20 } as const;
const METRICS = ["cpuPercent", "virtualMemory", "getloadavg", "diskIoCounters", "netIoCounters"] as const;

const all = fleet(targets);
let updates = 0;

async function follow(stream: AsyncIterable<{ target: string; status: string }>): Promise<void> {
  for await (const { target, status } of stream) {
    if (status !== "ok") throw new Error(`${target} is ${status}`);
    updates++;
  }
}

if (what === "table") {
  const table = await all.processTable(TOP);
  table.on("update", () => updates++);
  // What a screen does with it.
  setInterval(() => {
    if (table.rows().length !== TOP.limit) throw new Error("the table is not full");
  }, 1000).unref();
} else {
  const stream = what === "metrics" ? all.watch({ metrics: METRICS }) : all.watchProcesses(TOP);
  void follow(stream).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
}

// Until all are there: then what is measured is the watch and not its beginning.
while (updates < 3 * targets.length) await sleep(100);
await answerLines(async () => {
  const [usage, before, started] = [process.cpuUsage(), updates, performance.now()];
  await sleep(MEASURE_MS);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(usage);
  const perHost = (updates - before) / targets.length / seconds;
  if (perHost < 0.9) throw new Error(`${perHost.toFixed(2)} updates of each host in a second, not 1`);
  return unit === "rss" ? process.memoryUsage.rss() / 2 ** 20 : (user + system) / 1e4 / seconds;
});
process.exit(0);
