// SPDX-License-Identifier: Apache-2.0

import { spawn } from "node:child_process";
import { type EventEmitter, once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
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
import { KNOWS_EXIT_CODES } from "../support/exit-codes.ts";
import { zombieProcess } from "../support/hostile-process.ts";

type Attribute = "name" | "status" | "memoryInfo" | "cmdline";
type Events = Pick<ProcessTableEvents<Attribute>, "start" | "exit" | "change">;

/** Values of a stream until `enough` says so; at most so many. */
async function take<T>(stream: AsyncIterable<T>, enough: (all: readonly T[]) => boolean, most = 20): Promise<T[]> {
  const all: T[] = [];
  for await (const value of stream) {
    all.push(value);
    if (enough(all)) return all;
    if (all.length >= most) throw new Error(`not in ${most} messages`);
  }
  throw new Error("the stream ended");
}

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

const sleeper = (seconds = 60) => spawn("sleep", [String(seconds)], { stdio: "ignore" });

describeOnEveryTransport("Watching a host", (host) => {
  it("tells every metric first, with rates, then what changed", async () => {
    const metrics = [
      ...["cpuTimes", "cpuPercent", "cpuTimesPercent", "cpuCount", "cpuStats", "cpuFreq", "getloadavg"],
      ...["virtualMemory", "swapMemory", "diskPartitions", "diskUsage", "diskIoCounters"],
      ...["netIoCounters", "netIfAddrs", "netIfStats", "bootTime"],
    ] as ["cpuTimes", "cpuPercent", "cpuCount", "cpuStats", "virtualMemory", "netIoCounters", "netIfAddrs", "bootTime"];
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
    expect(first?.cpuStats?.ctxSwitchesRate).to.be.above(0);
    expect(first?.netIoCounters?.total?.rates).not.to.equal(null);
    expect(first?.cpuCount?.logical).to.equal(await host().cpuCount());
    expect(first?.netIoCounters?.total?.counters?.bytesRecv).to.be.within(before, after);
    expect(first?.virtualMemory?.total).to.equal((await host().virtualMemory()).total);
    expect(first?.bootTime).to.be.closeTo(await host().bootTime(), 2);
    expect(second?.sequence).to.equal((first?.sequence ?? 0) + 1 + (second?.dropped ?? 0));
    expect(second?.interval).to.be.above(0.2);
    // What stands still is not sent again, and known all the same.
    expect(second?.changed).not.to.include("cpuCount");
    expect(second?.cpuCount).to.deep.equal(first?.cpuCount);
    expect(second?.changed).to.include("cpuTimes");
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

  it("tells sensors of any kind", async () => {
    const metrics = ["sensorsTemperatures", "sensorsFans", "sensorsBattery"] as const;
    const [first] = await take(host().watchSensors({ metrics }), (all) => all.length === 1);
    expect(first?.failures).to.deep.equal([]);
    expect(first?.sensorsTemperatures?.chips.map(({ name }) => name).sort()).to.deep.equal(
      Object.keys(await host().sensorsTemperatures()).sort(),
    );
  });

  it("shows every process, then those that start and end", async () => {
    const isShown = (updates: readonly ProcessUpdate[], pid: number) =>
      updates.some(({ changed }) => changed.some(({ ref }) => ref.pid === pid));
    const isGone = (updates: readonly ProcessUpdate[], pid: number) =>
      updates.some(({ gone }) => gone.some(({ ref }) => ref?.pid === pid));
    let child: ReturnType<typeof sleeper> | null = null;
    try {
      const updates = await take(host().watchProcesses({ attrs: ["name", "status"] }), (all) => {
        child ??= sleeper();
        const pid = child.pid as number;
        if (isShown(all.slice(1), pid) && !child.killed) child.kill("SIGKILL");
        return isGone(all, pid);
      });
      const [first] = updates as [ProcessUpdate];
      expect(first.snapshot).to.equal(true);
      expect(isShown([first], process.pid)).to.equal(true);
      // Compared with processes that are there all the time: on a busy host thousands come and go.
      const [ours] = first.changed.filter(({ ref }) => ref.pid === process.pid);
      expect(ours?.row.name).to.equal(await (await host().process(process.pid)).name());
      for (const [at, update] of updates.slice(1).entries()) {
        expect(update.snapshot && update.dropped === 0, "a snapshot without need").to.equal(false);
        expect(update.sequence).to.equal((updates[at] as ProcessUpdate).sequence + 1 + update.dropped);
      }
    } finally {
      (child as ReturnType<typeof sleeper> | null)?.kill("SIGKILL");
    }
  }).timeout(40_000);

  it("keeps a table up to date, with events", async () => {
    await using table = await host().processTable({ attrs: ["name", "status", "memoryInfo", "cmdline"] });
    expect(table.rows.get(process.pid)?.name).to.equal(await (await host().process(process.pid)).name());
    const child = sleeper();
    try {
      const started = await eventOf(table, "start", (row) => row.ref.pid === child.pid);
      expect(started[0].name).to.equal("sleep");
      expect(table.rows.get(child.pid as number)).to.equal(started[0]);
      child.kill("SIGSTOP");
      const [row, attributes] = await eventOf(table, "change", (changed) => changed.status === "stopped");
      expect([row.ref.pid, row.name, row.cmdline]).to.deep.equal([child.pid, "sleep", ["sleep", "60"]]);
      expect(attributes).to.include("status").and.not.include("cmdline");
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
      await eventOf(table, "exit", (gone) => gone.ref.pid === child.pid);
      expect(table.rows.has(child.pid as number)).to.equal(false);
    } finally {
      child.kill("SIGKILL");
    }
  }).timeout(40_000);

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
      await eventually(() =>
        expect([...codes.keys()]).to.include.members([...ends.map(({ child }) => child.pid), zombie.zombie]),
      );
      for (const { child, code } of ends)
        expect(codes.get(child.pid as number)).to.be.oneOf(KNOWS_EXIT_CODES ? [code] : [code, null]);
      expect(codes.get(zombie.zombie)).to.equal(7);
    } finally {
      for (const { child } of ends) child.kill("SIGKILL");
      await zombie.stop();
    }
  }).timeout(40_000);

  it("lets the host choose: by condition, by order, so many", async () => {
    const children = [sleeper(61), sleeper(62), sleeper(63)];
    try {
      await sleep(300);
      const where = { cmdline: { prefix: "sleep 6" }, ppid: process.pid };
      const [all] = await take(host().watchProcesses({ attrs: ["cmdline"], where }), (updates) => updates.length === 1);
      expect(all?.changed.map(({ ref }) => ref.pid).sort()).to.deep.equal(children.map(({ pid }) => pid).sort());
      const options = { attrs: ["pid"], where, orderBy: "pid", limit: 2, descending: true } as const;
      const [two] = await take(host().watchProcesses(options), (updates) => updates.length === 1);
      const expected = children.map(({ pid }) => pid as number).sort((a, b) => b - a);
      expect(two?.changed.map(({ ref }) => ref.pid).sort((a, b) => b - a)).to.deep.equal(expected.slice(0, 2));
      // The greatest ends: the third one comes in for it.
      const stream = host().watchProcesses(options);
      const updates = await take(stream, (seen) => {
        if (seen.length === 1) children.find(({ pid }) => pid === expected[0])?.kill("SIGKILL");
        return seen.slice(1).some(({ changed }) => changed.some(({ ref }) => ref.pid === expected[2]));
      });
      expect(
        updates.some(({ gone, left }) =>
          [...gone.map(({ ref }) => ref), ...left].some((ref) => ref?.pid === expected[0]),
        ),
      ).to.equal(true);
    } finally {
      for (const child of children) child.kill("SIGKILL");
    }
  }).timeout(40_000);

  it("says a process that lives on and matches no more has left", async () => {
    const child = sleeper(64);
    try {
      const where = { pid: child.pid as number, status: "sleeping" };
      const updates = await take(host().watchProcesses({ attrs: ["status"], where }), (all) => {
        if (all.some(({ changed }) => changed.length === 1)) child.kill("SIGSTOP");
        return all.some(({ left }) => left.length > 0);
      });
      expect(updates.at(-1)?.left[0]?.pid).to.equal(child.pid);
      expect(updates.flatMap(({ gone }) => gone)).to.deep.equal([]);
    } finally {
      child.kill("SIGKILL");
    }
  }).timeout(40_000);

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
    const late = setTimeout(() => reject(new Error(`no such ${event}`)), 15_000);
    const listener = (...args: Events[E]) => {
      if (!isMeant(args[0])) return;
      clearTimeout(late);
      events.off(event, listener);
      resolve(args);
    };
    events.on(event, listener);
  });
}
