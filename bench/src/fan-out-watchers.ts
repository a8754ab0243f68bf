// SPDX-License-Identifier: Apache-2.0

import { type Server, startAgent, startServer } from "./agent.ts";
import { driverSubject } from "./driver-subject.ts";
import { driver } from "./process-list.ts";
import type { Bench, Subject } from "./subject.ts";

const WATCHERS = 1000;
/** More than an agent lets watch it otherwise. */
const LIMITS = ["--limit", `watches=${WATCHERS + 1}`];

/** CPU time of a server for each message that it sends to all its watchers; the driver tells of the time in between. */
async function fanOut(name: string, server: Server, watchers: number): Promise<Subject> {
  const args = ["--import", "tsx", driver("watchers.ts"), server.address, String(watchers), String(server.pid)];
  return driverSubject(name, process.execPath, args);
}

/** Many watchers of one stream: what each costs, beside a server that does nothing but send. */
export const fanOutWatchers: Bench = {
  name: "fan-out-watchers",
  title: `CPU time of the server for each second of one stream that ${WATCHERS} watch`,
  unit: "ms",
  warmUpRounds: 1,
  rounds: 5,
  ratios: [
    { of: `agent-${WATCHERS}`, to: `bare-grpc-${WATCHERS}`, goal: { atMost: 1.5 } },
    { of: `agent-${WATCHERS}`, to: "agent-1", goal: null },
  ],
  async start() {
    const agents = [await startAgent(...LIMITS), await startAgent(...LIMITS)] as const;
    const bare = await startServer(new URL("./drivers/bare-watch-server.ts", import.meta.url).href, []);
    const subjects = [
      await fanOut(`agent-${WATCHERS}`, agents[0], WATCHERS),
      await fanOut(`bare-grpc-${WATCHERS}`, bare, WATCHERS),
      await fanOut("agent-1", agents[1], 1),
    ];
    const stop = async () => {
      for (const server of [...agents, bare]) await server.stop();
    };
    return { subjects, missing: [], stop };
  },
};
