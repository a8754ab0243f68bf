// SPDX-License-Identifier: Apache-2.0

// Usage: fleet.ts cold|warm|rss GOOD PORT,PORT,... Measures fleet.virtualMemory() over agents on these loopback ports, up
// to the moment the GOOD ones have answered; or the memory that their connections take.
import { type Fleet, fleet } from "@hostscope/client";
import { answerLines } from "./answer-lines.ts";

const [mode, goodText, ports = ""] = process.argv.slice(2);
const good = Number(goodText);
const targets = ports.split(",").map((port) => `grpc://127.0.0.1:${port}`);

/** Milliseconds until the good hosts had answered. The others are not waited for. */
async function untilGood(all: Fleet): Promise<number> {
  const start = performance.now();
  let ok = 0;
  for await (const { status } of all.virtualMemory()) {
    if (status === "ok" && ++ok === good) return performance.now() - start;
  }
  throw new Error(`${ok} hosts answered, not ${good}`);
}

const kept = fleet(targets);
if (mode === "rss") {
  await answerLines(async () => {
    const all = fleet(targets);
    const before = process.memoryUsage.rss();
    await untilGood(all);
    await untilGood(all);
    const grown = process.memoryUsage.rss() - before;
    await all.close();
    return grown / 2 ** 20;
  });
} else if (mode === "cold") {
  await answerLines(async () => {
    const all = fleet(targets);
    const time = await untilGood(all);
    await all.close();
    return time;
  });
} else {
  // To the end, so that it is known who is silent.
  await kept.virtualMemory();
  await answerLines(() => untilGood(kept));
}
await kept.close();
