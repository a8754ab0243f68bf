// SPDX-License-Identifier: Apache-2.0

// Usage: fleet.ts cold|warm|rss GOOD PORT,PORT,... Measures fleet.virtualMemory() over agents on these loopback ports, up
// to the moment the GOOD ones have answered; or the memory of the whole process, with all connections open.
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

if (mode === "cold") {
  await answerLines(async () => {
    await using all = fleet(targets);
    return await untilGood(all);
  });
} else {
  const all = fleet(targets);
  // To the end, so that it is known who is silent.
  await all.virtualMemory();
  await answerLines(async () => {
    const time = await untilGood(all);
    return mode === "rss" ? process.memoryUsage.rss() / 2 ** 20 : time;
  });
  await all.close();
}
