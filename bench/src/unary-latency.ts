// SPDX-License-Identifier: Apache-2.0

import { fileURLToPath } from "node:url";
import { startAgent, startDividedAgent, startServer } from "./agent.ts";
import { driverSubject } from "./driver-subject.ts";
import type { Bench } from "./subject.ts";

const driver = (name: string): string => fileURLToPath(new URL(`./drivers/${name}`, import.meta.url));

/** One small call at a time through the SDK, against the same through grpc-js alone. */
export const unaryLatency: Bench = {
  name: "unary-latency",
  title:
    'p50 of 300 System.CpuTimes one after another, against a bare grpc-js echo of 20 bytes; "core": the collector is another process',
  unit: "ms",
  rounds: 9,
  ratios: [
    { of: "hostscope-grpc", to: "grpc-js-echo", goal: { atMost: 1.5 } },
    { of: "hostscope-grpc-core", to: "hostscope-grpc", goal: { atMost: 1.15 } },
  ],
  async start() {
    const agent = await startAgent();
    const divided = await startDividedAgent();
    const echo = await startServer(new URL("./drivers/echo-server.ts", import.meta.url).href, []);
    const node = (name: string, file: string, ...args: string[]) =>
      driverSubject(name, process.execPath, ["--import", "tsx", driver(file), ...args]);
    const subjects = [
      await node("hostscope-local", "hostscope.ts", "local:", "latency"),
      await node("hostscope-grpc", "hostscope.ts", agent.address, "latency"),
      await node("hostscope-grpc-core", "hostscope.ts", divided.address, "latency"),
      await node("grpc-js-echo", "echo-client.ts", echo.address),
    ];
    const stop = async () => {
      await agent.stop();
      await divided.stop();
      await echo.stop();
    };
    return { subjects, missing: [], stop };
  },
};
