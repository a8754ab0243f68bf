// SPDX-License-Identifier: Apache-2.0

import { createHost, type Host, open } from "@hostscope/client";
import { createCollector } from "@hostscope/native";
import { ProcessAttributeSchema } from "@hostscope/proto/gen/process_info";
import { expect } from "chai";
import { type AgentProcess, startAgentAs } from "../support/agent-process.ts";
import { describeOnEveryTransport } from "../support/every-transport.ts";
import { describeOnMachine } from "../support/expected.ts";
import { pythonProcess, type TestProcess, zombieProcess } from "../support/hostile-process.ts";
import { kernelThread } from "../support/kernel-thread.ts";
import { requireMachine } from "../support/oracle.ts";
import { ProcTree, release } from "../support/proc-tree.ts";
import { ending, OUTCOME_OF_PSUTIL, type Outcome, outcomeOf, outcomeOfPid } from "../support/process-outcomes.ts";
import { PsutilOracle } from "../support/psutil-oracle.ts";
import { requirePsutil } from "../support/python.ts";

/** What each attribute comes to. `stuck` names the files that time it out if reading them does not end. */
interface Expected {
  readonly own: Outcome;
  readonly zombie: Outcome;
  readonly kernelThread: Outcome;
  /** Of another user, who is not us and not under us. */
  readonly others: Outcome;
  readonly stuck: readonly string[];
}

const row = (own: Outcome, zombie: Outcome, kernelThread: Outcome, others: Outcome, ...stuck: string[]): Expected => ({
  own,
  zombie,
  kernelThread,
  others,
  stuck,
});

const TABLE: Readonly<Record<string, Expected>> = {
  pid: row("value", "value", "value", "value"),
  name: row("value", "value", "value", "value", "stat"),
  status: row("value", "value", "value", "value", "stat"),
  ppid: row("value", "value", "value", "value", "stat"),
  createTime: row("value", "value", "value", "value", "stat"),
  cpuTimes: row("value", "value", "value", "value", "stat"),
  memoryInfo: row("value", "value", "value", "value", "statm"),
  numThreads: row("value", "value", "value", "value", "stat"),
  username: row("value", "value", "value", "value", "status"),
  cmdline: row("value", "zombie", "value", "value", "cmdline"),
  exe: row("value", "zombie", "value", "denied"),
  numCtxSwitches: row("value", "value", "value", "value", "status"),
  ioCounters: row("value", "value", "value", "denied", "io"),
  nice: row("value", "value", "value", "value", "stat"),
  cpuPercent: row("value", "value", "value", "value", "stat"),
  memoryPercent: row("value", "value", "value", "value", "statm"),
  uids: row("value", "value", "value", "value", "status"),
  gids: row("value", "value", "value", "value", "status"),
  terminal: row("value", "value", "value", "value", "stat"),
  cpuNum: row("value", "value", "value", "value", "stat"),
  cwd: row("value", "zombie", "value", "denied"),
  environ: row("value", "zombie", "value", "denied", "environ"),
  ionice: row("value", "value", "value", "value"),
  numFds: row("value", "value", "value", "value"),
  numHandles: row("unsupported", "unsupported", "unsupported", "unsupported"),
  threads: row("value", "value", "value", "value", "task/7/stat"),
  cpuAffinity: row("value", "value", "value", "value", "status"),
  memoryFullInfo: row("value", "value", "value", "denied", "statm", "smaps_rollup"),
  memoryMaps: row("value", "zombie", "value", "denied", "smaps"),
  openFiles: row("value", "value", "value", "denied"),
  connections: row("value", "value", "value", "denied"),
  pageFaults: row("value", "value", "value", "value", "stat"),
  memoryInfoEx: row("value", "value", "value", "value", "status", "statm"),
  cgroup: row("value", "value", "value", "value", "cgroup"),
};

