// SPDX-License-Identifier: Apache-2.0

import { setTimeout as sleep } from "node:timers/promises";
// Usage: watchers.ts ADDRESS COUNT PID. Watches one stream so many times, and answers with the milliseconds of CPU time
// that the server with this pid took for each second of it. Fails if a watcher misses anything, or if more watchers
// made the server collect more often.
import { Client, credentials } from "@grpc/grpc-js";
import { cpuMs } from "../cpu-time.ts";
import { answerLines } from "./answer-lines.ts";

const [address = "", count = "", pid = ""] = process.argv.slice(2);
const PER_CONNECTION = 50;
const SECONDS = 8;
const PATH = "/hostscope.v1.System/Watch";
/** SystemWatchRequest of cpu_times, cpu_percent, cpu_stats, virtual_memory and net_io_counters. */
const REQUEST = Buffer.from([0x0a, 5, 10, 11, 14, 17, 22]);

const identity = (bytes: Buffer): Buffer => bytes;
const target = address.replace("grpc://", "");
const options = { "grpc.use_local_subchannel_pool": 1, "grpc.enable_channelz": 0 };
let messages = 0;
let first: (() => void) | null = null;
const seen = new Promise<void>((resolve) => {
  first = resolve;
});
let waiting = Number(count);
for (let watcher = 0, client: Client | null = null; watcher < Number(count); watcher++) {
  if (watcher % PER_CONNECTION === 0) client = new Client(target, credentials.createInsecure(), options);
  const stream = (client as Client).makeServerStreamRequest(PATH, identity, identity, REQUEST);
  let isFirst = true;
  stream.on("data", () => {
    messages++;
    if (isFirst && --waiting === 0) first?.();
    isFirst = false;
  });
  stream.on("error", (error) => {
    throw error;
  });
}
await seen;
await answerLines(async () => {
  await sleep(500);
  const [before, used, start] = [messages, cpuMs(Number(pid)), performance.now()];
  await sleep(SECONDS * 1000);
  const seconds = (performance.now() - start) / 1000;
  // One message a second for each, or the server does not share its collections, or is behind.
  const perWatcher = (messages - before) / Number(count) / seconds;
  if (perWatcher < 0.8 || perWatcher > 1.2) throw new Error(`${perWatcher} messages a second for each watcher`);
  return (cpuMs(Number(pid)) - used) / seconds;
});
process.exit(0);
