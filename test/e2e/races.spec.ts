// SPDX-License-Identifier: Apache-2.0

import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { DEFAULT_ATTRIBUTES, type Host, NoSuchProcess, open, type ProcessRef } from "@hostscope/client";
import { expect } from "chai";
import { type AgentProcess, startAgentThrough } from "../support/agent-process.ts";
import { requireRoot } from "../support/oracle.ts";
import { descendants } from "../support/process-tree.ts";

const SOURCE = fileURLToPath(new URL("../support/fork_storm.cc", import.meta.url));
const STORM_SECONDS = 6;
const [COMPILER = "g++", ...COMPILER_FLAGS] = (process.env.CXX ?? "g++").trim().split(/\s+/);
/** But for what Linux has not, and what takes its time. */
const EVERYTHING = DEFAULT_ATTRIBUTES.filter((name) => name !== "cpuPercent" && name !== "numHandles");

type Info = Partial<Record<string, unknown>>;

/** The kernel takes the priority back while a process ends. */
const hasIoPriority = ({ ionice }: Info) => (ionice as { ioclass: string } | null)?.ioclass !== "none";

/** The numbers that a row shows, each by the source it was read from. All rows of one process show one number. */
function numbersOf(info: Info, cpus: readonly number[]): { number: number; wrong: string[] } | null {
  const number = Number(/^n(\d{4})$/.exec(info.name as string)?.[1] ?? Number.NaN);
  if (Number.isNaN(number)) return null; // has not named itself yet
  const ids = (base: number) => ({ real: base + number, effective: base + 1000 + number, saved: base + 2000 + number });
  const expected: Info = {
    uids: ids(2000),
    gids: ids(2000),
    username: String(2000 + number),
    cmdline: info.name,
    ionice: { ioclass: "be", value: number % 8, level: null },
    cpuAffinity: cpus[number % cpus.length],
  };
  const found: Info = {
    ...info,
    cmdline: (info.cmdline as string[] | null)?.[0] ?? null,
    ionice: hasIoPriority(info) ? info.ionice : null,
    cpuAffinity: (info.cpuAffinity as number[] | null)?.[0] ?? null,
  };
  const wrong = Object.keys(expected).filter(
    (name) => found[name] !== null && JSON.stringify(found[name]) !== JSON.stringify(expected[name]),
  );
  return { number, wrong };
}

/** Each process keeps its number: two in one ref are two processes taken for one. */
class Seen {
  readonly #numbers = new Map<string, number>();
  readonly pids = new Map<number, Set<string>>();
  rows = 0;

  check(ref: ProcessRef, info: Info, cpus: readonly number[]): void {
    const numbers = numbersOf(info, cpus);
    if (numbers === null) return;
    expect(numbers.wrong, `${JSON.stringify(ref)} shows ${JSON.stringify(info)}`).to.deep.equal([]);
    const key = `${ref.pid} ${ref.start} ${ref.pidfdInode}`;
    expect(this.#numbers.get(key) ?? numbers.number, key).to.equal(numbers.number);
    this.#numbers.set(key, numbers.number);
    const owners = this.pids.get(ref.pid) ?? new Set();
    this.pids.set(ref.pid, owners.add(key));
    this.rows++;
  }

  /** Processes seen under a pid that another one had before. */
  get recycled(): number {
    return Array.from(this.pids.values()).reduce((sum, owners) => sum + owners.size - 1, 0);
  }
}

describe("Thousands of processes a second that come and go", function () {
  this.timeout(60_000);
  this.slow(30_000);

  let folder: string;
  let agent: AgentProcess;
  let host: Host;
  before(async function () {
    requireRoot.call(this);
    folder = mkdtempSync(join(tmpdir(), "hostscope-races-"));
    const storm = join(folder, "storm");
    await promisify(execFile)(COMPILER, [...COMPILER_FLAGS, "-std=c++20", "-O1", "-pthread", SOURCE, "-o", storm]);
    // The agent is the first process of a namespace that ends with it; the storm begins when the agent is ready.
    const begin = `(while [ ! -e ${folder}/go ]; do sleep 0.05; done; exec ${storm} ${STORM_SECONDS} >&2) & exec "$@"`;
    const unshare = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"];
    agent = await startAgentThrough([...unshare, "sh", "-c", begin, "sh"]);
    host = await open(agent.target);
  });
  after(async () => {
    await host?.close();
    await agent?.stop();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  it("cost no error but NoSuchProcess, mix in no row, and leave no descriptor open", async () => {
    const cpus = await (await host.process(1)).cpuAffinity();
    const inside = descendants(agent.child.pid as number)[0] as number;
    const descriptors = () => readdirSync(`/proc/${inside}/fd`).length;
    await host.processList({ attrs: EVERYTHING });
    await sleep(4500); // what the list keeps open for the next one is closed
    const before = descriptors();
    const seen = new Seen();
    const gone = new Map<string, number>();
    await promisify(execFile)("touch", [`${folder}/go`]);
    const end = Date.now() + STORM_SECONDS * 1000;

    const listing = async () => {
      while (Date.now() < end) {
        const { processes } = await host.processList({ attrs: EVERYTHING });
        for (const row of processes) seen.check(row.ref, row, cpus);
      }
    };
    const getting = async (calls: readonly string[]) => {
      while (Date.now() < end) {
        for (const pid of (await host.pids()).slice(-12)) {
          for (const call of calls) {
            await getOne(pid, call).catch((error: unknown) => {
              if (!(error instanceof NoSuchProcess)) throw error;
              gone.set(call, (gone.get(call) ?? 0) + 1);
            });
          }
        }
      }
    };
    const getOne = async (pid: number, call: string) => {
      const subject = await host.process(pid);
      if (call === "all") {
        const info = await subject.asDict({ attrs: EVERYTHING });
        seen.check(subject.ref, info, cpus);
      } else if (call === "rlimit") {
        const info = await subject.asDict({ attrs: ["name"] });
        const limits = await subject.rlimit("nofile");
        const number = numbersOf(info, cpus)?.number;
        if (number !== undefined) expect(limits).to.deep.equal([BigInt(1000 + number), BigInt(5000 + number)]);
      } else if (call === "relatives") {
        const parents = await subject.parents();
        expect(parents.every(({ ref }) => BigInt(ref.start ?? 0) <= BigInt(subject.ref.start ?? 0))).to.equal(true);
        await subject.children({ recursive: true });
      } else {
        await (subject as unknown as Record<string, () => Promise<unknown>>)[call]?.();
      }
    };
    await Promise.all([
      listing(),
      getting(["all", "rlimit"]),
      getting(["relatives"]),
      getting(EVERYTHING.filter((name) => name !== "pid")),
    ]);

    expect(seen.rows, "rows of the storm").to.be.above(100);
    expect(seen.recycled, "pids seen with several owners").to.be.above(20);
    expect(gone.size, "calls that met the end of a process").to.be.above(3);
    await sleep(5000);
    expect(Number(/storm: (\d+) processes/.exec(agent.log())?.[1])).to.be.above(500 * STORM_SECONDS);
    expect(descriptors()).to.be.at.most(before + 4);
  });
});