/** Where psutil 5.9.4 raises something else, and why that is not copied. */
const PSUTIL_DIFFERS: Readonly<Record<string, string>> = {
  "zombie cmdline": "answers [], as if there were no arguments; 5.6.2 and 6 raise ZombieProcess",
  "zombie exe": "answers '', as if there were no program; 5.6.2 and 6 raise ZombieProcess",
  "zombie environ": "takes ESRCH for the end of the process",
  "zombie memoryFullInfo": "takes ESRCH of smaps_rollup for an answer; 5.6.2 gives zeros, as it does here",
  "zombie memoryMaps": "answers [], as if nothing were mapped; 6 raises ZombieProcess",
  "kernelThread environ": "takes ESRCH for the end of the process",
  "kernelThread memoryFullInfo": "takes ESRCH for a zombie",
  "others numFds": "counts the entries of fd, which is refused, where the kernel tells their number",
};
const ONLY_OURS = ["pageFaults", "memoryInfoEx", "cgroup"];

/** What only root is shown of what has no memory, whosever it is: the kernel then gives these files to root. */
const ROOTS_WITHOUT_MEMORY = {
  zombie: ["ioCounters", "environ", "numFds", "openFiles", "connections"],
  kernelThread: ["ioCounters", "environ", "numFds", "openFiles", "connections", "exe", "cwd"],
};

const IS_ROOT = process.getuid?.() === 0;
const NOBODY = 65534;

/** psutil's spelling: memory_full_info. */
const pythonName = (attribute: string) => attribute.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

type Situation = Exclude<keyof Expected, "stuck">;

function isOnlyForRoot(attribute: string, situation: Situation): boolean {
  const names: Partial<Record<Situation, readonly string[]>> = ROOTS_WITHOUT_MEMORY;
  return names[situation]?.includes(attribute) ?? false;
}

function expectedOutcome(attribute: string, situation: Situation): Outcome {
  if (!IS_ROOT && isOnlyForRoot(attribute, situation)) return "denied";
  return (TABLE[attribute] as Expected)[situation];
}

async function expectOutcomes(host: Host, pid: number, situation: Situation): Promise<void> {
  const found: Record<string, Outcome> = {};
  const expected: Record<string, Outcome> = {};
  for (const attribute of Object.keys(TABLE)) {
    found[attribute] = await outcomeOfPid(host, pid, attribute);
    expected[attribute] = expectedOutcome(attribute, situation);
  }
  expect(found).to.deep.equal(expected);
}

async function expectPsutilsOutcomes(psutil: PsutilOracle, pid: number, situation: Situation): Promise<void> {
  const differences: string[] = [];
  for (const attribute of Object.keys(TABLE)) {
    if (ONLY_OURS.includes(attribute) || attribute === "pid") continue;
    const theirs = await psutil.value(`psutil.Process(${pid}).${pythonName(attribute)}() and 0`).then(
      () => "value",
      (error: Error) => OUTCOME_OF_PSUTIL[error.message] ?? error.message,
    );
    if (theirs !== expectedOutcome(attribute, situation)) differences.push(`${situation} ${attribute}`);
  }
  const expected = Object.keys(PSUTIL_DIFFERS).filter((key) => {
    const [at, attribute = ""] = key.split(" ");
    return at === situation && (IS_ROOT || !isOnlyForRoot(attribute, situation));
  });
  expect(differences).to.deep.equal(expected);
}

describeOnMachine("The table of outcomes", () => {
  it("has every attribute of the schema", () => {
    const attributes = ProcessAttributeSchema.values.filter(({ number }) => number !== 0);
    expect(Object.keys(TABLE)).to.have.members(
      attributes.map(({ name }) =>
        name
          .replace("PROCESS_ATTRIBUTE_", "")
          .toLowerCase()
          .replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
      ),
    );
  });
});

