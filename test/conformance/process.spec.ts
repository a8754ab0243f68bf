// SPDX-License-Identifier: Apache-2.0

import { readFileSync, readlinkSync } from "node:fs";
import { totalmem } from "node:os";
import { expect } from "chai";
import { eventually } from "../support/eventually.ts";
import { describeOnEveryTransport } from "../support/every-transport.ts";
import { pythonProcess } from "../support/hostile-process.ts";
import { isRunningByCall } from "../support/is-running-call.ts";
import { machine, type Oracle, type Target } from "../support/machine/machine.ts";
import { itProves } from "../support/proofs.ts";
import { expectClose, TOLERANCE } from "../support/tolerance.ts";

type Fields = Record<string, number>;
const camel = (name: string): string => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

describeOnEveryTransport("Process", (host, address) => {
  let oracle: Oracle;
  let target: Target;
  before(async function () {
    oracle = await machine.oracle(this);
    target = await machine.target({ memory: 20_000_000, threads: 2, args: ["one", "", "two words"] });
    await target.spin(0.3);
  });
  after(async () => {
    oracle?.stop();
    await target?.stop();
  });
  const theirs = <T>(what: string) => oracle.process<T>(target.pid, what);
  const subject = () => host().process(target.pid);

  const STEADY = ["name", "exe", "cmdline", "ppid", "createTime", "status", "username", "numThreads", "nice"] as const;
  itProves(
    "what does not change is the same to the letter",
    [...STEADY.map((name) => `process.${name}`), "process.pid", "host.process"],
    async () => {
      const process = await subject();
      expect(process.pid).to.equal(target.facts.pid);
      expect(await process.name()).to.equal(await theirs("name"));
      expect(await process.exe())
        .to.equal(await theirs("exe"))
        .and.to.equal(target.facts.exe);
      expect(await process.cmdline()).to.deep.equal(target.facts.cmdline);
      expect((await process.cmdline()).slice(-3)).to.deep.equal(["one", "", "two words"]);
      expect(await process.ppid()).to.equal(await theirs("ppid"));
      expect(await process.createTime()).to.be.closeTo(await theirs<number>("create_time"), TOLERANCE.tick);
      await eventually(async () => expect(await process.status()).to.equal(machine.idleStatus));
      expect(await process.username()).to.equal(await theirs("username"));
      expect(await process.numThreads())
        .to.equal(await theirs("num_threads"))
        .and.to.equal(3);
      expect(await process.nice()).to.equal(await theirs("nice"));
    },
  );

  itProves("users, groups and terminal are psutil's", ["process.uids", "process.gids"], async () => {
    const process = await subject();
    expect(await process.uids()).to.deep.include(await theirs<Fields>("uids"));
    expect(await process.gids()).to.deep.include(await theirs<Fields>("gids"));
    expect(await process.terminal()).to.equal(await theirs("terminal"));
  });

  itProves("a process on a terminal has the name of what it reads from", ["process.terminal"], async () => {
    const parent = await pythonProcess(
      "import pty\npid, _ = pty.fork()\nif pid == 0:\n    time.sleep(60)\n    os._exit(0)",
    );
    try {
      const [child] = await (await host().process(parent.pid)).children();
      // It takes the terminal once it runs.
      await eventually(async () => {
        expect(await child?.terminal())
          .to.equal(readlinkSync(`/proc/${child?.pid}/fd/0`))
          .and.match(/^\/dev\/pts\/\d+$/);
      });
    } finally {
      await parent.stop();
    }
  });

  itProves("pageFaults are the kernel's count", ["process.pageFaults"], async () => {
    const { minor, major } = await (await subject()).pageFaults();
    const fields = readFileSync(`/proc/${target.pid}/stat`, "latin1").replace(/.*\) /s, "").split(" ");
    expect([minor, major]).to.deep.equal([Number(fields[7]), Number(fields[9])]);
    expect(minor).to.be.greaterThan(1_000);
  });

  const MOVING = ["process.memoryInfo", "process.memoryPercent", "process.cpuTimes"];
  itProves("memory and CPU times agree within a moment", MOVING, async () => {
    const process = await subject();
    const memory = (await process.memoryInfo()) as unknown as Record<string, number | null>;
    for (const [name, expected] of Object.entries(await theirs<Fields>("memory_info"))) {
      expectClose(memory[camel(name)] ?? null, expected, TOLERANCE.rssBytes, name);
    }
    expect(memory.rss).to.be.greaterThan(20_000_000);
    expectClose(await process.memoryPercent(), ((memory.rss as number) / totalmem()) * 100, 0.5, "memoryPercent");
    const times = await process.cpuTimes();
    const expected = await oracle.psutil.value<Fields>(`psutil.Process(${target.child.pid}).cpu_times()`);
    expectClose(times.user, expected.user as number, TOLERANCE.processCpuSeconds, "user");
    expectClose(times.system, expected.system as number, TOLERANCE.processCpuSeconds, "system");
    expect(times.user + times.system).to.be.at.least(0.28);
  });

  itProves("memoryPercent is psutil's", ["process.memoryPercent"], async () => {
    expectClose(await (await subject()).memoryPercent(), await theirs<number>("memory_percent"), 0.5, "memoryPercent");
  });

  const COUNTED = ["process.numCtxSwitches", "process.ioCounters"];
  itProves("counters are the same, those that move within a moment", COUNTED, async () => {
    const process = await subject();
    const switches = await process.numCtxSwitches();
    const expectedSwitches = await theirs<Fields>("num_ctx_switches");
    expectClose(switches.voluntary, expectedSwitches.voluntary as number, 50, "voluntary");
    const io = (await process.ioCounters()) as unknown as Record<string, number | null>;
    for (const [name, expected] of Object.entries(await theirs<Fields>("io_counters"))) {
      expectClose(io[camel(name)] ?? null, expected, 0, name);
    }
  });

  itProves("cpuNum is the CPU that a process is kept on while it spins", ["process.cpuNum"], async () => {
    const spinner = await machine.target();
    try {
      const process = await host().process(spinner.pid);
      void spinner.spin(60);
      for (const cpu of await oracle.psutil.value<number[]>("psutil.Process().cpu_affinity()")) {
        await oracle.psutil.value(`psutil.Process(${spinner.child.pid}).cpu_affinity([${cpu}])`);
        await eventually(async () => expect(await process.cpuNum()).to.equal(cpu));
      }
    } finally {
      await spinner.stop();
    }
  });

  itProves("oneshot holds one moment, in which the oracle's values agree", ["process.oneshot"], async () => {
    const process = await subject();
    const name = await process.oneshot(async (snapshot) => {
      expect(await snapshot.ppid()).to.equal(await theirs("ppid"));
      expect(await snapshot.numThreads()).to.equal(await theirs("num_threads"));
      const times = await snapshot.cpuTimes();
      await target.spin(0.05);
      expect(await snapshot.cpuTimes()).to.deep.equal(times);
      return snapshot.name();
    });
    expect(name).to.equal(await theirs("name"));
  });

  itProves("cpuPercent sees a process that spins", ["process.cpuPercent"], async () => {
    const spinner = await machine.target();
    try {
      void spinner.spin(60);
      const used = async () => {
        const times = `psutil.Process(${spinner.child.pid}).cpu_times()`;
        const { user, system } = await oracle.psutil.value<Record<"user" | "system", number>>(times);
        return user + system;
      };
      const process = await host().process(spinner.pid);
      await eventually(async () => expect(await used()).to.be.greaterThan(0.1));
      // How much of a CPU it gets is the machine's business; each reading lies between two of psutil's.
      const beforeFirst = await used();
      expect((await process.cpuPercent()).percent).to.be.at.least(0);
      const afterFirst = await used();
      await new Promise((resolve) => setTimeout(resolve, 500));
      const beforeSecond = await used();
      const { percent, interval } = await process.cpuPercent();
      const afterSecond = await used();
      expect(interval).to.be.greaterThan(0.45);
      const ticks = 4 * TOLERANCE.tick; // user and system time, rounded at either end
      expect((percent / 100) * (interval as number)).to.be.within(
        beforeSecond - afterFirst - ticks,
        afterSecond - beforeFirst + ticks,
      );
    } finally {
      await spinner.stop();
    }
  });

  itProves(
    "the list has the oracle's processes with its values",
    ["host.processIter", "host.processList"],
    async () => {
      type Row = { pid: number; name: string; ppid: number };
      // A worker of the kernel changes the second half of its name to and fro.
      const text = ({ name, ppid }: Omit<Row, "pid">) => `${name.replace(/^(kworker\/\S+?)[-+].*/, "$1")} ${ppid}`;
      const rowsOf = (rows: Row[]) => new Map(rows.map((row) => [row.pid, text(row)]));
      const before = rowsOf(await oracle.system<Row[]>("processes"));
      const rows = new Map<number, string>();
      for await (const process of host().processIter({ attrs: ["name", "ppid"] })) {
        rows.set(process.pid, text(process.info as Row));
      }
      const { processes } = await host().processList({ attrs: ["name", "ppid"] });
      const listed = new Map(processes.map((row) => [row.ref.pid, text(row as unknown as Row)]));
      // A process may rename itself or lose its parent at any moment: those that did not count.
      const after = rowsOf(await oracle.system<Row[]>("processes"));
      const steady = [...before].filter(([pid, row]) => after.get(pid) === row);
      expect(steady.map(([pid]) => pid)).to.include(target.pid);
      for (const [pid, row] of steady) {
        expect(rows.get(pid), `pid ${pid}`).to.equal(row);
        expect(listed.get(pid), `pid ${pid}`).to.equal(row);
      }
    },
  );

  itProves(
    "isRunning until it has ended, also for clients of another make",
    ["process.isRunning", "Process.IsRunning"],
    async () => {
      const other = await machine.target();
      const process = await host().process(other.pid);
      const told = () => isRunningByCall(address(), process.ref);
      expect([await process.isRunning(), await told()]).to.deep.equal([true, true]);
      await other.stop();
      expect([await process.isRunning(), await told()]).to.deep.equal([false, false]);
    },
  );
});
