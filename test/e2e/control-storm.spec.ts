// SPDX-License-Identifier: Apache-2.0

import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { release, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Host, NoSuchProcess, open, type Process } from "@hostscope/client";
import { expect } from "chai";
import { type AgentProcess, startAgentThrough } from "../support/agent-process.ts";
import { eventually } from "../support/eventually.ts";
import { requireMachine, requireRoot } from "../support/oracle.ts";

const SOURCE = fileURLToPath(new URL("../support/control_storm.cc", import.meta.url));
const [COMPILER = "g++", ...COMPILER_FLAGS] = (process.env.CXX ?? "g++").trim().split(/\s+/);
const CALLS = process.env.HOSTSCOPE_LONG === "1" ? 10_000 : 2_000;
/** Refs that are called at once: from just read to long gone. */
const KEPT = 20;
const SIGUSR2 = 12;

/** Before, the limit of pids was one for the whole machine, which is not ours to change. */
const hasOwnPidMax = () => {
  const [major = 0, minor = 0] = release().split(".").map(Number);
  return major > 6 || (major === 6 && minor >= 14);
};
const FEW_PIDS = "echo 305 > /proc/sys/kernel/pid_max;";
const NAMESPACE = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-c"];

/** What the storm says at its end. */
function countsOf(text: string): { made: number; right: number; wrong: number } | null {
  const found = /storm: (\d+) made, (\d+) right, (\d+) wrong/.exec(text);
  return found === null ? null : { made: Number(found[1]), right: Number(found[2]), wrong: Number(found[3]) };
}

describe("Control among processes that get each other's pids", function () {
  this.timeout(120_000);
  this.slow(60_000);

  let folder: string;
  let storm: string;
  before(async function () {
    requireRoot.call(this);
    requireMachine.call(this, "a limit of pids per namespace (Linux 6.14)", hasOwnPidMax());
    folder = mkdtempSync(join(tmpdir(), "hostscope-control-storm-"));
    storm = join(folder, "storm");
    await promisify(execFile)(COMPILER, [...COMPILER_FLAGS, "-std=c++20", "-O1", "-pthread", SOURCE, "-o", storm]);
  });
  after(() => folder && rmSync(folder, { recursive: true }));

  it("meets the wrong ones if it looks first and signals a pid then: so the next test can fail", () => {
    const shell = `${FEW_PIDS} exec ${storm} ${folder}/never ${CALLS / 10} 2>&1`;
    const counts = countsOf(execFileSync(NAMESPACE[0] as string, [...NAMESPACE.slice(1), shell], { encoding: "utf8" }));
    console.log(`      ${CALLS / 10} signals the unsafe way: ${JSON.stringify(counts)}`);
    expect(counts?.wrong).to.be.greaterThan(0);
  });

  it(`meets nobody but the one that the ref names, in ${CALLS} calls`, async () => {
    const begin = `${FEW_PIDS} (while [ ! -e ${folder}/go ]; do sleep 0.05; done; exec ${storm} ${folder}/stop >&2) & exec "$@"`;
    let agent: AgentProcess | undefined;
    let host: Host | undefined;
    try {
      agent = await startAgentThrough([...NAMESPACE, begin, "sh"], "--log-level", "error");
      host = await open(agent.target);
      await warmUp(host);
      writeFileSync(join(folder, "go"), "");
      const outcomes = await callMany(host);
      writeFileSync(join(folder, "stop"), "");
      await eventually(() => expect(countsOf(agent?.log() ?? "")).to.not.equal(null));
      const counts = countsOf(agent.log());
      console.log(`      ${CALLS} calls: ${JSON.stringify({ ...outcomes, ...counts })}`);
      expect(counts?.wrong).to.equal(0);
      expect(outcomes.met).to.be.greaterThan(0);
      expect(outcomes.gone).to.be.greaterThan(CALLS / 10);
      // Who was met has counted it, but for those that ended before they ran again.
      expect(counts?.right).to.be.within(1, outcomes.met);
    } finally {
      writeFileSync(join(folder, "stop"), "");
      await host?.close();
      await agent?.stop();
    }
  });

  /** All threads of the agent are to have their pids before there are few. */
  async function warmUp(host: Host): Promise<void> {
    const first = await host.process(1);
    await Promise.all(Array.from({ length: 100 }, () => first.suspend().catch(() => {})));
  }

  async function callMany(host: Host): Promise<{ met: number; gone: number }> {
    const outcomes = { met: 0, gone: 0 };
    let kept: Process[] = [];
    for (let calls = 0; calls < CALLS; ) {
      for await (const process of host.processIter({ attrs: ["name"] })) {
        if (process.info.name === "chosen") kept.push(process);
      }
      kept = kept.slice(-KEPT);
      calls += kept.length;
      if (kept.length === 0) await sleep(5);
      await Promise.all(
        kept.map((process) =>
          process.sendSignal(SIGUSR2).then(
            ({ guarantee }) => {
              expect(guarantee).to.equal("atomic");
              outcomes.met++;
            },
            (error: unknown) => {
              expect(error).to.be.instanceOf(NoSuchProcess);
              outcomes.gone++;
            },
          ),
        ),
      );
    }
    return outcomes;
  }
});
