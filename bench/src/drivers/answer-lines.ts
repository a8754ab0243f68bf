// SPDX-License-Identifier: Apache-2.0

import { createInterface } from "node:readline";

/** The driver's half of driverSubject(): answers each line with the number that `measure` gives; ends with stdin. */
export async function answerLines(measure: () => Promise<number>): Promise<void> {
  process.stdout.write("ready\n");
  for await (const _line of createInterface({ input: process.stdin })) {
    process.stdout.write(`${await measure()}\n`);
  }
}

/** Milliseconds that `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** Median of `count` timings of `work`, in milliseconds: a latency's p50. */
export async function medianOf(count: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) times.push(await timed(work));
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? Number.NaN;
}
