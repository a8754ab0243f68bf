// SPDX-License-Identifier: Apache-2.0

import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { open } from "@hostscope/client";
import { startAgent } from "./agent.ts";
import { startIdleProcesses } from "./idle-processes.ts";
import { IDLE_PROCESSES } from "./process-list.ts";
import type { Bench } from "./subject.ts";
import { WATCHED } from "./watch-cost.ts";

const TICKS = 10;

/** Stands between, and counts what the server sends: all of it, as the network would see it. */
async function countingProxy(address: string) {
  const { hostname, port } = new URL(address);
  let bytes = 0;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const agent = connect(Number(port), hostname);
    agent.on("data", (chunk) => {
      bytes += chunk.byteLength;
    });
    client.pipe(agent).pipe(client);
    for (const socket of [client, agent]) sockets.add(socket.on("error", () => {}));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    address: `grpc://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bytes: () => bytes,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** KiB of a snapshot, and of each collection after it. */
async function measure(address: string): Promise<{ snapshot: number; tick: number }> {
  const proxy = await countingProxy(address);
  const host = await open(proxy.address);
  const before = proxy.bytes();
  const at: number[] = [];
  for await (const { changed, snapshot } of host.watchProcesses({ attrs: WATCHED })) {
    if (snapshot && changed.length < IDLE_PROCESSES) throw new Error(`only ${changed.length} processes`);
    at.push(proxy.bytes() - before);
    if (at.length > TICKS) break;
  }
  await host.close();
  await proxy.close();
  const [first = 0, last = 0] = [at[0], at.at(-1)];
  return { snapshot: first / 1024, tick: (last - first) / TICKS / 1024 };
}

/** What a watch sends. */
export const watchBytes: Bench = {
  name: "watch-bytes",
  title: `bytes of a watch of ${IDLE_PROCESSES}+ mostly idle processes at 1 Hz, ${WATCHED.length} attributes, on the wire`,
  unit: "KiB",
  warmUpRounds: 1,
  rounds: 3,
  ratios: [{ of: "tick", to: "snapshot", goal: { atMost: 0.05 } }],
  async start() {
    const idle = await startIdleProcesses(IDLE_PROCESSES);
    const agent = await startAgent();
    const subjects = (["snapshot", "tick"] as const).map((name) => ({
      name,
      measure: async () => (await measure(agent.address))[name],
      stop: () => Promise.resolve(),
    }));
    const stop = async () => {
      await agent.stop();
      await idle.stop();
    };
    return { subjects, missing: [], stop };
  },
};
