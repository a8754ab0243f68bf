// SPDX-License-Identifier: Apache-2.0

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Host, HostUnreachable, open } from "@hostscope/client";
import { expect } from "chai";
import { type AgentProcess, startAgent } from "../support/agent-process.ts";

const CLIENT = fileURLToPath(new URL("../support/popen-client.ts", import.meta.url));
const LONG = process.env.HOSTSCOPE_LONG === "1";
const MEBIBYTE = 1024 * 1024;
const TOTAL = (LONG ? 1024 : 64) * MEBIBYTE;

/** Memory of a process in mebibytes. */
function rss(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1]) / 1024;
}

/** Whether a process is there that has not ended. Only for those that this test had started. */
function lives(pid: number): boolean {
  try {
    return !/\) [ZX] /s.test(readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch {
    return false;
  }
}

async function untilEnded(pid: number): Promise<void> {
  for (let waited = 0; lives(pid); waited += 20) {
    if (waited > 10_000) expect.fail(`process ${pid} lives on`);
    await sleep(20);
  }
}

/** A client in a process of its own that has started a program; gives the program's pid. */
async function startClient(agent: AgentProcess, detached: boolean, ...args: string[]) {
  const flags = ["--import", "tsx", CLIENT, agent.target, String(detached), ...args];
  const client = spawn(process.execPath, flags, { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(client.stdout, "data")) as [Buffer];
  return { client, pid: Number(line.toString()) };
}

describe("Popen through an agent", function () {
  this.timeout(LONG ? 300_000 : 60_000);
  this.slow(30_000);

  let agent: AgentProcess;
  let host: Host;
  beforeEach(async () => {
    agent = await startAgent("--allow-exec", "--grace-ms", "100");
    host = await open(agent.target);
  });
  afterEach(async () => {
    await host?.close();
    await agent?.stop();
  });
  const agentPid = () => agent.child.pid as number;

  it(`carries ${TOTAL / MEBIBYTE} MiB through cat and back, whole, and does not grow`, async () => {
    await using cat = await host.popen(["/bin/cat"]);
    const block = Buffer.alloc(MEBIBYTE);
    const sent = createHash("sha256");
    const began = performance.now();
    const sending = (async () => {
      for (let done = 0; done < TOTAL; done += MEBIBYTE) {
        block.writeUInt32LE(done / MEBIBYTE);
        block.writeUInt32LE(done / MEBIBYTE, MEBIBYTE / 2 + 1);
        const copy = Buffer.from(block);
        sent.update(copy);
        await cat.stdin.write(copy);
      }
      await cat.stdin.end();
    })();
    const received = createHash("sha256");
    let bytes = 0;
    let settled = 0;
    let most = 0;
    for await (const chunk of cat.stdout) {
      received.update(chunk);
      bytes += chunk.byteLength;
      if (bytes % (4 * MEBIBYTE) < chunk.byteLength) {
        const now = rss(agentPid());
        // The first part is for the heap to find its size.
        if (bytes < TOTAL / 4) settled = Math.max(settled, now);
        else most = Math.max(most, now);
      }
    }
    await sending;
    expect(await cat.wait()).to.equal(0);
    expect(bytes).to.equal(TOTAL);
    expect(received.digest("hex")).to.equal(sent.digest("hex"));
    const seconds = (performance.now() - began) / 1000;
    const figures = { mib: TOTAL / MEBIBYTE, perSecond: TOTAL / MEBIBYTE / seconds, settled, most };
    if (LONG) console.log(JSON.stringify(figures));
    expect(most - settled, JSON.stringify(figures)).to.be.below(64);
  });

  it("holds up a program that writes more than its reader takes", async () => {
    const before = rss(agentPid());
    await using yes = await host.popen(["/usr/bin/yes"]);
    await sleep(2000);
    const written = () => Number(/wchar: (\d+)/.exec(readFileSync(`/proc/${yes.pid}/io`, "latin1"))?.[1]);
    const first = written();
    await sleep(1000);
    expect(written()).to.equal(first);
    expect(first).to.be.below(64 * MEBIBYTE);
    expect(rss(agentPid()) - before).to.be.below(64);
    let read = 0;
    for await (const chunk of yes.stdout) {
      read += chunk.byteLength;
      if (read > first + MEBIBYTE) break;
    }
    expect(written()).to.be.above(first);
  });

  it("ends the program when its client is killed, but for a detached one", async () => {
    const bound = await startClient(agent, false, "/bin/sleep", "60");
    const free = await startClient(agent, true, "/bin/sleep", "60");
    expect([lives(bound.pid), lives(free.pid)]).to.deep.equal([true, true]);
    for (const { client } of [bound, free]) {
      const exited = once(client, "exit");
      client.kill("SIGKILL");
      await exited;
    }
    await untilEnded(bound.pid);
    await sleep(1500);
    expect(lives(free.pid)).to.equal(true);
    process.kill(free.pid, "SIGKILL");
    await untilEnded(free.pid);
  });

  it("ends the program when its agent is stopped, and tells the client that it is gone", async () => {
    const stubborn = await host.popen([
      "/usr/bin/python3",
      "-c",
      "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); time.sleep(60)",
    ]);
    for await (const _ of stubborn.stdout) break;
    const waiting = stubborn.wait().catch((error: unknown) => error);
    expect(await agent.stop()).to.equal(0);
    await untilEnded(stubborn.pid);
    expect(await waiting).to.be.instanceOf(HostUnreachable);
  });
});
