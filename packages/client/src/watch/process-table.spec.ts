// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { HostUnreachable, InternalError } from "../errors.ts";
import { failureOf } from "../spec-support/failure-of.ts";
import { changeOf, refOf, updateOf } from "../spec-support/process-updates.ts";
import { leavable } from "./leavable.ts";
import { ProcessTable } from "./process-table.ts";
import { type MissingMeans, missingMeans, type ProcessUpdate } from "./process-watch.ts";

type Attribute = "name" | "numThreads" | "cmdline" | "memoryFullInfo" | "environ";
const ATTRIBUTES: readonly Attribute[] = ["name", "numThreads", "cmdline", "memoryFullInfo", "environ"];

describe("A process table", () => {
  const tableOf = (updates: AsyncIterator<ProcessUpdate, void, undefined>, missing: MissingMeans = "exit") =>
    new ProcessTable<Attribute>(ATTRIBUTES as never, updates, missing);
  async function* told(...updates: (ProcessUpdate | Error)[]): AsyncGenerator<ProcessUpdate, void, undefined> {
    for (const update of updates) {
      if (update instanceof Error) throw update;
      yield update;
    }
  }
  const byHand = (missing?: MissingMeans) => {
    const table = tableOf(told(), missing);
    const seen: string[] = [];
    table.on("start", (row) => seen.push(`start ${row.ref.pid}/${row.ref.start} ${row.name}`));
    table.on("exit", (row, code) => seen.push(`exit ${row.ref.pid}/${row.ref.start} ${code}`));
    table.on("leave", (row) => seen.push(`leave ${row.ref.pid}`));
    table.on("change", (row, attributes) => seen.push(`change ${row.ref.pid} ${attributes.join()}`));
    table.on("gap", () => seen.push("gap"));
    return { table, seen };
  };
  const first = updateOf(1, {
    snapshot: true,
    changed: [
      changeOf(refOf(1), { name: "a", numThreads: 1, cmdline: ["a", "b"], environ: { X: "1" } }),
      changeOf(refOf(2), { name: "b" }),
    ],
  });

  it("has everything after the first snapshot, without a start of each", () => {
    const { table, seen } = byHand();
    table.apply(first);
    expect([...table.rows.keys()]).to.deep.equal([1, 2]);
    expect(table.rows.get(1)).to.deep.include({ name: "a", numThreads: 1, cmdline: ["a", "b"], environ: { X: "1" } });
    expect(table.rows.get(2)).to.deep.include({ numThreads: null, cmdline: [], memoryFullInfo: null });
    expect(seen).to.deep.equal([]);
    expect(table.last).to.deep.include({ sequence: 1, snapshot: true }).and.not.have.property("changed");
  });

  it("learns later who a process is that could not be read at first, and takes it for no other", () => {
    const { table, seen } = byHand();
    const unread = { ...refOf(3), start: null };
    table.apply(updateOf(1, { snapshot: true, changed: [changeOf(unread)] }));
    table.apply(updateOf(2, { changed: [changeOf(refOf(3), { name: "c" })] }));
    expect(table.rows.get(3)).to.deep.include({ ref: refOf(3), name: "c" });
    expect(seen).to.deep.equal(["change 3 name"]);
  });

  it("takes in what changed, and keeps the rest and the object", () => {
    const { table, seen } = byHand();
    table.apply(first);
    const row = table.rows.get(1);
    table.apply(updateOf(2, { changed: [changeOf(refOf(1), { numThreads: 7 }, ["name", "cmdline"])] }));
    expect(table.rows.get(1)).to.equal(row);
    expect(row).to.deep.include({ name: null, numThreads: 7, cmdline: [], environ: { X: "1" } });
    expect(seen).to.deep.equal(["change 1 name,numThreads,cmdline"]);
    table.apply(updateOf(3, { changed: [changeOf(refOf(1))] }));
    expect(seen).to.have.length(1);
  });

  it("shapes values as the getters do", () => {
    const { table } = byHand();
    table.apply(first);
    const memoryInfo = { rss: 5 } as never;
    table.apply(
      updateOf(2, { changed: [changeOf(refOf(1), { memoryFullInfo: { memoryInfo, uss: 3, pss: 4, swap: null } })] }),
    );
    expect(table.rows.get(1)?.memoryFullInfo).to.deep.equal({ rss: 5, uss: 3, pss: 4, swap: null });
  });

  it("knows failures until there is a value", () => {
    const { table } = byHand();
    table.apply(first);
    const failure = { attribute: "name", reason: "access_denied", osError: 13 } as never;
    table.apply(updateOf(2, { changed: [changeOf(refOf(1), { failures: [failure] }, ["name"])] }));
    expect(table.rows.get(1)).to.deep.include({ name: null, failures: [failure] });
    table.apply(updateOf(3, { changed: [changeOf(refOf(1), { numThreads: 3 })] }));
    expect(table.rows.get(1)?.failures).to.deep.equal([failure]);
    table.apply(updateOf(4, { changed: [changeOf(refOf(1), { name: "a" })] }));
    expect(table.rows.get(1)).to.deep.include({ name: "a", failures: [] });
  });

  it("tells who starts, ends and leaves; a pid that is used again is another process", () => {
    const { table, seen } = byHand();
    table.apply(first);
    table.apply(updateOf(2, { changed: [changeOf(refOf(3), { name: "c" })], left: [refOf(2)] }));
    table.apply(
      updateOf(3, { gone: [{ ref: refOf(1), returncode: 7 }], changed: [changeOf(refOf(1, 2), { name: "again" })] }),
    );
    // The end of the first was not told: it shows by itself.
    table.apply(updateOf(4, { changed: [changeOf(refOf(3, 9), { name: "new" })] }));
    expect(seen).to.deep.equal([
      "leave 2",
      "start 3/1 c",
      "exit 1/1 7",
      "start 1/2 again",
      "exit 3/1 null",
      "start 3/9 new",
    ]);
  });

  it("ends of others with the same pid, and of nobody, take no row", () => {
    const { table, seen } = byHand();
    table.apply(first);
    table.apply(
      updateOf(2, {
        gone: [
          { ref: refOf(1, 99), returncode: 0 },
          { ref: null, returncode: 0 },
        ],
        left: [refOf(77)],
      }),
    );
    expect([...table.rows.keys()]).to.deep.equal([1, 2]);
    expect(seen).to.deep.equal([]);
  });

  it("a later snapshot has everybody: who is not in it has ended; a gap is told", () => {
    const { table, seen } = byHand();
    table.apply(first);
    const again = [changeOf(refOf(2), { name: "b" }), changeOf(refOf(4), { name: "d" })];
    table.apply(updateOf(90, { snapshot: true, gap: true, dropped: 80, changed: again }));
    expect(seen).to.deep.equal(["change 2 name", "start 4/1 d", "exit 1/1 null", "gap"]);
    expect([...table.rows.keys()]).to.deep.equal([2, 4]);
  });

  it("of chosen processes takes who is not in a later snapshot for one that left, and another of its pid for an end", () => {
    expect([missingMeans(), missingMeans({ attrs: ["name"] })]).to.deep.equal(["exit", "exit"]);
    expect(missingMeans({ where: { name: "a" } })).to.equal("leave");
    const { table, seen } = byHand(missingMeans({ orderBy: "rss", limit: 2 }));
    table.apply(first);
    table.apply(updateOf(9, { snapshot: true, dropped: 7, changed: [changeOf(refOf(2, 5), { name: "c" })] }));
    expect(seen).to.deep.equal(["exit 2/1 null", "start 2/5 c", "leave 1"]);
  });

  it("a later snapshot has all that is: what a row has no more is gone, as are failures", () => {
    const { table, seen } = byHand();
    const failure = { attribute: "exe", reason: "access_denied", osError: 13 } as never;
    table.apply(updateOf(1, { snapshot: true, changed: [changeOf(refOf(1), { name: "a", environ: { X: "1" } })] }));
    const row = table.rows.get(1);
    const zombie = changeOf(refOf(1), { numThreads: 1, failures: [failure] });
    table.apply(updateOf(9, { snapshot: true, dropped: 7, changed: [zombie] }));
    expect(table.rows.get(1)).to.equal(row);
    expect(row).to.deep.include({ name: null, numThreads: 1, cmdline: [], environ: {}, failures: [failure] });
    expect(seen).to.deep.equal(["change 1 name,numThreads,environ"]);
    table.apply(updateOf(20, { snapshot: true, dropped: 10, changed: [changeOf(refOf(1), { numThreads: 1 })] }));
    expect(row?.failures).to.deep.equal([]);
  });

  it("reads by itself until close(), and says how it ended", async () => {
    const failing = tableOf(told(first, updateOf(2), new HostUnreachable("lost")));
    const ended = new Promise((resolve) => failing.on("end", resolve));
    await failing.start();
    expect(failing.rows.size).to.equal(2);
    expect(await ended).to.be.instanceOf(HostUnreachable);

    const endless = leavable(undefined, async function* ({ signal }) {
      yield first;
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      throw new HostUnreachable("given up");
    });
    const table = tableOf(endless);
    const ends: unknown[] = [];
    table.on("end", (error) => ends.push(error));
    await table.start();
    await table.close();
    await table[Symbol.asyncDispose]();
    expect(ends).to.deep.equal([null]);
  });

  it("fails to start where nothing comes", async () => {
    await failureOf(tableOf(told()).start(), InternalError);
    await failureOf(tableOf(told(new HostUnreachable("lost"))).start(), HostUnreachable);
  });
});
