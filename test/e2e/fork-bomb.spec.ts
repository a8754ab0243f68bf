// SPDX-License-Identifier: Apache-2.0

import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Host, open } from "@hostscope/client";
import { expect } from "chai";
import { type AgentProcess, startAgent } from "../support/agent-process.ts";
import { eventually } from "../support/eventually.ts";
import { requireRoot } from "../support/oracle.ts";
import { isRunning } from "../support/process-tree.ts";

const SOURCE = fileURLToPath(new URL("../support/fork_bomb.cc", import.meta.url));
const [COMPILER = "g++", ...COMPILER_FLAGS] = (process.env.CXX ?? "g++").trim().split(/\s+/);
const IS_LONG = process.env.HOSTSCOPE_LONG === "1";
const ROUNDS = IS_LONG ? 200 : 8;
/** Seconds. The short run shares its machine with everything else that is tested. */
const TIME = IS_LONG ? 2 : 10;
const LEAST = 60;

/** Processes of the pid namespace that run. */
function runningIn(namespace: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/ns/pid`) === namespace && isRunning(pid);
      } catch {
        return false; // it has ended
      }
    });
}

const childrenOf = (pid: number) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);

describe("A fork bomb", function () {
  this.timeout(ROUNDS * 30_000);
  this.slow(ROUNDS * 5_000);

  let folder: string;
  let bomb: string;
  let agent: AgentProcess;
  let host: Host;
  before(async function () {
    requireRoot.call(this);
    folder = mkdtempSync(join(tmpdir(), "hostscope-fork-bomb-"));
    bomb = join(folder, "bomb");
    chmodSync(folder, 0o755);
    await promisify(execFile)(COMPILER, [...COMPILER_FLAGS, "-std=c++20", "-O1", SOURCE, "-o", bomb]);
    agent = await startAgent("--log-level", "error");
    host = await open(agent.target);
  });
  after(async () => {
    await host?.close();
    await agent?.stop();
    if (folder) rmSync(folder, { recursive: true });
  });

  /** Starts it in a namespace, as its first process or below that. */
  function start(isFirst: boolean): ChildProcess {
    const explode = isFirst ? `exec ${bomb}` : `setsid ${bomb} & read _; exit 0`;
    return spawn("unshare", ["--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-c", explode], {
      stdio: ["pipe", "ignore", "ignore"],
    });
  }

  for (const isFirst of [true, false]) {
    it(`is killed with its root, ${isFirst ? "the first" : "one"} of its namespace, again and again`, async () => {
      const times: number[] = [];
      for (let round = 0; round < ROUNDS / 2; round++) {
        const child = start(isFirst);
        const ended = once(child, "exit");
        try {
          let first = 0;
          await eventually(() => {
            first = childrenOf(child.pid as number)[0] as number;
            expect(readFileSync(`/proc/${first}/comm`, "utf8").trim()).to.equal(isFirst ? "forkbomb" : "sh");
          });
          const namespace = readlinkSync(`/proc/${first}/ns/pid`);
          await eventually(() => expect(runningIn(namespace)).to.have.length.greaterThan(LEAST));
          const root = isFirst ? first : (childrenOf(first)[0] as number);
          const process = await host.process(root);
          expect(await process.name()).to.equal("forkbomb");
          const begin = performance.now();
          const found = await process.killTree({ timeout: TIME });
          times.push(performance.now() - begin);
          expect(found.survivors).to.deep.equal([]);
          expect(times.at(-1)).to.be.lessThan(TIME * 1000 + 500);
          await sleep(20);
          expect(runningIn(namespace)).to.deep.equal(isFirst ? [] : [first]);
        } finally {
          child.kill("SIGKILL");
          await ended;
        }
      }
      times.sort((a, b) => a - b);
      console.log(
        `      ${times.length} rounds: median ${times[times.length >> 1]?.toFixed(0)} ms, longest ${times.at(-1)?.toFixed(0)} ms`,
      );
    });
  }
});
