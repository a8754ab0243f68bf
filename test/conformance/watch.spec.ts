// SPDX-License-Identifier: Apache-2.0

import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import type { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import {
  InvalidArgument,
  type ProcessRow,
  type ProcessTable,
  type ProcessTableEvents,
  type ProcessUpdate,
} from "@hostscope/client";
import { expect } from "chai";
import { eventually } from "../support/eventually.ts";
import { describeOnEveryTransport } from "../support/every-transport.ts";
import { zombieProcess } from "../support/hostile-process.ts";
import { machine, type Target } from "../support/machine/machine.ts";
import { itProves } from "../support/proofs.ts";
import { take } from "../support/take.ts";

type Attribute = "name" | "status" | "memoryInfo" | "cmdline";
type Events = Pick<ProcessTableEvents<Attribute>, "start" | "exit" | "change">;

/** Bytes that interfaces received, from the kernel's own table. */
function receivedBytes(): number {
  const lines = readFileSync("/proc/net/dev", "utf8").split("\n").slice(2).filter(Boolean);
  return lines.reduce(
    (sum, line) =>
      sum +
      Number(
        line
          .slice(line.lastIndexOf(":") + 1)
          .trim()
          .split(/\s+/)[0],
      ),
    0,
  );
}

const EVERYWHERE = [
  ...["cpuTimes", "cpuPercent", "cpuTimesPercent", "cpuCount", "virtualMemory", "diskPartitions", "diskUsage"],
  ...["netIoCounters", "netIfAddrs", "netIfStats", "bootTime"],
] as ["cpuTimes", "cpuPercent", "cpuCount", "virtualMemory", "netIoCounters", "netIfAddrs", "bootTime"];

describeOnEveryTransport("Watching a host", (host) => {
  const targets: Target[] = [];
  afterEach(async () => {
    await Promise.all(targets.splice(0).map((each) => each.stop()));
  });
  const start = async (...args: string[]) => {
    const target = await machine.target({ args });
    targets.push(target);
    return target;
  };

  itProves("tells every metric first, with rates, then what changed", ["host.watch"], async () => {
    const metrics = EVERYWHERE;
    const before = receivedBytes();
    const [first, second] = await take(
      host().watch({ metrics, interval: 0.5, pernic: true }),
      (all) => all.length === 2,
    );
    const after = receivedBytes();
    expect(first?.failures).to.deep.equal([]);
    expect([...(first?.changed ?? [])].sort()).to.deep.equal([...metrics].sort());
    expect(first?.interval).to.equal(null);
    expect(first?.cpuPercent?.percent).to.be.within(0, 100);
    expect(first?.cpuPercent?.interval).to.be.within(0.08, 5);
    expect(first?.netIoCounters?.total?.rates).not.to.equal(null);
    expect(first?.cpuCount?.logical).to.equal(await host().cpuCount());
    expect(first?.netIoCounters?.total?.counters?.bytesRecv).to.be.within(before, after);
    expect(first?.virtualMemory?.total).to.equal((await host().virtualMemory()).total);
    expect(first?.bootTime).to.be.closeTo(await host().bootTime(), 2);
    expect(second?.sequence).to.equal((first?.sequence ?? 0) + 1 + (second?.dropped ?? 0));
    // As measured: a collection that was late leaves less for the next.
    const passed = (second?.time as number) - (first?.time as number);
    expect(second?.interval).to.be.above(0).and.closeTo(passed, 0.1);
    // What stands still is not sent again, and known all the same.
    expect(second?.changed).not.to.include("cpuCount");
    expect(second?.cpuCount).to.deep.equal(first?.cpuCount);
    expect(second?.changed).to.include("cpuTimes");
  });

  it("tells the metrics that not every system has", async () => {
    const metrics = ["cpuStats", "cpuFreq", "getloadavg", "swapMemory", "diskIoCounters"] as const;
    const [first] = await take(host().watch({ metrics }), (all) => all.length === 1);
    expect(first?.failures).to.deep.equal([]);
    expect([...(first?.changed ?? [])].sort()).to.deep.equal([...metrics].sort());
    expect(first?.cpuStats?.ctxSwitchesRate).to.be.above(0);
  });

  it("measures the traffic of an interval", async () => {
    const stream = host().watch({ metrics: ["netIoCounters"], interval: 0.5, pernic: true });
    const [first, second] = await take(stream, (all) => all.length === 2);
    const [was, now] = [first, second].map((update) => update?.netIoCounters?.total?.counters?.bytesRecv ?? 0);
    const rate = second?.netIoCounters?.total?.rates?.bytesRecv ?? -1;
    // Counted and timed a moment apart: within a tenth, and a few packets.
    expect(rate * (second?.interval ?? 0)).to.be.closeTo(
      (now as number) - (was as number),
      4096 + (now as number) * 0.1,
    );
  });

  it("tells of batteries what the host says, null where it has none", async () => {
    const [first] = await take(host().watchSensors({ metrics: ["sensorsBattery"] }), (all) => all.length === 1);
    expect(first?.failures).to.deep.equal([]);
    expect(first?.changed).to.deep.equal(["sensorsBattery"]);
    expect(first?.sensorsBattery?.batteries).to.deep.equal(await host().sensorsBatteries());
  });

  it("tells sensors of any kind", async () => {
    const metrics = ["sensorsTemperatures", "sensorsFans", "sensorsBattery"] as const;
    const [first] = await take(host().watchSensors({ metrics }), (all) => all.length === 1);
    expect(first?.failures).to.deep.equal([]);
    expect(first?.sensorsTemperatures?.chips.map(({ name }) => name).sort()).to.deep.equal(
      Object.keys(await host().sensorsTemperatures()).sort(),
    );
  });

  itProves("shows every process, then those that start and end", ["host.watchProcesses"], async () => {
    const isShown = (updates: readonly ProcessUpdate[], pid: number) =>
      updates.some(({ changed }) => changed.some(({ ref }) => ref.pid === pid));
    const isGone = (updates: readonly ProcessUpdate[], pid: number) =>
      updates.some(({ gone }) => gone.some(({ ref }) => ref?.pid === pid));
    const standing = await start();
    let begun = false;
    let child: Target | null = null;
    let stopping: Promise<void> | null = null;
    const options = { attrs: ["name", "status"] } as const;
    const updates = await take(
      host().watchProcesses(options),
      (all) => {
        if (!begun) {
          begun = true;
          void start().then((started) => {
            child = started;
          });
        }
        if (child === null) return false;
        const { pid } = child;
        if (isShown(all.slice(1), pid)) stopping ??= child.stop();
        return isGone(all, pid);
      },
      60,
    );
    await stopping;
    const [first] = updates as [ProcessUpdate];
    expect(first.snapshot).to.equal(true);
    // Compared with processes that are there all the time: on a busy host thousands come and go.
    const [ours] = first.changed.filter(({ ref }) => ref.pid === standing.pid);
    expect(ours?.row.name).to.equal(await (await host().process(standing.pid)).name());
    for (const [at, update] of updates.slice(1).entries()) {
      expect(update.snapshot && update.dropped === 0, "a snapshot without need").to.equal(false);
      expect(update.sequence).to.equal((updates[at] as ProcessUpdate).sequence + 1 + update.dropped);
    }
  }).timeout(60_000);

  itProves("keeps a table up to date, with events", ["host.processTable"], async () => {
    const standing = await start();
    await using table = await host().processTable({
      attrs: ["name", "status", "memoryInfo", "cmdline"],
    });
    const name = await (await host().process(standing.pid)).name();
    expect(table.rows.get(standing.pid)?.name).to.equal(name);
    const mark = randomUUID();
    const isMeant = (row: ProcessRow<Attribute>) => row.cmdline?.at(-1) === mark;
    const starts = eventOf(table, "start", isMeant);
    const child = await start(mark);
    const started = await starts;
    expect([started[0].ref.pid, started[0].name]).to.deep.equal([child.pid, name]);
    expect(table.rows.get(child.pid)).to.equal(started[0]);
    const changes = eventOf(table, "change", (changed) => changed.status === "stopped");
    await (await host().process(child.pid)).suspend();
    const [row, attributes] = await changes;
    expect([row.ref.pid, row.name, row.cmdline]).to.deep.equal([child.pid, name, child.facts.cmdline]);
    expect(attributes).to.include("status").and.not.include("cmdline");
    const ends = eventOf(table, "exit", (gone) => gone.ref.pid === child.pid);
    await child.stop();
    await ends;
    expect(table.rows.has(child.pid)).to.equal(false);
  }).timeout(60_000);

  it("tells the exit code of programs that it only saw", async () => {
    const codes = new Map<number, number | null>();
    await using table = await host().processTable();
    table.on("exit", ({ ref }, returncode) => codes.set(ref.pid, returncode));
    const ends = [await start(), await start()] as const;
    await eventually(() => expect([...table.rows.keys()]).to.include.members(ends.map(({ pid }) => pid)), 30_000);
    for (const [code, target] of ends.entries()) await target.exit(code * 7);
    await eventually(() => expect([...codes.keys()]).to.include.members(ends.map(({ pid }) => pid)), 30_000);
    for (const [code, { pid }] of ends.entries()) {
      expect(codes.get(pid)).to.be.oneOf(machine.knowsCodes ? [code * 7] : [code * 7, null]);
    }
  }).timeout(60_000);

  it("tells the exit code of processes that others started and collected", async () => {
    const ends = [
      { program: "read _; exit 7", code: 7 },
      { program: "read _; kill -KILL $$", code: -9 },
      { program: "read _; exit 0", code: 0 },
    ].map((each) => ({ ...each, child: spawn("sh", ["-c", each.program], { stdio: ["pipe", "ignore", "ignore"] }) }));
    const zombie = await zombieProcess();
    const codes = new Map<number, number | null>();
    try {
      await using table = await host().processTable();
      table.on("exit", ({ ref }, returncode) => codes.set(ref.pid, returncode));
      for (const { child } of ends) child.stdin.end("\n");
      zombie.child.kill("SIGKILL");
      const pids = [...ends.map(({ child }) => child.pid), zombie.zombie];
      await eventually(() => expect([...codes.keys()]).to.include.members(pids), 30_000);
      for (const { child, code } of ends)
        expect(codes.get(child.pid as number)).to.be.oneOf(machine.knowsCodes ? [code] : [code, null]);
      expect(codes.get(zombie.zombie)).to.equal(7);
    } finally {
      for (const { child } of ends) child.kill("SIGKILL");
      await zombie.stop();
    }
  }).timeout(60_000);

  it("lets the host choose: by condition, by order, so many", async () => {
    const mark = randomUUID();
    const children = [await start(`${mark}-1`), await start(`${mark}-2`), await start(`${mark}-3`)];
    const pids = children.map(({ pid }) => pid).sort((a, b) => a - b);
    const where = { cmdline: { prefix: [...(children[0]?.facts.cmdline.slice(0, -1) ?? []), mark].join(" ") } };
    const [all] = await take(host().watchProcesses({ attrs: ["cmdline"], where }), (updates) => updates.length === 1);
    expect(all?.changed.map(({ ref }) => ref.pid).sort((a, b) => a - b)).to.deep.equal(pids);
    const options = { attrs: ["pid"], where, orderBy: "pid", limit: 2, descending: true } as const;
    const [two] = await take(host().watchProcesses(options), (updates) => updates.length === 1);
    const expected = [...pids].reverse();
    expect(two?.changed.map(({ ref }) => ref.pid).sort((a, b) => b - a)).to.deep.equal(expected.slice(0, 2));
    // The greatest ends: the third one comes in for it.
    let stopping: Promise<void> | undefined;
    const updates = await take(
      host().watchProcesses(options),
      (seen) => {
        if (seen.length === 1) stopping = children.find(({ pid }) => pid === expected[0])?.stop();
        return seen.slice(1).some(({ changed }) => changed.some(({ ref }) => ref.pid === expected[2]));
      },
      60,
    );
    await stopping;
    const away = updates.flatMap(({ gone, left }) => [...gone.map(({ ref }) => ref), ...left]);
    expect(away.some((ref) => ref?.pid === expected[0])).to.equal(true);
  }).timeout(60_000);

  it("says a process that lives on and matches no more has left", async () => {
    const child = await start();
    const process = await host().process(child.pid);
    const where = { pid: child.pid, status: machine.idleStatus };
    let suspending: Promise<unknown> | null = null;
    const updates = await take(host().watchProcesses({ attrs: ["status"], where }), (all) => {
      if (all.some(({ changed }) => changed.length === 1)) suspending ??= process.suspend();
      return all.some(({ left }) => left.length > 0);
    });
    await suspending;
    expect(updates.at(-1)?.left[0]?.pid).to.equal(child.pid);
    expect(updates.flatMap(({ gone }) => gone)).to.deep.equal([]);
  }).timeout(60_000);

  it("refuses what cannot be meant", async () => {
    const wrong = [
      () => host().watch({ metrics: [] }),
      () => host().watch({ metrics: ["cpuPercnt" as "cpuPercent"] }),
      () => host().watch({ metrics: ["cpuPercent"], interval: -1 }),
      () => host().watch({ metrics: ["cpuPercent"], interval: 0.1 }),
      () => host().watchProcesses({ interval: 4000 }),
      () => host().watchProcesses({ where: [] }),
      () => host().watchProcesses({ where: { nane: "x" } as object }),
      () => host().watchProcesses({ where: { rss: "x" } as object }),
      () => host().watchProcesses({ limit: 5 }),
      () => host().watchProcesses({ orderBy: "rss", limit: 0 }),
    ];
    for (const call of wrong) {
      const error = await (async () => {
        for await (const _ of call()) return null;
      })().catch((reason: unknown) => reason);
      expect(error, String(call)).to.be.instanceOf(InvalidArgument);
    }
  });
});

/** The arguments of the first event of this name that `isMeant` accepts. */
function eventOf<E extends keyof Events>(
  table: ProcessTable<Attribute>,
  event: E,
  isMeant: (row: ProcessRow<Attribute>) => boolean,
): Promise<Events[E]> {
  const events = table as unknown as EventEmitter;
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no such ${event}`)), 30_000);
    const listener = (...args: Events[E]) => {
      if (!isMeant(args[0])) return;
      clearTimeout(late);
      events.off(event, listener);
      resolve(args);
    };
    events.on(event, listener);
  });
}
