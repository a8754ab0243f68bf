// SPDX-License-Identifier: Apache-2.0
// A program for test/e2e/watch-network.spec.ts: watches a host, and asks a fleet of it and of one that is near again and
// again; prints what it gets, a line of JSON each.
// Usage: partition-client.ts TARGET NEAR PARENT: the processes followed are the children of PARENT.

import { setTimeout as sleep } from "node:timers/promises";
import { fleet, open } from "@hostscope/client";
import { seenOf } from "./seen-processes.ts";

const [target = "", near = "", parent = ""] = process.argv.slice(2);
const print = (what: object) => process.stdout.write(`${JSON.stringify(what)}\n`);

/** How long the fleet waits for each of its hosts. */
const FLEET_MS = 3000;

const host = await open(target, { timeoutMs: 30_000 });

async function metrics(): Promise<void> {
  const onDisconnect = (error: Error) => void print({ lost: error.message });
  for await (const update of host.watch({ metrics: ["cpuPercent"], interval: 0.5, onDisconnect })) {
    const { sequence, interval, dropped, gap } = update;
    print({ sequence, interval, dropped, gap, percent: update.cpuPercent?.percent ?? null });
  }
}

async function processes(): Promise<void> {
  for await (const update of host.watchProcesses({ attrs: ["name"], where: { ppid: Number(parent) } })) {
    const { shown, gone, ...seen } = seenOf(update);
    print({ processes: { ...seen, shown: [...shown.keys()], gone: [...gone] } });
  }
}

async function asked(): Promise<void> {
  await using all = fleet([target, near], { timeoutMs: FLEET_MS });
  for (;;) {
    const outcomes = [];
    const start = performance.now();
    for await (const outcome of all.bootTime()) {
      outcomes.push({ near: outcome.target === near, status: outcome.status, ms: performance.now() - start });
    }
    print({ fleet: outcomes });
    await sleep(200);
  }
}

await Promise.all([metrics(), processes(), asked()]);
