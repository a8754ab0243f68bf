// SPDX-License-Identifier: Apache-2.0

import { StatusCode } from "@hostscope/proto";
import { Process } from "@hostscope/proto/gen/process";
import { WatchKind } from "@hostscope/proto/gen/process_watch";
import { expect } from "chai";
import * as errors from "../errors.ts";
import { eventually } from "../spec-support/eventually.ts";
import { failureOf } from "../spec-support/failure-of.ts";
import { FakeStreams } from "../spec-support/fake-streams.ts";
import { type Fleet, fleet } from "./fleet.ts";
import type { FleetProcessTable } from "./process-table.ts";

const ref = (pid: number) => ({ pid: BigInt(pid), start: 1n });
const busy = (pid: number, percent: number | null, name = `p${pid}`) => ({
  process: { ref: ref(pid), name, ...(percent === null ? {} : { cpuPercent: { percent, interval: 1 } }) },
});
const snapshot = (...changes: ReturnType<typeof busy>[]) => ({ kind: WatchKind.SNAPSHOT, sequence: 1n, changes });

describe("A process table of a fleet", () => {
  const fakes = () => new FakeStreams(Process.method.watch);
  let fake: ReturnType<typeof fakes>;
  let all: Fleet;
  let tables: FleetProcessTable<never>[];
  beforeEach(() => {
    fake = fakes();
    tables = [];
    all = fleet([{ target: "a", labels: { env: "prod" } }, "b", "c"], { open: fake.open });
  });
  afterEach(async () => {
    for (const table of tables) await table.close();
    await all.close();
  });
  const opened = <T>(table: T): T => {
    tables.push(table as unknown as FleetProcessTable<never>);
    return table;
  };

  it("has the first so many processes of all hosts, each host sending no more than that", async () => {
    fake.at("a").tell(snapshot(busy(1, 5), busy(2, 80), busy(3, null)));
    fake.at("b").tell(snapshot(busy(1, 50), busy(7, 0.5)));
    fake.at("c").die();
    const table = opened(await all.processTable({ attrs: ["name"], orderBy: "cpuPercent", limit: 3 }));
    const rows = table.rows();
    expect(rows.map(({ target, labels, process }) => [target, labels, process.ref.pid])).to.deep.equal([
      ["a", { env: "prod" }, 2],
      ["b", {}, 1],
      ["a", { env: "prod" }, 1],
    ]);
    expect(rows.every(({ isStale }) => !isStale)).to.equal(true);
    expect(table.hosts.get("c")).to.include({ status: "unreachable", last: null }).and.to.have.property("error");
    const updated = new Promise((resolve) => table.once("update", resolve));
    fake.at("b").tell({ kind: WatchKind.DELTA, sequence: 2n, changes: [busy(7, 99)] });
    await updated;
    expect(table.rows().map(({ process }) => process.ref.pid)).to.deep.equal([7, 2, 1]);
  });

  it("tells of processes and hosts as they come and go", async () => {
    for (const target of ["a", "b", "c"]) fake.at(target).tell(snapshot(busy(1, 1)));
    const table = opened(await all.processTable({ attrs: ["name", "cpuPercent"] }));
    const seen: string[] = [];
    table.on("start", ({ target, process }) => seen.push(`start ${target} ${process.name}`));
    table.on("exit", ({ target, process }, code) => seen.push(`exit ${target} ${process.ref.pid} ${code}`));
    table.on("leave", ({ target, process }) => seen.push(`leave ${target} ${process.ref.pid}`));
    table.on("change", ({ target }, attributes) => seen.push(`change ${target} ${attributes}`));
    table.on("host", ({ target, status }) => seen.push(`host ${target} ${status}`));
    fake.at("a").tell({ kind: WatchKind.DELTA, sequence: 2n, changes: [busy(2, 0, "new")] });
    fake
      .at("a")
      .tell({ kind: WatchKind.DELTA, sequence: 3n, changes: [{ process: { ref: ref(2), name: "other" } }] } as never);
    await eventually("the change", () => table.hosts.get("a")?.rows.get(2)?.name === "other");
    fake.at("a").tell({ kind: WatchKind.DELTA, sequence: 4n, gone: [{ ref: ref(2), returncode: 9 }], left: [ref(1)] });
    await eventually("the end", () => table.hosts.get("a")?.rows.size === 0);
    // Unread messages of a host are merged: how many there were does not matter here.
    expect(seen.filter((line) => !line.startsWith("change"))).to.deep.equal(["start a new", "exit a 2 9", "leave a 1"]);
    fake.at("b").die();
    await eventually("the loss", () => table.hosts.get("b")?.status === "unreachable");
    expect(table.rows().map(({ target, isStale }) => [target, isStale])).to.deep.equal([
      ["b", true],
      ["c", false],
    ]);
    fake
      .at("b")
      .back()
      .tell(snapshot(busy(5, 1)));
    await eventually("the host to be back", () => table.hosts.get("b")?.status === "ok");
    expect(table.rows().map(({ target, process }) => [target, process.ref.pid])).to.deep.equal([
      ["b", 5],
      ["c", 1],
    ]);
    expect(seen.slice(-4)).to.deep.equal(["host b unreachable", "start b p5", "exit b 1 null", "host b ok"]);
  });

  it("of chosen processes: who is not among them after a loss left; what rows are ordered by is no news", async () => {
    const cpu = (pid: number, user: number, name = "p") => ({
      process: { ref: ref(pid), name, cpuTimes: { user, system: 0, childrenUser: 0, childrenSystem: 0 } },
    });
    await using one = fleet(["a"], { open: fake.open });
    fake.at("a").tell(snapshot(cpu(1, 1) as never, cpu(2, 2) as never));
    const table = opened(await one.processTable({ attrs: ["name"], orderBy: "cpuTime", limit: 2 }));
    const seen: string[] = [];
    table.on("exit", ({ process }) => seen.push(`exit ${process.ref.pid}`));
    table.on("leave", ({ process }) => seen.push(`leave ${process.ref.pid}`));
    table.on("change", (_, attributes) => seen.push(`change ${attributes}`));
    const delta = (sequence: bigint, change: object) => ({
      kind: WatchKind.DELTA,
      sequence,
      changes: [change as never],
    });
    const { name: _, ...spent } = cpu(1, 9).process;
    fake.at("a").tell(delta(2n, { process: spent }));
    await eventually("the order", () => table.rows()[0]?.process.ref.pid === 1);
    fake.at("a").tell(delta(3n, cpu(1, 10, "other")));
    await eventually("the name", () => table.rows()[0]?.process.name === "other");
    fake.at("a").die();
    await eventually("the loss", () => table.hosts.get("a")?.status === "unreachable");
    fake
      .at("a")
      .back()
      .tell(snapshot(cpu(1, 11, "other") as never));
    await eventually("the host to be back", () => table.rows().length === 1);
    expect(seen).to.deep.equal(["change name", "change name", "leave 2"]);
  });

  it("shows what it is ordered by once, where it was asked for", async () => {
    await using one = fleet(["a"], { open: fake.open });
    fake.at("a").tell(snapshot(busy(1, 5)));
    const table = opened(await one.processTable({ attrs: ["cpuPercent"], orderBy: "cpuPercent", limit: 2 }));
    const seen: string[] = [];
    table.on("change", (_, attributes) => seen.push(`change ${attributes}`));
    fake.at("a").tell({ kind: WatchKind.DELTA, sequence: 2n, changes: [busy(1, 9)] });
    await eventually("the change", () => seen.length > 0);
    expect(seen).to.deep.equal(["change cpuPercent"]);
  });

  it("ends with close(), once told", async () => {
    for (const target of ["a", "b", "c"]) fake.at(target).end(StatusCode.PERMISSION_DENIED);
    const table = opened(await all.processTable({ attrs: ["name"] }));
    expect([...table.hosts.values()].map(({ status }) => status)).to.deep.equal(["denied", "denied", "denied"]);
    const ends: unknown[] = [];
    table.on("end", (error) => ends.push(error));
    await table.close();
    await table.close();
    expect(ends).to.deep.equal([null]);
  });

  it("of nobody is empty; one that is given up early fails", async () => {
    await using none = fleet([]);
    const table = opened(await none.processTable());
    expect(table.rows()).to.deep.equal([]);
    const given = new AbortController();
    const opening = all.processTable({ attrs: ["name"], signal: given.signal });
    await eventually("the streams", () => fake.at("a").isOpen);
    given.abort();
    await failureOf(opening, errors.Cancelled);
    await eventually("their end", () => !fake.at("a").isOpen);
  });

  it("refuses what cannot be meant", async () => {
    await failureOf(all.processTable({ attrs: ["nam" as "name"] }), errors.InvalidArgument);
    await failureOf(all.processTable({ limit: 3 }), errors.InvalidArgument);
    await failureOf(all.processTable({ orderBy: "cpu" as "cpuTime", limit: 3 }), errors.InvalidArgument);
    expect(fake.at("a").opened).to.equal(0);
  });
});
