// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, credentials, Metadata } from "@grpc/grpc-js";
import { createHost, type Host, type MethodDescriptor, type Transport } from "@hostscope/client";
import { type Server, startAgent, startServer } from "./agent.ts";
import { bundle } from "./bundle.ts";
import { driverSubject } from "./driver-subject.ts";
import { startIdleProcesses } from "./idle-processes.ts";
import { driver } from "./process-list.ts";
import type { Bench, Goal, Subject } from "./subject.ts";

const SERVERS = 4;
const HOSTS = 1000;
const IDLE_PROCESSES = 300;
const RECORDED_MESSAGES = 6;
const WHAT = ["metrics", "processes", "table"] as const;
const TOP = { attrs: ["name", "username", "cpuPercent", "memoryInfo"], orderBy: "cpuPercent", limit: 20 } as const;
const METRICS = ["cpuPercent", "virtualMemory", "getloadavg", "diskIoCounters", "netIoCounters"] as const;

interface Recorded {
  first: string;
  then: string[];
}

/** What a real agent sends to somebody who watches, as bytes. */
async function record(address: string): Promise<Record<string, Recorded>> {
  const client = new Client(new URL(address).host, credentials.createInsecure());
  const recording: Record<string, Recorded> = {};
  const tape: Transport = {
    unary: () => Promise.reject(new Error("only streams are recorded")),
    bidiStream() {
      throw new Error("only streams are recorded");
    },
    async *serverStream(method: MethodDescriptor, request: Uint8Array) {
      const asIs = (bytes: Buffer): Buffer => bytes;
      const call = client.makeServerStreamRequest(method.path, asIs, asIs, Buffer.from(request), new Metadata(), {});
      call.on("error", () => {});
      const then: string[] = [];
      for await (const bytes of call as AsyncIterable<Buffer>) {
        if (recording[method.path] === undefined) recording[method.path] = { first: bytes.toString("base64"), then };
        else then.push(bytes.toString("base64"));
        yield bytes;
      }
    },
    close: async () => client.close(),
  };
  const host: Host = createHost(tape);
  const some = async (stream: AsyncIterable<unknown>) => {
    let messages = 0;
    for await (const _ of stream) if (++messages > RECORDED_MESSAGES) return;
  };
  await Promise.all([some(host.watch({ metrics: METRICS })), some(host.watchProcesses(TOP))]);
  await host.close();
  return recording;
}

async function simulate(): Promise<{ ports: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "hostscope-bench-"));
  const path = join(folder, "recording.json");
  const idle = await startIdleProcesses(IDLE_PROCESSES);
  const agent = await startAgent();
  writeFileSync(path, JSON.stringify(await record(agent.address)));
  await agent.stop();
  await idle.stop();
  const servers: Server[] = [];
  for (let i = 0; i < SERVERS; i++) {
    const program = new URL("./drivers/recorded-agents.ts", import.meta.url).href;
    servers.push(await startServer(program, [String(HOSTS / SERVERS), path]));
  }
  return {
    ports: servers.map(({ address }) => address).join(","),
    async stop() {
      for (const server of servers) await server.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Each is started when it is measured, so that no watch pays for another, and the agents play to one at a time. */
function subjectOf(program: string, what: string, unit: "cpu" | "rss", ports: string): Subject {
  return {
    name: what,
    async measure() {
      const subject = await driverSubject(what, process.execPath, [program, what, unit, ports]);
      try {
        return await subject.measure();
      } finally {
        await subject.stop();
      }
    },
    stop: () => Promise.resolve(),
  };
}

function bench(unit: "cpu" | "rss", facts: Pick<Bench, "name" | "title" | "unit">, atMost: number): Bench {
  return {
    ...facts,
    warmUpRounds: 0,
    rounds: 3,
    ratios: [],
    goals: WHAT.map((of): Goal => ({ of, atMost })),
    async start() {
      const program = await bundle(driver("fleet-watch.ts"));
      const agents = await simulate();
      return {
        subjects: WHAT.map((what) => subjectOf(program, what, unit, agents.ports)),
        missing: [],
        stop: agents.stop,
      };
    },
  };
}

/** What one process pays for watching a whole fleet: five metrics, the 20 busiest of each host, a table of those. */
export const fleetWatch1000 = bench(
  "cpu",
  {
    name: "fleet-watch-1000",
    title: `CPU of a process that watches ${HOSTS} recorded hosts in ${SERVERS} processes at 1 Hz, bundled`,
    unit: "% of a CPU",
  },
  100,
);

/** Its memory. */
export const fleetWatchRss = bench(
  "rss",
  {
    name: "fleet-watch-1000-rss",
    title: `resident memory of a process that watches ${HOSTS} hosts, bundled`,
    unit: "MiB",
  },
  300 / 1.048576,
);
