// SPDX-License-Identifier: Apache-2.0

import { type Server, startServer } from "./agent.ts";
import { driverSubject } from "./driver-subject.ts";
import { driver } from "./process-list.ts";
import type { Bench, Subject } from "./subject.ts";

const SERVERS = 4;
const HOSTS = 1000;
const SILENT = 100;

interface Simulated {
  /** Ports of agents that answer. */
  readonly good: string[];
  /** Ports where somebody listens and never says a word. */
  readonly silent: string[];
  stop(): Promise<void>;
}

async function simulate(): Promise<Simulated> {
  const servers: Server[] = [];
  const good: string[] = [];
  const silent: string[] = [];
  for (let i = 0; i < SERVERS; i++) {
    const args = [String(HOSTS / SERVERS), String(SILENT / SERVERS)];
    const server = await startServer(new URL("./drivers/fleet-agents.ts", import.meta.url).href, args);
    servers.push(server);
    const ports = server.address.split(",");
    good.push(...ports.slice(0, HOSTS / SERVERS));
    silent.push(...ports.slice(HOSTS / SERVERS));
  }
  return {
    good,
    silent,
    async stop() {
      for (const server of servers) await server.stop();
    },
  };
}

/** Every tenth is silent, as bad hosts do not stand together in a list. */
function mixed({ good, silent }: Simulated): string[] {
  const perSilent = (HOSTS - SILENT) / SILENT;
  return silent.flatMap((port, at) => [port, ...good.slice(at * perSilent, (at + 1) * perSilent)]);
}

function subject(
  name: string,
  mode: "cold" | "warm" | "rss",
  good: number,
  ports: readonly string[],
): Promise<Subject> {
  const args = ["--import", "tsx", driver("fleet.ts"), mode, String(good), ports.join(",")];
  return driverSubject(name, process.execPath, args);
}

/** One call on a whole fleet: "cold" dials every host first, "warm" has the connections of an earlier call. */
export const fleet1000: Bench = {
  name: "fleet-1000",
  title: `fleet.virtualMemory() over ${HOSTS} agents in ${SERVERS} processes, until all that can have answered`,
  unit: "ms",
  warmUpRounds: 2,
  rounds: 7,
  ratios: [
    { of: "warm-900-and-100-silent", to: "warm-900", goal: { atMost: 1.1 } },
    { of: "cold-900-and-100-silent", to: "cold-900", goal: { atMost: 1.1 } },
  ],
  async start() {
    const agents = await simulate();
    const answering = agents.good.slice(0, HOSTS - SILENT);
    const subjects = [
      await subject("warm-1000", "warm", HOSTS, agents.good),
      await subject("cold-1000", "cold", HOSTS, agents.good),
      await subject("warm-900", "warm", HOSTS - SILENT, answering),
      await subject("cold-900", "cold", HOSTS - SILENT, answering),
      await subject("warm-900-and-100-silent", "warm", HOSTS - SILENT, mixed(agents)),
      await subject("cold-900-and-100-silent", "cold", HOSTS - SILENT, mixed(agents)),
    ];
    return { subjects, missing: [], stop: agents.stop };
  },
};

/** What the connections of a whole fleet take in the process that asks. */
export const fleetRss: Bench = {
  name: "fleet-1000-rss",
  title: `resident memory of a process with connections to ${HOSTS} agents, after calls on all of them`,
  unit: "MiB",
  warmUpRounds: 3,
  rounds: 5,
  ratios: [],
  async start() {
    const agents = await simulate();
    const subjects = [
      await subject("1-host", "rss", 1, agents.good.slice(0, 1)),
      await subject(`${HOSTS}-hosts`, "rss", HOSTS, agents.good),
    ];
    return { subjects, missing: [], stop: agents.stop };
  },
};
