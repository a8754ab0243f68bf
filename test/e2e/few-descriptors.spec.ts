// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { open, type ProcessUpdate } from "@hostscope/client";
import { expect } from "chai";
import { startAgentThrough } from "../support/agent-process.ts";
import { eventually } from "../support/eventually.ts";

/** Of an agent that needs some forty for itself. */
const DESCRIPTORS = 100;
/** More than it can take in. */
const CONNECTIONS = 120;
/** Some collections, and fewer in a row than end a watch. */
const WITHOUT_MS = 2500;

/** Whether the process is there, and not another with its pid. */
function lives({ pid, start }: { pid: number; start: string | null }): boolean {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "latin1").replace(/.*\) /s, "").split(" ");
    return fields[0] !== "Z" && fields[19] === start;
  } catch {
    return false;
  }
}

describe("A watch whose agent has no descriptor left", function () {
  this.timeout(90_000);
  this.slow(20_000);

  it("takes no process for gone because it cannot be read, and goes on when it can", async () => {
    const limited = ["sh", "-c", `ulimit -n ${DESCRIPTORS}; exec "$@"`, "sh"];
    const agent = await startAgentThrough(limited, "--log-level", "fatal", "--limit", "first-call-ms=60000");
    const host = await open(agent.target, { timeoutMs: 30_000 });
    const leave = new AbortController();
    const updates: ProcessUpdate[] = [];
    const sockets: Socket[] = [];
    const reading = (async () => {
      for await (const update of host.watchProcesses({ attrs: ["name"], signal: leave.signal })) updates.push(update);
    })().catch((error: unknown) => expect(String(error)).to.contain("cancelled"));
    const more = async (count: number) => {
      const until = updates.length + count;
      await eventually(() => expect(updates.length).to.be.at.least(until), 30_000);
    };
    try {
      await more(2);
      for (let at = 0; at < CONNECTIONS; at++) {
        sockets.push(connect(agent.port, agent.host).on("error", () => {}));
      }
      await sleep(WITHOUT_MS);
      for (const socket of sockets) socket.destroy();
      await more(4);
      const ended = updates.flatMap(({ gone }) => gone.map(({ ref }) => ref));
      const alive = ended.filter((ref) => ref === null || ref.start === null || lives(ref));
      expect(alive).to.deep.equal([]);
      // What was left out shows in the time that passed, or it was not so.
      expect(Math.max(...updates.map(({ interval }) => interval ?? 0))).to.be.above(1.5);
      // And all can be read again.
      const mine = updates.flatMap(({ changed }) => changed).filter(({ ref }) => ref.pid === process.pid);
      expect(mine.at(-1)?.row.name).to.be.a("string");
      expect(new Set(mine.map(({ ref }) => ref.start)).size).to.equal(1);
    } finally {
      leave.abort();
      for (const socket of sockets) socket.destroy();
      await reading;
      await host.close();
      await agent.stop();
    }
  });
});