describeOnEveryTransport("Outcomes of all attributes", (host) => {
  let psutil: PsutilOracle;
  before(function () {
    psutil = new PsutilOracle(requirePsutil.call(this));
  });
  after(() => psutil?.stop());

  it("of a live process of our own", async () => {
    const target = await pythonProcess("");
    try {
      await expectOutcomes(host(), target.pid, "own");
      await expectPsutilsOutcomes(psutil, target.pid, "own");
    } finally {
      await target.stop();
    }
  });

  it("of a zombie", async () => {
    const parent = await zombieProcess();
    try {
      await expectOutcomes(host(), parent.zombie, "zombie");
      await expectPsutilsOutcomes(psutil, parent.zombie, "zombie");
    } finally {
      await parent.stop();
    }
  });

  it("of a kernel thread", async function () {
    const pid = kernelThread();
    requireMachine.call(this, "a kernel thread that is visible (in a container none is)", pid !== null);
    await expectOutcomes(host(), pid as number, "kernelThread");
    await expectPsutilsOutcomes(psutil, pid as number, "kernelThread");
  });

  it("of a process that has ended", async () => {
    const target = await pythonProcess("");
    const subject = await host().process(target.pid);
    await target.stop();
    for (const attribute of Object.keys(TABLE)) {
      expect(await outcomeOf(subject, attribute), attribute).to.equal("gone");
    }
    const calls = [subject.parent(), subject.parents(), subject.children(), subject.rlimit("nofile")];
    expect(new Set(await Promise.all(calls.map(ending)))).to.deep.equal(new Set(["gone"]));
    expect(await subject.isRunning()).to.equal(false);
  });
});

describeOnMachine("Outcomes of another user's process", () => {
  let agent: AgentProcess;
  let host: Host;
  let psutil: PsutilOracle;
  let target: TestProcess | null = null;
  let pid = 1;
  before(async function () {
    // Root takes the part of nobody, and shows a process of its own; to anybody else the first process is another's.
    psutil = new PsutilOracle(requirePsutil.call(this), IS_ROOT ? NOBODY : undefined);
    agent = await startAgentAs(IS_ROOT ? NOBODY : undefined);
    host = await open(agent.target);
    target = IS_ROOT ? await pythonProcess("") : null;
    pid = target?.pid ?? 1;
  });
  after(async () => {
    psutil?.stop();
    await host?.close();
    await agent?.stop();
    await target?.stop();
  });

  it("are a refusal for what the kernel hides, and a value for what it shows", async () => {
    await expectOutcomes(host, pid, "others");
  });

  it("are psutil's, but where the kernel tells more", async () => {
    await expectPsutilsOutcomes(psutil, pid, "others");
  });

  it("relatives and limits are shown to everybody", async () => {
    const subject = await host.process(pid);
    const calls = [subject.parent(), subject.parents(), subject.children(), subject.rlimit("nofile")];
    expect(new Set(await Promise.all(calls.map(ending)))).to.deep.equal(new Set(["value"]));
  });
});

describeOnMachine("Outcomes of a process one of whose files keeps its reader waiting", () => {
  const files = new Set(Object.values(TABLE).flatMap(({ stuck }) => stuck));
  const attributes = Object.keys(TABLE).filter((name) => name !== "pid" && name !== "cpuPercent");

  for (const file of files) {
    it(`${file}: what it gives has timed out, the rest is as ever`, async () => {
      const tree = new ProcTree();
      tree.process(7);
      for (const name of ["environ", "smaps", "smaps_rollup", "cgroup", "task/7/stat"]) tree.file(`7/${name}`, "");
      const host = createHost(createCollector({ procRoot: tree.root, fieldTimeoutMs: 150 }));
      const subject = await host.process(7);
      // A busy machine is late at times, too: what nothing holds up is asked again then.
      const read = async (isHeldUp: (name: string) => boolean) => {
        const found: Record<string, string> = {};
        for (const name of attributes) {
          let left = isHeldUp(name) ? 1 : 5;
          do {
            found[name] = await outcomeOf(subject, name).catch((error: Error) => error.name);
          } while (found[name] === "timed out" && --left > 0);
        }
        return found;
      };
      const healthy = await read(() => false);
      const fifo = tree.stuck(`7/${file}`);
      // Everything needs stat: without it nobody knows whose values they are.
      const timesOut = (name: string) => {
        const { own, stuck } = TABLE[name] as Expected;
        return stuck.includes(file) || (file === "stat" && own !== "unsupported");
      };
      const stuck = await read(timesOut);
      for (const name of attributes) {
        expect(stuck[name], name).to.equal(timesOut(name) ? "timed out" : healthy[name]);
      }
      release(fifo);
      await host.close();
      tree.remove();
    });
  }
});
