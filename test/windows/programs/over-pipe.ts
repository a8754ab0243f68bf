// SPDX-License-Identifier: Apache-2.0
// Runs on Windows: asks the agent behind a named pipe, its argument, and prints what it says as one line of JSON.

import { open } from "@hostscope/client";

const target = process.argv[2] ?? "";
try {
  await using host = await open(target, { timeoutMs: 60_000 });
  const me = await host.process(process.pid);
  const [info, name, memory] = await Promise.all([host.hostInfo(), me.name(), host.virtualMemory()]);
  const service = await host.winServiceGet("eventlog");
  const binpath = await service.binpath().catch((error: Error) => error.name);
  const percents: (number | null | undefined)[] = [];
  for await (const { cpuPercent } of host.watch({ metrics: ["cpuPercent"], interval: 1 })) {
    percents.push(cpuPercent?.percent);
    if (percents.length === 2) break;
  }
  process.stdout.write(`${JSON.stringify({ info, name, memory, binpath, percents, pid: process.pid })}\n`);
} catch (error) {
  process.stdout.write(`${JSON.stringify({ failure: (error as Error).name, message: (error as Error).message })}\n`);
  process.exitCode = 1;
}
