// SPDX-License-Identifier: Apache-2.0
// A program for test/e2e/watch-network.spec.ts: watches a host and prints what it gets, a line of JSON each.
// Usage: watch-printer.ts TARGET

import { open } from "@hostscope/client";

const [target = ""] = process.argv.slice(2);
const print = (what: object) => process.stdout.write(`${JSON.stringify(what)}\n`);

const host = await open(target, { timeoutMs: 30_000 });
const onDisconnect = (error: Error) => void print({ lost: error.message });
for await (const update of host.watch({ metrics: ["cpuPercent"], interval: 0.5, onDisconnect })) {
  const { sequence, interval, dropped, gap } = update;
  print({ sequence, interval, dropped, gap, percent: update.cpuPercent?.percent ?? null });
}
