// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { changeOf, refOf, updateOf } from "../spec-support/process-updates.ts";
import { mergeMetricUpdates, mergeProcessUpdates } from "./merge-updates.ts";
import type { MetricUpdate } from "./metric-watch.ts";
import { ProcessTable } from "./process-table.ts";
import type { ProcessUpdate } from "./process-watch.ts";

const nothing = { next: async () => ({ done: true as const, value: undefined }) };
const table = () => new ProcessTable<"name" | "numThreads" | "cmdline">(["name", "numThreads", "cmdline"], nothing);

/** Numbers that look random and are the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return Math.floor((state / 0x8000_0000) * below);
  };
}

/** What an agent could tell of a few processes that come, go, change, and of which some are filtered out. */
class FakeHistory {
  readonly #next: (below: number) => number;
  readonly #shown = new Map<number, number>();
  #starts = 1;
  #sequence = 0;

  constructor(seed: number) {
    this.#next = numbers(seed);
  }

  update(): ProcessUpdate {
    const next = this.#next;
    if (this.#sequence++ === 0 || next(10) === 0) {
      this.#shown.clear();
      for (let pid = 1; pid <= 8; pid++) if (next(2) === 0) this.#shown.set(pid, this.#starts++);
      const changed = [...this.#shown].map(([pid, start]) => this.#whole(pid, start));
      return updateOf(this.#sequence, { snapshot: true, changed, dropped: next(3) });
    }
    const parts = {
      changed: [] as ProcessUpdate["changed"][number][],
      gone: [] as ProcessUpdate["gone"][number][],
      left: [] as ProcessUpdate["left"][number][],
    };
    for (let pid = 1; pid <= 8; pid++) {
      const start = this.#shown.get(pid);
      const what = next(6);
      if (start !== undefined && what < 2) {
        this.#shown.delete(pid);
        if (what === 0) parts.gone.push({ ref: refOf(pid, start), returncode: next(2) });
        else parts.left.push(refOf(pid, start));
      }
      if (!this.#shown.has(pid) && next(2) === 0) {
        this.#shown.set(pid, this.#starts);
        parts.changed.push(this.#whole(pid, this.#starts++));
      } else if (start !== undefined && what === 3) {
        parts.changed.push(changeOf(refOf(pid, start), { numThreads: next(99) }, next(2) === 0 ? ["name"] : []));
      } else if (start !== undefined && what === 4) {
        parts.changed.push(changeOf(refOf(pid, start), { name: `n${next(99)}` }, next(2) === 0 ? ["cmdline"] : []));
      }
    }
    return updateOf(this.#sequence, parts);
  }

  #whole(pid: number, start: number) {
    return changeOf(refOf(pid, start), { name: `p${start}`, numThreads: this.#next(9), cmdline: ["x", String(start)] });
  }
}

describe("Two updates of a process watch as one", () => {
  it("make the same table as one after the other, whatever has happened", () => {
    for (let seed = 1; seed <= 300; seed++) {
      const history = new FakeHistory(seed);
      const [slow, quick] = [table(), table()];
      for (let round = 0; round < 5; round++) {
        const updates = Array.from({ length: 1 + (seed % 4) }, () => history.update());
        for (const update of updates) quick.apply(update);
        slow.apply(updates.reduce(mergeProcessUpdates));
        const rows = (one: typeof slow) => [...one.rows.values()].sort((a, b) => a.ref.pid - b.ref.pid);
        expect(rows(slow), `seed ${seed}`).to.deep.equal(rows(quick));
      }
    }
  });

  it("tell of the ends of all that were known, once, with their codes", () => {
    const first = updateOf(1, { gone: [{ ref: refOf(5), returncode: 3 }] });
    const second = updateOf(2, { gone: [{ ref: refOf(6), returncode: null }], left: [refOf(7)] });
    const merged = mergeProcessUpdates(first, second);
    expect(merged.gone.map(({ ref, returncode }) => [ref?.pid, returncode])).to.deep.equal([
      [5, 3],
      [6, null],
    ]);
    expect(merged.left).to.deep.equal([refOf(7)]);
  });

  it("count what they stand for, and keep a gap", () => {
    const merged = [
      updateOf(1, { dropped: 2 }),
      updateOf(4, { gap: true, pace: { interval: 2, cpuPercent: 1, rss: 5 } }),
      updateOf(5, { interval: 1.5 }),
    ].reduce(mergeProcessUpdates);
    expect(merged).to.include({ sequence: 5, dropped: 4, gap: true, interval: 1.5, snapshot: false });
    expect(merged.pace?.interval).to.equal(2);
    expect(mergeProcessUpdates(updateOf(1), updateOf(2))).to.include({ gap: false, dropped: 1 });
  });

  it("stay bounded where processes come and go by the thousands, and say that some are not told of", () => {
    let merged = updateOf(0);
    for (let round = 1; round <= 30; round++) {
      const gone = Array.from({ length: 1000 }, (_, at) => ({ ref: refOf(at, round), returncode: 0 }));
      merged = mergeProcessUpdates(merged, updateOf(round, { gone }));
      expect(merged.gap).to.equal(round > 10);
    }
    expect(merged.gone).to.have.length(10_000);
    expect(merged.gone.at(-1)?.ref?.start).to.equal("30");
  });
});

describe("Two updates of metrics as one", () => {
  type Update = MetricUpdate<"a" | "b", { a: number; b: number }>;
  const failure = (metric: "a" | "b") => ({ metric, reason: "os_error" as const, osError: 5 });
  const update = (parts: Partial<Update>): Update =>
    ({
      ...{
        a: 1,
        b: 1,
        changed: [],
        failures: [],
        sequence: 1,
        time: 1,
        interval: 1,
        dropped: 0,
        gap: false,
        pace: null,
      },
      ...parts,
    }) as Update;

  it("have the newest values, and all that changed", () => {
    const merged = mergeMetricUpdates(
      update({ a: 2, changed: ["a"], gap: true, dropped: 1 }),
      update({ a: 2, b: 3, changed: ["b"], sequence: 4, dropped: 1 }),
    );
    expect(merged).to.deep.include({ a: 2, b: 3, changed: ["a", "b"], gap: true, dropped: 3, sequence: 4 });
  });

  it("name a metric that cannot be read until it can, and not as changed", () => {
    const failed = update({ a: null, failures: [failure("a")] });
    const later = mergeMetricUpdates(failed, update({ a: null, b: 2, changed: ["b"] }));
    expect(later).to.deep.include({ failures: [failure("a")], changed: ["b"] });
    expect(mergeMetricUpdates(failed, update({ a: 5, changed: ["a"] }))).to.deep.include({
      failures: [],
      changed: ["a"],
    });
    expect(mergeMetricUpdates(update({ changed: ["a"] }), failed)).to.deep.include({
      failures: [failure("a")],
      changed: [],
    });
  });
});
